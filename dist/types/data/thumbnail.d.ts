import type { Pixels } from './pixels.ts';
/** A PNG of an image, `black` to `white` becoming 0 to 255. */
export declare function thumbnail({ values, size: [rows, columns] }: Pixels, [black, white]: readonly [number, number]): Uint8Array;
