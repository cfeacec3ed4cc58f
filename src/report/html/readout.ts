import { label } from '../escape.ts';
import type { PageData } from './page-data.ts';

/** What the sweep says at one step, as rows of text. */
export interface Reading {
  title: string;
  rows: [name: string, pruned: string, goodnet: string][];
}

/** Counts and percentages of step `k`: clean images first, then the attacks, those that succeed most often first; at most `attacks` of them. */
export function readingAt({ sweep, order, means }: PageData, k: number, attacks: number): Reading {
  const { channels, clean, pruned, goodnet, checkpoints } = sweep;
  const at = checkpoints.filter(({ step }) => step === k).map(({ dropPoints }) => `X=${dropPoints}`);
  const what =
    k === 0
      ? 'nothing pruned: the original'
      : `${k} of ${channels} channels pruned, the last: channel ${order[k - 1]}, mean activation ${means[k - 1]!.toPrecision(4)}`;
  const byRate = sweep.attacks
    .map(({ name, images }, i) => ({ name, images, i }))
    .sort((a, b) => rate(pruned.hits[b.i]![k]!, b.images) - rate(pruned.hits[a.i]![k]!, a.images) || a.i - b.i);
  return {
    title: `${what}${at.length > 0 ? ` (checkpoint ${at.join(', ')})` : ''}`,
    rows: [
      ['accuracy', share(pruned.correct[k]!, clean), share(goodnet.correct[k]!, clean)],
      ...byRate
        .slice(0, attacks)
        .map(({ name, images, i }): [string, string, string] => [
          sweep.attacks.length === 1 ? 'ASR' : `ASR ${label(name, 60)}`,
          share(pruned.hits[i]![k]!, images),
          share(goodnet.hits[i]![k]!, images),
        ]),
      ...(byRate.length > attacks
        ? [[`and ${byRate.length - attacks} attacks that succeed less often`, '', ''] as [string, string, string]]
        : []),
    ],
  };
}

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}% (${part}/${whole})`;
