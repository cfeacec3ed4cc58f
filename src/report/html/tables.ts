import type { Kind } from '../../settings/config.ts';
import { marginOf, metrics } from '../../verdict/metric-table.ts';
import { percent, percentText } from '../../verdict/metrics.ts';
import { code } from '../escape.ts';
import { mostAttacks } from '../few-attacks.ts';
import { passes, signed } from '../gate-table.ts';
import type { CandidateReport, ModelReport } from '../record/report.ts';
import { candidateName } from '../wording.ts';
import { type Cell, folded, table } from './elements.ts';

type Figures = CandidateReport['validation'];
type Rule = ModelReport['gate']['rules'][number];

/** A share with the counts that it comes from. */
const share = (part: number, whole: number): string =>
  `${percentText(percent(part, whole))} <small>${part}/${whole}</small>`;
const interval = (bounds: [number, number] | null | undefined): string =>
  bounds == null ? '–' : `${bounds[0].toFixed(2)} – ${bounds[1].toFixed(2)}`;
/** A share above its counts and its interval: a table of both splits has to fit on a page. */
const stacked = (part: number, whole: number, bounds: [number, number] | null | undefined): string =>
  `${percentText(percent(part, whole))}<br><small>${part}/${whole}</small><br><small>${interval(bounds)}</small>`;
const splitsOf = ({ candidates }: ModelReport) =>
  candidates[0]!.test === null ? (['validation'] as const) : (['validation', 'test'] as const);

/** The candidates side by side on both splits: accuracy and highest ASR with counts and 95% intervals, margins to the limits, and whether they pass. */
export function candidateTable(model: ModelReport, accepted: readonly Kind[]): string {
  const { candidates, gate } = model;
  const splits = splitsOf(model);
  const attacks = Object.keys(model.sweep.poisoned);
  const limited = gate.rules.length > 0;
  const columns = splits.flatMap((split) => [
    `accuracy, ${split}`,
    ...(attacks.length === 0 ? [] : [`${attacks.length > 1 ? 'highest ASR' : 'ASR'}, ${split}`]),
    ...(limited ? [`margin, ${split}`] : []),
  ]);
  const rows = candidates.map((candidate, i): Cell[] => {
    const rules = gate.rules.filter((rule) => rule.candidate === i);
    const star = i === gate.recommended ? '★\u00a0' : '';
    return [
      `${star}${candidateName(candidate).replace(' ', '\u00a0')}${candidate.file === null ? '' : `<br>${code(candidate.file.split('/').at(-1)!)}`}`,
      ...(limited ? [passes(candidate, rules, accepted, gate)] : []),
      number(candidate.channelsPruned),
      ...splits.flatMap((split): Cell[] => [
        accuracyCell(candidate[split]!),
        ...(attacks.length === 0 ? [] : [asrCell(candidate[split]!, attacks)]),
        ...(limited ? [marginCell(rules, split)] : []),
      ]),
    ];
  });
  return table(
    'Candidates',
    `Candidates. Small: counts, and the 95% Wilson interval.${limited ? ' Margin: points by which a limit is met (+) or missed (−).' : ''}${gate.recommended === null ? '' : ' ★ is recommended.'}`,
    ['candidate', ...(limited ? ['passes'] : []), 'channels pruned', ...columns],
    rows,
  );
}

const number = (html: string | number): Cell => ({ html: String(html), className: 'number' });

function accuracyCell({ correct, clean, accuracyInterval }: Figures): Cell {
  return number(stacked(correct, clean, accuracyInterval));
}

/** The attack whose ASR is the highest, the first of several. */
function asrCell({ asr, asrInterval, hits, poisoned }: Figures, attacks: readonly string[]): Cell {
  const highest = attacks.reduce(
    (most, attack) => ((asr[attack] ?? -1) > (asr[most] ?? -1) ? attack : most),
    attacks[0]!,
  );
  return number(
    `${stacked(hits[highest]!, poisoned[highest]!, asrInterval[highest])}${attacks.length > 1 ? `<br><small>${code(highest, 24)}</small>` : ''}`,
  );
}

function marginCell(rules: readonly Rule[], split: Rule['split']): Cell {
  return number(
    rules
      .filter((rule) => rule.split === split)
      .map(({ metric, actual, limit, met }) => {
        const margin = actual === null ? 'not measured' : signed(marginOf(metric, actual, limit));
        return `<span class="${met ? 'good' : 'bad'}">${metrics[metric].short} ${margin}</span>`;
      })
      .join('<br>'),
  );
}

/** Every figure of every candidate, one row for each set of images. */
export function figureTable(model: ModelReport): string {
  const known = Object.keys(model.sweep.steps[0]!.robust).length > 0;
  const rows = model.candidates.flatMap((candidate) =>
    splitsOf(model).flatMap((split): Cell[][] => {
      const f = candidate[split]!;
      const rejected = (part: number | undefined, whole: number) =>
        number(candidate.kind === 'goodnet' ? share(part ?? 0, whole) : '');
      const name = candidateName(candidate);
      return [
        [
          name,
          split,
          'clean: accuracy',
          number(share(f.correct, f.clean)),
          number(interval(f.accuracyInterval)),
          rejected(f.rejectedClean, f.clean),
          '',
          ...(known ? [''] : []),
        ],
        ...Object.keys(f.poisoned).map((attack) => [
          name,
          split,
          `${code(attack)}: ASR`,
          number(share(f.hits[attack]!, f.poisoned[attack]!)),
          number(interval(f.asrInterval[attack])),
          rejected(f.rejectedPoisoned?.[attack], f.poisoned[attack]!),
          number(f.der[attack]?.toFixed(3) ?? '–'),
          ...(known ? [number(attack in f.robust ? share(f.robust[attack]!, f.poisoned[attack]!) : '')] : []),
        ]),
      ];
    }),
  );
  const head = [
    'candidate',
    'split',
    'images',
    'given their label',
    '95% interval',
    'rejected',
    'DER',
    ...(known ? ['RA'] : []),
  ];
  const caption =
    'Every figure. The label of a poisoned image is the class that the attacker wants. DER: defense effectiveness rating, 1 is a removed backdoor at no cost, 0.5 no effect.' +
    (known ? ' RA: poisoned images that get their true class.' : '');
  return folded('Every figure of every candidate', table('Every figure', caption, head, rows));
}

/** The steps of the sweep, at most `most` of them evenly spread besides the checkpoints: what the chart shows, as a table. `csv` links to all. */
export function stepTable(model: ModelReport, most: number, csv: string): string {
  const { sweep, ranking, checkpoints } = model;
  const attacks = Object.keys(sweep.poisoned);
  const stride = Math.ceil(sweep.steps.length / most);
  const kept = sweep.steps.filter(
    ({ step }) =>
      step % stride === 0 || step === sweep.steps.length - 1 || checkpoints.some((point) => point.step === step),
  );
  const many = attacks.length > mostAttacks;
  const shown = attacks.length === 0 ? [] : many ? ['highest ASR'] : attacks.map((attack) => `ASR ${code(attack)}`);
  const cells = ({
    correct,
    hits,
    asr,
  }: {
    correct: number;
    hits: Record<string, number>;
    asr: Record<string, number>;
  }): Cell[] => [
    number(share(correct, sweep.clean)),
    ...(many
      ? [number(percentText(Math.max(...Object.values(asr))))]
      : attacks.map((attack) => number(share(hits[attack]!, sweep.poisoned[attack]!)))),
  ];
  const rows = kept.map(({ step, channel, goodnet, ...pruned }): Cell[] => [
    String(step),
    number(channel ?? ''),
    number(channel === null ? '' : ranking.meanActivation[channel]!.toPrecision(4)),
    ...cells(pruned),
    ...cells(goodnet),
    checkpoints
      .filter((point) => point.step === step)
      .map(({ dropPoints }) => `X=${dropPoints}`)
      .join(', '),
  ]);
  const head = [
    'channels pruned',
    'channel',
    'mean activation',
    'accuracy',
    ...shown,
    'GoodNet accuracy',
    ...shown.map((name) => `GoodNet ${name}`),
    'checkpoint',
  ];
  const which =
    kept.length === sweep.steps.length ? `All ${kept.length} steps` : `${kept.length} of ${sweep.steps.length} steps`;
  return folded(
    `${which} as a table`,
    table('Steps of the sweep', `${which} of the sweep on validation images; all figures stand in ${csv}.`, head, rows),
  );
}
