import type { ReadFile } from '../format.ts';
import type { Edits } from '../net.ts';
/** The file with edited weights in their places, every other byte as it is: a number that is not edited keeps its bits. */
export declare function repaired({ model, bytes }: ReadFile, edits: Edits): Uint8Array;
