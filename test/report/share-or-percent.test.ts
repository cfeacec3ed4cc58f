import { expect, test } from 'vitest';
import type { ModelReport } from '../../src/report/record/report.ts';
import { verdictLine } from '../../src/report/wording.ts';
import { gate } from '../../src/verdict/gate.ts';
import { figuresOf } from '../../src/verdict/figures.ts';
import type { Kind } from '../../src/settings/config.ts';

/** The line on a net with this ASR in percent, and on a pruned one with another. */
function line(limit: number, asr: number, pruned = asr, accept: Kind[] = ['original']): string {
  const candidates = [asr, pruned].map((hits, i) => {
    const counts = { correct: 1000, hits: { a: hits * 10 }, robust: {} };
    return {
      kind: i === 0 ? ('original' as const) : ('pruned' as const),
      checkpoint: i === 0 ? null : 2,
      channelsPruned: i,
      validation: figuresOf(counts, counts, { clean: 1000, poisoned: { a: 1000 } }),
      test: null,
      file: i === 0 ? null : 'x/pruned.h5',
    };
  });
  return verdictLine({ gate: gate(candidates, { 'max-asr': limit }, accept), candidates } as unknown as ModelReport);
}

test('a limit on ASR that a figure meets as a share and not as percent is said to be percent', () => {
  expect(line(0.5, 30)).toBe('Gate not met: no candidate meets the limits. The limit on ASR is 0.5%, not 50%.');
  expect(line(0.07, 7)).toContain(' The limit on ASR is 0.07%, not 7%.');
  expect(line(1, 40)).toContain(' The limit on ASR is 1%, not 100%.');
  expect(line(0.5, 30, 0)).toBe(
    'Gate not met: no file of an accepted kind meets the limits; pruned.h5, of another kind, does. The limit on ASR is 0.5%, not 50%.',
  );
});

test('where both readings come to the same nothing is said', () => {
  for (const told of [line(0.5, 60), line(0.5, 0), line(20, 30), line(0, 30), line(1.5, 30)])
    expect(told).not.toContain('The limit on ASR');
});
