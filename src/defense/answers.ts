import type { Dataset } from '../data/dataset.ts';
import type { Chunks } from '../engine/chunks.ts';
import { type Sizes, sizesOf, type Split } from '../engine/split.ts';
import { tallyOf } from '../engine/tally.ts';
import { type CountedNet, countedOf } from './counted.ts';

/** The class that a net gives each image of a dataset, and what these images are. */
interface DatasetAnswers {
  classes: Int32Array;
  data: Dataset;
}

/** The same of all datasets of a split. */
export interface SplitAnswers {
  sizes: Sizes;
  clean: DatasetAnswers;
  attacks: Map<string, DatasetAnswers>;
}

/** Asks a net for the class of every image of a split. */
export async function answersOn(split: Split, progress: (images: number) => void): Promise<SplitAnswers> {
  const of = async (chunks: Chunks) => ({ classes: await chunks.classes(progress), data: chunks.data });
  const clean = await of(split.clean);
  const attacks = new Map<string, DatasetAnswers>();
  for (const [name, chunks] of split.attacks) attacks.set(name, await of(chunks));
  return { sizes: sizesOf(split), clean, attacks };
}

/** Counts a net that gave the answers `own`, and the GoodNet of it and the original. */
export function counted(original: SplitAnswers, own: SplitAnswers): CountedNet {
  const tally = (before: DatasetAnswers, { classes, data }: DatasetAnswers) =>
    tallyOf(before.classes, classes, data.labels, data.trueLabels ?? undefined);
  return countedOf(
    tally(original.clean, own.clean),
    [...own.attacks].map(([name, answers]) => ({
      name,
      tally: tally(original.attacks.get(name)!, answers),
      knowsTrueLabels: answers.data.trueLabels !== null,
    })),
  );
}
