import type { TriggerStore } from '../defense/reversal/search.ts';
import type { Output } from '../output/output.ts';
/** Triggers in an output folder, for a run that resumes this one. `name` is the net's, `identity` stands for all that a search depends on. */
export declare function keptTriggers(output: Output, name: string, identity: () => string | null): TriggerStore;
