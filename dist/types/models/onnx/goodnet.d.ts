import type { ReadFile } from '../format.ts';
import { type Edits } from '../net.ts';
/**
 * The class of a net where its edited copy agrees, else one class more: both nets in one graph of standard operators.
 * Each votes for its first maximum.
 */
export declare function joined(input: ReadFile, edits: Edits): Uint8Array;
