import type { Sizes } from '../../engine/split.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { ChoiceReason } from './default-layer.ts';
import type { Ranking } from './rank.ts';
import type { Step } from './sweep.ts';
import type { Target } from './target.ts';
/** A split's steps and sizes; the first step is the original net. */
export interface Measured {
    steps: readonly Step[];
    sizes: Sizes;
}
/** What pruning a net channel by channel brought to light. */
export interface Pruned {
    target: Pick<Target, 'prunes' | 'rankLayer'> & {
        layer: {
            name: string;
        };
    };
    /** Why this layer; null where it was named. */
    reason: ChoiceReason | null;
    /** In the order that was followed: the ranking's own, or a given one. */
    ranking: Ranking;
    orderIsGiven: boolean;
    validation: Measured;
    /** The steps that are candidates, and the last where no checkpoint was reached. */
    test: Measured | null;
    picks: readonly Checkpoint[];
    /** The step that a gate would choose; null where nothing tells. */
    best: number | null;
}
/** What files and tables call the best step by. */
export declare const bestStage = "best";
/** A step whose nets are candidates. */
export type KeptStep = Pick<Candidate, 'checkpoint' | 'stage'> & {
    step: number;
};
/** The steps that are kept: at each checkpoint that was reached, and the best. */
export declare const keptSteps: ({ picks, best }: Pick<Pruned, "picks" | "best">) => KeptStep[];
