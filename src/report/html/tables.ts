import type { Kind } from '../../settings/config.ts';
import { marginOf, metrics } from '../../verdict/metric-table.ts';
import { percent, percentText } from '../../verdict/metrics.ts';
import { code } from '../escape.ts';
import { mostAttacks } from '../few-attacks.ts';
import { candidateColumns, type CandidateTable, signed } from '../candidate-columns.ts';
import { drawn } from '../columns.ts';
import { sweepColumns } from '../sweep-columns.ts';
import type { ModelReport } from '../record/report.ts';
import { candidateName } from '../wording.ts';
import { type Cell, drawnTable, folded, table } from './elements.ts';

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

/** How report.html writes the candidates on both splits: accuracy and highest ASR with counts and 95% intervals, margins to the limits, and whether they pass. */
const candidateStyle: CandidateTable = {
  name: 'page',
  mostAttacks: 1,
  head: (words, split) => `${words}, ${split}`,
  ofAttack: (figure) => figure,
  candidate: (candidate, recommended) => {
    const name = candidateName(candidate).replace(' ', '\u00a0');
    const file = candidate.file === null ? '' : `<br>${code(candidate.file.split('/').at(-1)!)}`;
    return `${recommended ? '★\u00a0' : ''}${name}${file}`;
  },
  share: ({ part, whole, interval, attack }) =>
    `${stacked(part, whole, interval)}${attack === undefined ? '' : `<br><small>${code(attack, 24)}</small>`}`,
  ratings: false,
  joined: (text) => text,
  margin: ({ metric, actual, limit, met }) => {
    const margin = actual === null ? 'not measured' : signed(marginOf(metric, actual, limit));
    return `<span class="${met ? 'good' : 'bad'}">${metrics[metric].short} ${margin}</span>`;
  },
};

export function candidateTable(model: ModelReport, accepted: readonly Kind[]): string {
  const { candidates, gate } = model;
  const caption = [
    'Candidates. Small: counts, and the 95% Wilson interval.',
    ...(gate.rules.length > 0 ? ['Margin: points by which a limit is met (+) or missed (−).'] : []),
    ...(gate.recommended === null ? [] : ['★ is recommended.']),
  ].join(' ');
  return drawnTable('Candidates', caption, drawn(candidateColumns(model, candidateStyle, accepted), candidates));
}

const number = (html: string | number): Cell => ({ html: String(html), className: 'number' });

/** Every figure of every candidate, one row for each set of images. */
export function figureTable(model: ModelReport): string {
  const known = Object.keys(model.sweep.steps[0]!.robust).length > 0;
  const rows = model.candidates.flatMap((candidate) =>
    splitsOf(model).flatMap((split): Cell[][] => {
      const f = candidate[split]!;
      const rejected = (part: number | undefined, whole: number) =>
        number(part === undefined ? '' : share(part, whole));
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
  const { sweep, checkpoints } = model;
  const stride = Math.ceil(sweep.steps.length / most);
  const kept = sweep.steps.filter(
    ({ step }) =>
      step % stride === 0 || step === sweep.steps.length - 1 || checkpoints.some((point) => point.step === step),
  );
  const columns = sweepColumns(model, {
    pruned: 'channels pruned',
    mostAttacks,
    share: (_, part, whole) => share(part, whole),
  });
  const which =
    kept.length === sweep.steps.length ? `All ${kept.length} steps` : `${kept.length} of ${sweep.steps.length} steps`;
  const caption = `${which} of the sweep on validation images; all figures stand in ${csv}.`;
  return folded(`${which} as a table`, drawnTable('Steps of the sweep', caption, drawn(columns, kept)));
}
