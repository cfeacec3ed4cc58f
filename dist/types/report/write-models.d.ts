import type { Net } from '../defense/defense.ts';
import type { ReadFile } from '../models/format.ts';
import { type Edits } from '../models/net.ts';
import type { WrittenFile } from '../output/ledger.ts';
import type { Output } from '../output/output.ts';
import { type Candidate } from '../verdict/figures.ts';
/** A repaired model in the output folder. */
export interface ModelFile extends WrittenFile {
    /** The place of its candidate. */
    of: number;
}
type Staged = Pick<Candidate, 'kind' | 'checkpoint' | 'stage'>;
/** Whether a path in an output folder is a repaired model's. */
export declare const isModelFile: (file: string) => boolean;
/** Every path that the nets of some stages may be written to for the model file `input`. */
export declare const modelPaths: (folder: string, input: string, stages: readonly string[]) => string[];
/** The candidates that have a file, in the order in which they are written: those of a stage, which share their weights, together. */
export declare function inStages<C extends Staged>(candidates: readonly C[]): {
    stage: string;
    members: [C, number][];
}[];
/** What the repaired models of one model are made from. */
export interface Repairs extends ReadFile {
    /** Reads a file in the place of the input, with weights that may be known. */
    again: (bytes: Uint8Array, known: Edits) => Promise<ReadFile>;
    candidates: readonly Candidate[];
    nets: readonly Net[];
}
/**
 * Stages each candidate's file: `model_X=4`, which ends as the input does, and `goodnet_X=4`. A repaired file that is
 * not the net that was scored is refused: values of its input share bytes. Throws `hdf5-objects`.
 */
export declare function stageModelFiles({ model, bytes, again, candidates, nets }: Repairs, output: Output, folder: string): Promise<ModelFile[]>;
export {};
