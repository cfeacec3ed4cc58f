import type { ModelReport } from './record/report.ts';

/** One row for each step of the sweep, percentages in full precision beside their counts. RFC 4180; attack names need no quotes. */
export const sweepCsv = (model: ModelReport): string => [...sweepRows(model)].join('');

/** The rows of `sweepCsv`, one after the other. */
export function* sweepRows({ ranking, sweep }: ModelReport): Generator<string> {
  const attacks = Object.keys(sweep.poisoned);
  const known = Object.keys(sweep.steps[0]!.robust);
  const net = (prefix: string) => [
    `${prefix}accuracy`,
    `${prefix}correct`,
    ...attacks.flatMap((attack) => [`${prefix}asr_${attack}`, `${prefix}hits_${attack}`]),
    ...known.flatMap((attack) => [`${prefix}robust_accuracy_${attack}`, `${prefix}robust_${attack}`]),
  ];
  const header = [
    'step',
    'channel',
    'mean_activation',
    'clean',
    ...attacks.map((attack) => `poisoned_${attack}`),
    ...net(''),
    ...net('goodnet_'),
    'goodnet_rejected_clean',
    ...attacks.map((attack) => `goodnet_rejected_${attack}`),
  ];
  const line = (row: readonly (string | number)[]): string => `${row.join(',')}\r\n`;
  yield line(header);
  for (const { step, channel, goodnet, ...pruned } of sweep.steps) {
    const figures = (counts: typeof pruned) => [
      counts.accuracy,
      counts.correct,
      ...attacks.flatMap((attack) => [counts.asr[attack]!, counts.hits[attack]!]),
      ...known.flatMap((attack) => [counts.robustAccuracy[attack]!, counts.robust[attack]!]),
    ];
    yield line([
      step,
      channel ?? '',
      channel === null ? '' : ranking.meanActivation[channel]!,
      sweep.clean,
      ...attacks.map((attack) => sweep.poisoned[attack]!),
      ...figures(pruned),
      ...figures(goodnet),
      goodnet.rejectedClean,
      ...attacks.map((attack) => goodnet.rejectedPoisoned[attack]!),
    ]);
  }
}
