/**
 * Indices (ascending) of `images` images drawn at random so that the classes keep their shares. Where there are as many images as classes
 * or more, each class gets one, and the rest is shared in proportion to what each class has left; otherwise all are. Fractions go to the
 * largest remainders, ties to the lower class. The same seed always draws the same images.
 */
export declare function stratified(labels: Int32Array, images: number, seed: number): Int32Array;
/** Numbers 0 <= x < 1 from a 32-bit seed. Source: mulberry32 by T. Ettinger, public domain. */
export declare function generator(seed: number): () => number;
