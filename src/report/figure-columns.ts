import type { Metric } from '../verdict/metric-table.ts';
import { percentText } from '../verdict/metrics.ts';
import type { Column } from './columns.ts';
import type { CandidateReport } from './record/report.ts';

export type Figures = CandidateReport['validation'];

/** A rate with the counts that it comes from. */
export interface Share {
  rate: number | null;
  part: number;
  whole: number;
  interval: [number, number] | null | undefined;
  /** Whose it is, where its column is that of the attack with the highest rate. */
  attack?: string;
}

/** How a table writes what nets answered. */
export interface FigureStyle {
  /** Attacks up to which each has columns of its own; of more there is the one with the highest ASR alone. */
  mostAttacks: number;
  /** Heads a figure of one split, which is null where there is no other; `metric` is what it can be limited by. */
  head: (words: string, split: string | null, metric?: Metric) => string;
  /** Names a figure of one attack out of so many. */
  ofAttack: (figure: 'ASR' | 'DER' | 'RA', attack: string, of: number) => string;
  share: (share: Share) => string;
  /** Whether it has DER and RA. */
  ratings: boolean;
}

/** What nets answered on one split. RA stands for those attacks that are `known` by their true labels. */
export function figureColumns<Row>(
  of: (row: Row) => Figures,
  { attacks, known, split }: { attacks: readonly string[]; known: readonly string[]; split: string | null },
  { mostAttacks, head, ofAttack, share, ratings }: FigureStyle,
): Column<Row>[] {
  const many = attacks.length > mostAttacks;
  return [
    {
      head: head('accuracy', split, 'accuracy'),
      cell: (row) => {
        const { accuracy, correct, clean, accuracyInterval } = of(row);
        return share({ rate: accuracy, part: correct, whole: clean, interval: accuracyInterval });
      },
    },
    {
      head: head('highest ASR', split, 'asr'),
      when: many,
      cell: (row) => share(highestAsr(of(row), attacks)),
    },
    ...(many ? [] : attacks).flatMap((attack): Column<Row>[] => [
      {
        head: head(ofAttack('ASR', attack, attacks.length), split, 'asr'),
        cell: (row) => share(asrOf(of(row), attack)),
      },
      {
        head: head(ofAttack('DER', attack, attacks.length), split),
        when: ratings,
        cell: (row) => of(row).der[attack]?.toFixed(3) ?? '–',
      },
      {
        head: head(ofAttack('RA', attack, attacks.length), split),
        when: ratings && known.includes(attack),
        cell: (row) => {
          const { robust, robustAccuracy, poisoned } = of(row);
          if (!(attack in robust)) return '–';
          return `${percentText(robustAccuracy[attack]!)} (${robust[attack]}/${poisoned[attack]})`;
        },
      },
    ]),
  ];
}

const asrOf = ({ asr, hits, poisoned, asrInterval }: Figures, attack: string): Share => ({
  rate: asr[attack] ?? null,
  part: hits[attack]!,
  whole: poisoned[attack]!,
  interval: asrInterval[attack],
});

/** The attack whose ASR is the highest, the first of several. */
function highestAsr(figures: Figures, attacks: readonly string[]): Share {
  const { asr, maxAsr } = figures;
  const rate = (attack: string) => asr[attack] ?? -1;
  const highest = attacks.reduce((most, attack) => (rate(attack) > rate(most) ? attack : most));
  return { ...asrOf(figures, highest), rate: maxAsr, attack: highest };
}
