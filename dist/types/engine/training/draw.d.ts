/** How many images each step of a training takes, and each of a search for a trigger. */
export declare const trainedAStep = 64, searchedAStep = 32;
/**
 * Of so many parts of a batch gradients are computed one by one, and added up in an order that never changes, so that
 * it does not matter who computed which. A power of two.
 */
export declare const partsOfABatch = 2;
/** Draws numbers from 0 to below 1. */
export type Draw = () => number;
/** mulberry32: the same numbers for a seed on every machine. */
export declare function mulberry32(seed: number): Draw;
/** The same numbers in another order: Fisher-Yates from the end. */
export declare function shuffled(numbers: Int32Array, draw: Draw): Int32Array;
/** Images that train, and those that are held out. */
export interface Halves {
    training: Int32Array;
    heldOut: Int32Array;
}
/** How many of so many images train. */
export declare const trainingImages: (count: number) => number;
/** Splits `count` images by chance, 80 to 20. */
export declare function split(count: number, draw: Draw): Halves;
/** Which of `count` numbers in a row are a share of `of`, a power of two: a half, or a half of a half. */
export declare function shareOf(count: number, place: number, of: number): readonly [start: number, stop: number];
/** Batches of images without end: those of one epoch after the other, each in a new order. */
export declare function batches(images: Int32Array, size: number, draw: Draw, short: 'kept' | 'skipped'): Generator<Int32Array>;
