import type { StoredImages } from './stored.ts';
/** A PNG of the first 16 images, for people to look at; `white` is the stored value that is shown as white. */
export declare function contactSheet({ data, layout }: StoredImages, white: number): Uint8Array;
