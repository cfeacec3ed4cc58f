import type { Kind } from '../settings/config.ts';
import { marginOf, metrics } from '../verdict/metric-table.ts';
import { percent, percentText } from '../verdict/metrics.ts';
import type { Column } from './columns.ts';
import { code, link } from './escape.ts';
import { figureColumns, type FigureStyle, type Figures } from './figure-columns.ts';
import type { CandidateReport, ModelReport } from './record/report.ts';

type Rule = ModelReport['gate']['rules'][number];

/** A table of candidates: the terminal's, the two of report.md, the summary's with the gate's view, and that of report.html. */
export interface CandidateTable extends FigureStyle {
  name: 'terminal' | 'figures' | 'certainty' | 'gate' | 'page';
  candidate: (candidate: CandidateReport, recommended: boolean) => string;
  /** Keeps a name and its number on one line, where columns are narrow. */
  joined: (text: string) => string;
  /** How far a limit is met or missed. */
  margin: (rule: Rule) => string;
}

/** What is said of a candidate: a column an entry, for all tables of candidates. Those for people who ship one need the kinds that are accepted. */
export function candidateColumns(
  { candidates, gate }: ModelReport,
  table: CandidateTable,
  accepted: readonly Kind[] = [],
): Column<CandidateReport>[] {
  const first = candidates[0]!;
  const isIn = (...names: CandidateTable['name'][]) => names.includes(table.name);
  const limited = gate.rules.length > 0;
  const compared = candidates.some(({ change }) => change !== undefined);
  const attacks = Object.keys(first.validation.poisoned);
  const known = Object.keys(first.validation.robust);
  const both = first.test === null ? (['validation'] as const) : (['validation', 'test'] as const);
  const rulesOf = (place: number) => gate.rules.filter((rule) => rule.candidate === place);
  const passing = (candidate: CandidateReport, place: number) => passes(candidate, rulesOf(place), accepted, gate);
  return [
    {
      head: 'candidate',
      words: true,
      cell: (candidate, place) => table.candidate(candidate, place === gate.recommended),
    },
    { head: 'passes', words: true, when: isIn('page') && limited, cell: passing },
    {
      head: isIn('terminal') ? 'channels\npruned' : 'channels pruned',
      when: !isIn('certainty'),
      cell: ({ channelsPruned }) => String(channelsPruned),
    },
    ...(isIn('gate') ? [gate.judgedOn] : both).flatMap((split): Column<CandidateReport>[] => [
      ...figureColumns<CandidateReport>((candidate) => candidate[split]!, { attacks, known, split }, table),
      {
        head: table.head('rejected', split),
        when: isIn('figures', 'gate'),
        cell: (candidate) => rejected(candidate[split]!, attacks, table),
      },
      {
        head: 'since the baseline, points',
        when: isIn('gate') && compared,
        cell: ({ change }) => changed(change?.[split], table),
      },
      {
        head: isIn('gate') ? 'margin, points' : table.head('margin', split),
        when: isIn('gate') || (isIn('page') && limited),
        cell: (_, place) => {
          const rules = rulesOf(place).filter((rule) => rule.split === split);
          return rules.map(table.margin).join('<br>');
        },
      },
    ]),
    {
      head: 'limits',
      when: isIn('figures'),
      cell: (_, place) => {
        const rules = rulesOf(place);
        if (rules.length === 0) return '–';
        if (rules.every(({ met }) => met)) return 'met';
        return rules.every(({ met, undecided }) => met || undecided !== undefined) ? 'undecided' : 'not met';
      },
    },
    { head: 'passes', words: true, when: isIn('gate'), cell: passing },
    {
      head: 'file',
      words: true,
      when: isIn('figures'),
      cell: ({ file }) => (file === null ? '' : `[${code(file.split('/').at(-1)!)}](${link(file)})`),
    },
  ];
}

/** What a GoodNet answers with its last class: of clean images too many are a loss, of poisoned ones they are the point. */
function rejected(
  { rejectedClean, rejectedPoisoned = {}, clean, poisoned }: Figures,
  attacks: readonly string[],
  { joined }: CandidateTable,
): string {
  if (rejectedClean === undefined) return '';
  const rate = (count: number, of: number) => percentText(percent(count, of));
  return [
    joined(`clean ${rate(rejectedClean, clean)}`),
    ...attacks.map((attack) => `${code(attack)}${joined(' ')}${rate(rejectedPoisoned[attack]!, poisoned[attack]!)}`),
  ].join('<br>');
}

type Change = NonNullable<CandidateReport['change']>['test'];

function changed(change: Change | undefined, { joined }: CandidateTable): string {
  if (change === undefined || change.accuracy === null) return 'not comparable';
  return joined(`accuracy ${signed(change.accuracy)}${change.asr === null ? '' : `<br>ASR ${signed(change.asr)}`}`);
}

/** A limit and how far it is met (+) or missed (−), in points. */
export function marginText({ metric, actual, limit }: Rule, joined = (text: string) => text): string {
  const { short, sinceBaseline } = metrics[metric];
  if (actual === null) return `${short} not ${sinceBaseline ? 'comparable' : 'measured'}`;
  return joined(`${short} ${signed(marginOf(metric, actual, limit))}`);
}

export const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;

/** Whether a candidate passes, given its rules and what is in the way of all. */
function passes(
  { kind }: CandidateReport,
  rules: readonly Rule[],
  accepted: readonly Kind[],
  { doubt }: ModelReport['gate'],
): string {
  if (rules.length === 0) return '–';
  const missed = rules.filter((rule) => !rule.met);
  const splits = [...new Set(missed.map((rule) => rule.split))];
  if (missed.length > 0) {
    const word = missed.every(({ undecided }) => undecided !== undefined) ? 'undecided' : 'no';
    return splits.length === 1 && rules.some((rule) => rule.split !== splits[0]) ? `${word}, on ${splits[0]}` : word;
  }
  if (doubt !== undefined) return 'meets the limits, but is in doubt';
  return accepted.includes(kind) ? 'yes' : 'meets the limits, kind not accepted';
}
