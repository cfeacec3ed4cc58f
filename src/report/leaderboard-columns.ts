import { type Column, csvOnly } from './columns.ts';
import { middle, plainText } from './escape.ts';
import { figuresOf, type Leaderboard, type Standing } from './record/leaderboard.ts';
import { candidateName } from './wording.ts';

/** Letters of a name that somebody else chose. */
export const longestName = 48;

/** How a table writes foreign names and its own words. */
export interface LeaderboardStyle {
  name: (text: string) => string;
  text: (text: string) => string;
  verdict?: (verdict: Standing['verdict']) => string;
  dash: string;
  minus: string;
}

/** What is said of a model among those of several reports: a column an entry, for every format and for programs. */
export function leaderboardColumns({ standings, first }: Leaderboard, style: LeaderboardStyle): Column<Standing>[] {
  const { text, dash, minus, verdict: verdictText = text } = style;
  const several = (value: (standing: Standing) => unknown) => new Set(standings.map(value)).size > 1;
  const name = (foreign: string) => style.name(middle(foreign, longestName));
  const percent = (value: number | null | undefined) => value?.toFixed(2) ?? dash;
  const signed = (value: number | null) =>
    value === null ? dash : `${value < 0 ? minus : '+'}${Math.abs(value).toFixed(2)}`;
  const poisoned = (standing: Standing) => Object.keys(figuresOf(standing)?.poisoned ?? {});
  const severalSplits = several(({ split }) => split);
  const columns: Column<Standing>[] = [
    { head: '#', cell: (_, place) => String(place + 1), csv: { place: (_, place) => place + 1 } },
    {
      head: 'model',
      words: true,
      cell: ({ model }) => name(model),
      csv: { report: ({ report }) => plainText(report), model: ({ model }) => plainText(model) },
    },
    {
      head: 'report',
      words: true,
      when: several(({ report }) => report),
      cell: ({ report }) => name(report),
    },
    {
      head: 'verdict',
      words: true,
      cell: ({ verdict }) => (verdict === 'error' ? text('not evaluated') : verdictText(verdict)),
      csv: { verdict: ({ verdict }) => verdict },
    },
    {
      head: 'figures of',
      words: true,
      cell: ({ candidate, split }) =>
        candidate === null ? dash : text(`${candidateName(candidate)}${severalSplits ? `, ${split}` : ''}`),
      csv: {
        kind: ({ candidate }) => candidate?.kind,
        checkpoint: ({ candidate }) => candidate?.checkpoint,
        split: ({ candidate, split }) => candidate && split,
      },
    },
    {
      head: 'channels pruned',
      cell: ({ candidate }) => (candidate === null ? dash : String(candidate.channelsPruned)),
      csv: { channels_pruned: ({ candidate }) => candidate?.channelsPruned },
    },
    {
      head: 'accuracy, %',
      cell: (standing) => percent(figuresOf(standing)?.accuracy),
      csv: {
        clean: (standing) => figuresOf(standing)?.clean,
        correct: (standing) => figuresOf(standing)?.correct,
        accuracy: (standing) => figuresOf(standing)?.accuracy,
      },
    },
    {
      head: '95% interval',
      cell: (standing) => {
        const bounds = figuresOf(standing)?.accuracyInterval;
        return bounds?.map((bound) => bound.toFixed(1)).join(text('–')) ?? dash;
      },
      csv: {
        accuracy_low: (standing) => figuresOf(standing)?.accuracyInterval?.[0],
        accuracy_high: (standing) => figuresOf(standing)?.accuracyInterval?.[1],
      },
    },
    {
      head: 'highest ASR, %',
      cell: (standing) => percent(figuresOf(standing)?.maxAsr),
      csv: { max_asr: (standing) => figuresOf(standing)?.maxAsr },
    },
    {
      head: 'of attack',
      words: true,
      when: standings.some((standing) => poisoned(standing).length > 1),
      cell: ({ worstAttack }) => (worstAttack === null ? dash : name(worstAttack)),
      csv: { worst_attack: ({ worstAttack }) => worstAttack },
    },
    {
      head: 'accuracy change',
      when: standings.length > 1,
      cell: (standing) => {
        if (standing === first) return text('first');
        return standing.notComparable === null ? signed(standing.accuracyChange) : text('other data');
      },
      csv: { accuracy_change: ({ accuracyChange }) => accuracyChange },
    },
    {
      head: 'ASR change',
      when: standings.length > 1,
      cell: ({ asrChange }) => signed(asrChange),
      csv: { asr_change: ({ asrChange }) => asrChange },
    },
    csvOnly({
      against_report: ({ against }) => against && plainText(against.report),
      against_model: ({ against }) => against && plainText(against.model),
      not_comparable: ({ notComparable }) => notComparable,
    }),
    ...[...new Set(standings.flatMap(poisoned))].map((attack) =>
      csvOnly<Standing>({
        [`poisoned_${attack}`]: (standing) => figuresOf(standing)?.poisoned[attack],
        [`hits_${attack}`]: (standing) => figuresOf(standing)?.hits[attack],
        [`asr_${attack}`]: (standing) => figuresOf(standing)?.asr[attack],
      }),
    ),
  ];
  return columns.map((column) => ({ ...column, head: text(column.head) }));
}
