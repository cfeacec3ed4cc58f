import type { Kind } from '../config.ts';
import type { Checkpoint } from '../defense/checkpoints.ts';
import type { Target } from '../engine/target.ts';
import type { Model } from '../keras/model.ts';
import type { Output, WrittenFile } from './output.ts';
/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
    kind: Kind;
    checkpoint: number;
}
/** Every path that `writeModelFiles` may write to. */
export declare function modelPaths(folder: string, drops: readonly number[]): string[];
/** What the repaired models of one model are made from. */
export interface Repair {
    model: Model;
    bytes: Uint8Array;
    target: Target;
    order: Int32Array;
    picks: readonly Checkpoint[];
}
/**
 * Writes `model_X=D.h5` and `goodnet_X=D.h5` for each checkpoint D that was reached. Where a layer has no form that both Keras
 * dialects read, there is no GoodNet file, and `goodnetProblem` says why.
 */
export declare function writeModelFiles({ model, bytes, target, order, picks }: Repair, output: Output, folder: string): Promise<{
    files: ModelFile[];
    goodnetProblem: string | null;
}>;
