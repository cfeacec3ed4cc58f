import type { Parts } from '../parts.ts';
import { type Taps } from './taps.ts';
/** z[o] = bias + sum over the taps (p, base) of o and the channels c of x[p, c] * rows[base + c]: every layer that is linear in its input. */
export interface Linear {
    kind: 'linear';
    id: string;
    input: string;
    channels: number;
    taps: Taps;
    /** [rows, columns] */
    rows: Float32Array;
    columns: number;
    /** [columns] */
    bias: Float32Array | null;
    /** What each input counts for: 1, or its share in a mean. */
    share: number;
}
export type Node = Linear | {
    kind: 'relu';
    id: string;
    input: string;
} | {
    kind: 'add';
    id: string;
    inputs: string[];
};
/** A suffix as sums of weight rows. `scores` is the tensor before a final softmax, which keeps the order of the classes. */
export interface Plan {
    nodes: Node[];
    sizes: Map<string, number>;
    scores: string;
}
/** The suffix as sums of rows; null where a layer of it is none, or would not gain by it. */
export declare function planRows({ model, suffix, at, sides, shapes }: Parts): Plan | null;
