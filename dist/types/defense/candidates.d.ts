import type { Kind } from '../config.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Counts, GoodNetCounts, Sizes, Step } from './sweep.ts';
type Interval = [low: number, high: number] | null;
/** One net's figures on one split. Percentages 0..100 stand beside the counts that they come from; null where nothing was measured. */
export interface Figures {
    clean: number;
    correct: number;
    accuracy: number | null;
    accuracyInterval: Interval;
    poisoned: Record<string, number>;
    hits: Record<string, number>;
    asr: Record<string, number | null>;
    asrInterval: Record<string, Interval>;
    /** The highest ASR over all attacks: what a limit is compared with. Null where one of them was not measured: it could be the highest. */
    maxAsr: number | null;
    /** Poisoned images given their true label, by those attacks whose true labels are known, and their share in percent. */
    robust: Record<string, number>;
    robustAccuracy: Record<string, number | null>;
    /** Drop of accuracy below the original net's on the same split, in points. */
    accuracyDrop: number | null;
    /** Defense effectiveness rating by attack, 0..1. */
    der: Record<string, number | null>;
    rejectedClean?: number;
    rejectedPoisoned?: Record<string, number>;
}
/** A net that could be shipped: the original, or the pruned net or GoodNet of a checkpoint. */
export interface Candidate {
    kind: Kind;
    /** The checkpoint's accuracy drop in points; null for the original. */
    checkpoint: number | null;
    channelsPruned: number;
    validation: Figures;
    test: Figures | null;
}
/** A split's steps and sizes; the first step is the original net. */
export interface Measured {
    steps: readonly Step[];
    sizes: Sizes;
}
/** The original, then the pruned net and the GoodNet of each checkpoint that was reached. */
export declare function listCandidates(picks: readonly Checkpoint[], validation: Measured, test: Measured | null): Candidate[];
/** Turns counts into percentages, intervals and ratings against the original net's counts on the same images. */
export declare function figuresOf(counts: Counts | GoodNetCounts, original: Counts, sizes: Sizes): Figures;
export {};
