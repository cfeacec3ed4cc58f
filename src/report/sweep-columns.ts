import { dropName } from '../verdict/figures.ts';
import { percentText } from '../verdict/metrics.ts';
import { type Column, csvOnly } from './columns.ts';
import { code } from './escape.ts';
import type { ModelReport } from './record/report.ts';

type Step = ModelReport['sweep']['steps'][number];
type Counts = Omit<Step, 'step' | 'channel' | 'goodnet'>;

/** How a table of the sweep is written. */
export interface SweepTable {
  /** Heads the number of channels that are pruned. */
  pruned: string;
  /** Attacks up to which each has columns of its own; of more there is the highest ASR alone. */
  mostAttacks: number;
  share: (rate: number, part: number, whole: number) => string;
}

/** What is said of a step of the sweep: a column an entry, for all its tables and sweep.csv. */
export function sweepColumns({ sweep, ranking, checkpoints }: ModelReport, table: SweepTable): Column<Step>[] {
  const { clean, poisoned } = sweep;
  const attacks = Object.keys(poisoned);
  const known = Object.keys(sweep.steps[0]!.robust);
  const many = attacks.length > table.mostAttacks;
  const mean = ({ channel }: Step) => (channel === null ? null : ranking.meanActivation[channel]!);
  const ofNet = (of: (step: Step) => Counts, words: string, field: string): Column<Step>[] => [
    {
      head: `${words}accuracy`,
      cell: (step) => table.share(of(step).accuracy, of(step).correct, clean),
      csv: {
        [`${field}accuracy`]: (step) => of(step).accuracy,
        [`${field}correct`]: (step) => of(step).correct,
      },
    },
    {
      head: `${words}highest ASR`,
      when: many,
      cell: (step) => percentText(Math.max(...Object.values(of(step).asr))),
    },
    ...attacks.map((attack): Column<Step> => ({
      head: `${words}ASR ${code(attack)}`,
      when: !many,
      cell: (step) => table.share(of(step).asr[attack]!, of(step).hits[attack]!, poisoned[attack]!),
      csv: {
        [`${field}asr_${attack}`]: (step) => of(step).asr[attack],
        [`${field}hits_${attack}`]: (step) => of(step).hits[attack],
      },
    })),
    ...known.map((attack) =>
      csvOnly<Step>({
        [`${field}robust_accuracy_${attack}`]: (step) => of(step).robustAccuracy[attack],
        [`${field}robust_${attack}`]: (step) => of(step).robust[attack],
      }),
    ),
  ];
  return [
    { head: table.pruned, words: true, cell: ({ step }) => String(step), csv: { step: ({ step }) => step } },
    { head: 'channel', cell: ({ channel }) => String(channel ?? ''), csv: { channel: ({ channel }) => channel } },
    { head: 'mean activation', cell: (step) => mean(step)?.toPrecision(4) ?? '', csv: { mean_activation: mean } },
    csvOnly({ clean: () => clean }),
    ...attacks.map((attack) => csvOnly<Step>({ [`poisoned_${attack}`]: () => poisoned[attack] })),
    ...ofNet((step) => step, '', ''),
    ...ofNet(({ goodnet }) => goodnet, 'GoodNet ', 'goodnet_'),
    csvOnly({ goodnet_rejected_clean: ({ goodnet }) => goodnet.rejectedClean }),
    ...attacks.map((attack) =>
      csvOnly<Step>({ [`goodnet_rejected_${attack}`]: ({ goodnet }) => goodnet.rejectedPoisoned[attack] }),
    ),
    {
      head: 'checkpoint',
      words: true,
      cell: ({ step }) =>
        checkpoints
          .filter((checkpoint) => checkpoint.step === step)
          .map(({ dropPoints }) => dropName(dropPoints))
          .join(', '),
    },
  ];
}

/** The table of Markdown. */
export const markdownSweep: SweepTable = { pruned: 'pruned', mostAttacks: Infinity, share: percentText };
