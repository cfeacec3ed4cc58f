import type { Pixels } from './pixels.ts';
/** A picture in bytes with a few signs below it. */
export interface SheetCell {
    picture: Pixels;
    /** Digits, and `>` between two numbers. */
    caption: string;
    marked: boolean;
}
/** A PNG of rows of pictures, all of one size; a marked one has a red frame. */
export declare function triggerSheet(rows: readonly (readonly SheetCell[])[]): Uint8Array;
