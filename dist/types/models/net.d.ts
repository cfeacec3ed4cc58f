import type { Rewrite } from './rewritten.ts';
/** Sizes of one sample's axes, channels last, without the batch axis. */
export type Shape = readonly number[];
/** How many numbers a tensor of this shape has. */
export declare const sizeOf: (shape: Shape) => number;
/** A named float32 array of a layer, and where it stands in the file. Row-major. */
export interface Weight {
    name: string;
    shape: Shape;
    values: Float32Array;
    path: string;
}
/** One layer with its options in one spelling, and its weights in Keras's order. */
export interface Layer {
    name: string;
    className: string;
    options: Record<string, unknown>;
    perChannel: boolean;
    /** Whether who made the net lets its weights be trained; those that count, such as moving statistics, never are. */
    trainable: boolean;
    /** Where more in the net reads the tensors of the file that its weights are: none of them may change. */
    shares?: true;
    weights: Weight[];
}
/** One use of a layer. `shape` is the output's, without the batch axis. */
export interface Call {
    id: string;
    layer: Layer;
    inputs: string[];
    shape: Shape;
}
/** A classifier as plain data: every call after those it reads, one image input, one row of class scores out. */
export interface Model {
    name: string;
    file: string;
    sha256: string;
    /** What wrote the file, in the words of its format: `keras2` or `keras3`. */
    dialect: string;
    calls: Call[];
    input: string;
    inputShape: Shape;
    output: string;
    classes: number;
    /** Width of the output row: `classes` scores, or 1 for a sigmoid, which answers class 1 above 0.5 and else class 0. */
    outputs: number;
    /** The number format that its layers declare: `float32`, or the first other one, such as `mixed_float16`. */
    precision: string;
    /** An activation that Keras 3 would compute otherwise than Keras 2, which wrote the file; null if there is none. */
    ambiguousActivation: string | null;
    /** The class of the first layer that changes images at random; null if there is none. */
    augmentation: string | null;
    /** What TensorFlow makes another function of where Keras calls the net as a graph; null if nothing. */
    rewritten: Rewrite | null;
}
/** New values for some of a model's weights, by their path in the file. */
export type Edits = ReadonlyMap<string, Float32Array>;
/** The net with these edits. */
export declare function edited(model: Model, edits: Edits): Model;
/** Whether `found` is a net with these edits and nothing else changed. */
export declare function isEdited(model: Model, edits: Edits, found: Model): boolean;
export declare const areAlike: (one: Float32Array, other: Float32Array) => boolean;
/** All weights of a net with these edits, by their path. */
export declare const editedWeights: ({ calls }: Model, edits: Edits) => Edits;
/** What a GoodNet written here is called in its graph, and its last layer, whatever its file is called. */
export declare const goodnetName = "goodnet";
/** Whether a net is a GoodNet: by the name of its graph and by its end, the scores that its two nets agree on and one more. */
export declare function isGoodnet({ name, calls }: Pick<Model, 'name' | 'calls'>): boolean;
/** An id beside a layer's own that no layer can be called: no name holds a NUL. */
export declare const innerId: (id: string, part: string) => string;
