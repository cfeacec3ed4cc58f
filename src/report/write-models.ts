import type { Kind } from '../settings/config.ts';
import type { Checkpoint } from '../defense/pruning/checkpoints.ts';
import { prunedWeights } from '../defense/pruning/prune.ts';
import type { Target } from '../defense/pruning/target.ts';
import type { Model } from '../models/keras/model.ts';
import { writeGoodnet, writePruned } from '../models/keras/write-model.ts';
import type { WrittenFile } from '../output/ledger.ts';
import type { Output } from '../output/output.ts';

/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
  kind: Kind;
  checkpoint: number;
}

/** The pruned net's file is of its input's kind; a GoodNet is an `.h5`, which every Keras reads. */
function pathOf(folder: string, input: string, kind: 'pruned' | 'goodnet', dropPoints: number): string {
  const ending = kind === 'pruned' ? (/(\.weights\.h5|\.keras)$/.exec(input)?.[0] ?? '.h5') : '.h5';
  return `${folder}/${kind === 'pruned' ? 'model' : 'goodnet'}_X=${dropPoints}${ending}`;
}

/** Whether a path in an output folder is a repaired model's. */
export const isModelFile = (file: string): boolean => /\/(model|goodnet)_X=[^/]+\.(h5|keras)$/.test(file);

/** Every path that `stageModelFiles` may write to for the model file `input`. */
export function modelPaths(folder: string, input: string, drops: readonly number[]): string[] {
  return drops.flatMap((drop) => [pathOf(folder, input, 'pruned', drop), pathOf(folder, input, 'goodnet', drop)]);
}

/** What the repaired models of one model are made from. */
export interface Repair {
  model: Model;
  bytes: Uint8Array;
  target: Target;
  order: Int32Array;
  picks: readonly Checkpoint[];
}

/** Stages `model_X=D.h5` (or `.keras`, `.weights.h5`, as the input is) and `goodnet_X=D.h5` for each checkpoint D that was reached. */
export async function stageModelFiles(
  { model, bytes, target, order, picks }: Repair,
  output: Output,
  folder: string,
): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  for (const { dropPoints: checkpoint, step } of picks) {
    if (step === null) continue;
    const edits = prunedWeights(target, order.subarray(0, step));
    files.push({
      kind: 'pruned',
      checkpoint,
      ...output.stage(pathOf(folder, model.file, 'pruned', checkpoint), await writePruned(bytes, edits)),
    });
    files.push({
      kind: 'goodnet',
      checkpoint,
      ...output.stage(pathOf(folder, model.file, 'goodnet', checkpoint), await writeGoodnet(model, edits)),
    });
  }
  return files;
}
