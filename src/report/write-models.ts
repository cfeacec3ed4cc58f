import type { Kind } from '../config.ts';
import type { Checkpoint } from '../defense/checkpoints.ts';
import { prunedWeights } from '../defense/prune.ts';
import type { Target } from '../engine/target.ts';
import type { Model } from '../keras/model.ts';
import { writeGoodnet, writePruned } from '../keras/write-model.ts';
import type { Output, WrittenFile } from './output.ts';

/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
  kind: Kind;
  checkpoint: number;
}

const pathOf = (folder: string, kind: 'pruned' | 'goodnet', dropPoints: number): string => `${folder}/${kind === 'pruned' ? 'model' : 'goodnet'}_X=${dropPoints}.h5`;

/** Every path that `stageModelFiles` may write to. */
export function modelPaths(folder: string, drops: readonly number[]): string[] {
  return drops.flatMap((drop) => [pathOf(folder, 'pruned', drop), pathOf(folder, 'goodnet', drop)]);
}

/** What the repaired models of one model are made from. */
export interface Repair {
  model: Model;
  bytes: Uint8Array;
  target: Target;
  order: Int32Array;
  picks: readonly Checkpoint[];
}

/** Stages `model_X=D.h5` and `goodnet_X=D.h5` for each checkpoint D that was reached. */
export async function stageModelFiles({ model, bytes, target, order, picks }: Repair, output: Output, folder: string): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  for (const { dropPoints: checkpoint, step } of picks) {
    if (step === null) continue;
    const edits = prunedWeights(target, order.subarray(0, step));
    files.push({ kind: 'pruned', checkpoint, ...output.stage(pathOf(folder, 'pruned', checkpoint), await writePruned(bytes, edits)) });
    files.push({ kind: 'goodnet', checkpoint, ...output.stage(pathOf(folder, 'goodnet', checkpoint), await writeGoodnet(model, edits)) });
  }
  return files;
}
