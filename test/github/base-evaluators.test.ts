import { expect, test } from 'vitest';
import { withBaseLimits } from '../../src/github/base-limits.ts';
import type { Base } from '../../src/github/base-file.ts';
import type { Runner } from '../../src/github/runner.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';

const file = '.github/goodnet.yml';
const own = { models: ['-'], evaluator: 'https://mine.test', 'evaluator-check': 0 };
const runner = { annotate: () => undefined } as unknown as Runner;

/** The settings of a pull request whose base commit has this text, or no config file. */
async function judged(text: string | null, flags: object = {}) {
  const base = { read: () => Promise.resolve({ text }) } as unknown as Base;
  const { settings, notes } = await withBaseLimits(resolveConfig(flags, own, file), file, base, runner);
  const { evaluator, 'evaluator-check': check } = settings.config;
  return { evaluator, check, notes: notes.join('\n') };
}

const note =
  'Not taken from this pull request but from the base commit: <code>evaluator</code>, <code>evaluator-check</code>.';

test.each([
  ['names others', 'evaluator: https://ours.test\nevaluator-check: 5', ['https://ours.test'], 5],
  ['names none', 'min-accuracy: 85', undefined, 2],
  ['has no config', null, undefined, 2],
])('a pull request brings no evaluator of its own: the base commit %s', async (_, text, evaluator, check) => {
  const found = await judged(text);
  expect(found).toMatchObject({ evaluator, check });
  expect(found.notes).toContain(note);
});

test('evaluators that the workflow or the base commit names are asked', async () => {
  const flags = { evaluator: ['https://flag.test'], 'evaluator-check': 3 };
  expect(await judged(null, flags)).toMatchObject({ evaluator: ['https://flag.test'], check: 3 });
  const same = await judged('evaluator: https://mine.test\nevaluator-check: 0');
  expect(same).toEqual({ evaluator: ['https://mine.test'], check: 0, notes: '' });
});
