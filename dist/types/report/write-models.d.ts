import type { Kind } from '../settings/config.ts';
import type { Checkpoint } from '../defense/pruning/checkpoints.ts';
import type { Target } from '../defense/pruning/target.ts';
import type { Model } from '../models/keras/model.ts';
import type { WrittenFile } from '../output/ledger.ts';
import type { Output } from '../output/output.ts';
/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
    kind: Kind;
    checkpoint: number;
}
/** Whether a path in an output folder is a repaired model's. */
export declare const isModelFile: (file: string) => boolean;
/** Every path that `stageModelFiles` may write to for the model file `input`. */
export declare function modelPaths(folder: string, input: string, drops: readonly number[]): string[];
/** What the repaired models of one model are made from. */
export interface Repair {
    model: Model;
    bytes: Uint8Array;
    target: Target;
    order: Int32Array;
    picks: readonly Checkpoint[];
}
/** Stages `model_X=D.h5` (or `.keras`, `.weights.h5`, as the input is) and `goodnet_X=D.h5` for each checkpoint D that was reached. */
export declare function stageModelFiles({ model, bytes, target, order, picks }: Repair, output: Output, folder: string): Promise<ModelFile[]>;
