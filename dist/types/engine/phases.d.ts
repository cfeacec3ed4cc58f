/** What the time of a computing thread goes to: reading and preparing images, the net up to the cut, sums for the ranking, every step behind the cut, training and the search for triggers, and waiting for work. */
export declare const phases: readonly ["read", "prefix", "rank", "sweep", "train", "idle"];
export type Phase = (typeof phases)[number];
