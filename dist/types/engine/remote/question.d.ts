import type { Layout, PixelScale } from '../../data/layout.ts';
import type { TypedArray } from '../../formats/element-types.ts';
import { type Tensor } from '../../formats/safetensors.ts';
import type { Piece } from '../chunks.ts';
import type { CutNames } from '../parts.ts';
/** What is to be computed of a chunk of images: everything that it takes but the net. */
export interface Question {
    /** SHA-256 of the net as it was sent. */
    model: string;
    /** Null where it is not cut. */
    cut: CutNames | null;
    chunk: Piece;
    layout: Layout;
    scale: PixelScale;
    pixels: Pixels;
    /** What tallies take besides; null where sums are asked for. */
    counts: Counts | null;
}
/** Images as they are stored: integers 0..255 in bytes, all else rounded to float32, as it is where the net takes them. */
export interface Pixels extends Tensor {
    values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}
/** Labels, and the numbers of channels of `order` that are pruned. */
export interface Counts {
    labels: Int32Array;
    trueLabels: Int32Array | null;
    order: Int32Array;
    stops: readonly number[];
}
/** A question with the SHA-256 of its pixels. */
export type Asked = Question & {
    data: string;
};
/** Bytes where all numbers are 0..255 and none is -0, which is another float; else float32. */
export declare function sentValues(stored: TypedArray): Pixels['values'];
/** A question as a safetensors file, and the hash of its pixels. */
export declare function sentQuestion(question: Question): Promise<{
    body: Uint8Array<ArrayBuffer>;
    data: string;
}>;
/** The question in a body. Throws `request-invalid` or `safetensors` for what is none, damaged, or not what it says. */
export declare function receivedQuestion(body: Uint8Array, counting: boolean): Promise<Asked>;
/** Whether channels and stops are those of a net that is cut so. Throws `request-invalid`. */
export declare function checkCounts({ order, stops }: Counts, channels: number): void;
