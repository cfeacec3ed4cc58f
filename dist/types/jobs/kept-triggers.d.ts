import type { TriggerStore } from '../defense/reversal/search.ts';
import type { Output } from '../output/output.ts';
/** Numbers in a text. */
export declare const numbers: import("@sinclair/typebox").TString;
/** Triggers in an output folder, for a run that resumes this one. `name` is the net's, `identity` stands for all that a search depends on. */
export declare function keptTriggers(output: Output, name: string, identity: () => string | null): TriggerStore;
export declare const textOf: ({ buffer, byteOffset, byteLength }: Float32Array) => string;
/** The numbers in a text; a part of one at its end is none. */
export declare function numbersOf(text: string): Float32Array;
