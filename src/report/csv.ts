import type { ModelReport } from './report.ts';

/** One row for each step of the sweep, percentages in full precision beside their counts. RFC 4180; attack names need no quotes. */
export function sweepCsv({ ranking, sweep }: ModelReport): string {
  const attacks = Object.keys(sweep.poisoned);
  const known = Object.keys(sweep.steps[0]!.robust);
  const net = (prefix: string) => [`${prefix}accuracy`, `${prefix}correct`, ...attacks.flatMap((attack) => [`${prefix}asr_${attack}`, `${prefix}hits_${attack}`]), ...known.flatMap((attack) => [`${prefix}robust_accuracy_${attack}`, `${prefix}robust_${attack}`])];
  const header = [
    'step', 'channel', 'mean_activation', 'clean', ...attacks.map((attack) => `poisoned_${attack}`), ...net(''), ...net('goodnet_'),
    'goodnet_rejected_clean', ...attacks.map((attack) => `goodnet_rejected_${attack}`),
  ];
  const rows = sweep.steps.map(({ step, channel, goodnet, ...pruned }) => {
    const figures = (counts: typeof pruned) => [counts.accuracy, counts.correct, ...attacks.flatMap((attack) => [counts.asr[attack]!, counts.hits[attack]!]), ...known.flatMap((attack) => [counts.robustAccuracy[attack]!, counts.robust[attack]!])];
    return [
      step, channel ?? '', channel === null ? '' : ranking.meanActivation[channel]!, sweep.clean, ...attacks.map((attack) => sweep.poisoned[attack]!),
      ...figures(pruned), ...figures(goodnet), goodnet.rejectedClean, ...attacks.map((attack) => goodnet.rejectedPoisoned[attack]!),
    ];
  });
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
