import { smallest } from '../defense/reversal/search.ts';
import type { Column } from './columns.ts';
import type { ModelReport } from './record/report.ts';

/** A reversed trigger of a round. */
interface TriggerRow {
  round: number;
  target: number;
  l1: number;
  success: number;
  anomalyIndex: number | null;
  isUnlearned: boolean;
}

const shown = 5;

/** The classes with the smallest masks, round by round. */
export const triggerRows = ({ unlearning }: ModelReport): TriggerRow[] =>
  (unlearning?.rounds ?? []).flatMap(({ triggers, unlearned }, i) =>
    smallest(triggers, shown).map((trigger) => ({
      ...trigger,
      round: i + 1,
      isUnlearned: unlearned.includes(trigger.target),
    })),
  );

/** What is said of a reversed trigger: a column an entry. */
export const triggerColumns: Column<TriggerRow>[] = [
  { head: 'round', cell: ({ round }) => String(round) },
  { head: 'class', cell: ({ target }) => String(target) },
  { head: 'mask, pixels', cell: ({ l1 }) => l1.toFixed(2) },
  { head: 'success', cell: ({ success }) => `${(100 * success).toFixed(1)}%` },
  { head: 'anomaly index', cell: ({ anomalyIndex }) => anomalyIndex?.toFixed(2) ?? '–' },
  { head: 'unlearned', words: true, cell: ({ isUnlearned }) => (isUnlearned ? 'yes' : '') },
];

/** What the table says, and what it does not. */
export const triggerWords =
  'For each class the smallest trigger was looked for that makes the net answer it: a mask that is much smaller than the other classes’ hints at a backdoor, and is no proof. ' +
  'Each round unlearns the triggers of the classes with the smallest masks, and those of the rounds before.';
