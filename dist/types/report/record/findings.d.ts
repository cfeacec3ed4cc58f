import type { Rewrite } from '../../models/rewritten.ts';
import type { Config } from '../../settings/config.ts';
import type { Proposal } from '../../defense/defense.ts';
import type { DefenseFinding } from '../../defense/registry.ts';
import type { AsrFloor } from '../../verdict/asr-floor.ts';
import type { Doubt } from '../../verdict/doubt.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { GateResult, SplitName } from '../../verdict/gate.ts';
import { type Metric } from '../../verdict/metric-table.ts';
import type { Rounded } from '../../verdict/rounding.ts';
/** Something a reader should know about a model's figures. Wording stands elsewhere. */
export type Finding = DefenseFinding | FigureFinding;
/** What is found whatever the defense. */
export type FigureFinding = {
    code: 'computed-in-float32';
    declared: string;
} | {
    code: 'keras-versions-differ';
    activation: string;
} | {
    code: 'answers-at-random';
    augmentation: string;
} | {
    code: 'graph-rewritten';
    rewrite: Rewrite;
} | ({
    code: 'rounding-decides';
} & Rounded) | {
    code: 'no-attack-measured';
} | {
    code: 'judged-on-same-images';
} | {
    code: 'folders-by-number';
} | {
    code: 'many-target-classes';
    attack: string;
    split: SplitName;
    classes: number;
} | {
    code: 'interval-spans-limit';
    candidate: number;
    split: SplitName;
    metric: Metric;
    limit: number;
    low: number;
    high: number;
} | {
    code: 'asr-floor';
    attack: string;
    split: SplitName;
    images: number;
    floor: number;
};
/** The facts that findings are drawn from. */
export interface Evidence {
    config: Config;
    /** The number format that the net declares. */
    precision: string;
    proposals: readonly Proposal<object, DefenseFinding>[];
    candidates: readonly Candidate[];
    verdict: GateResult;
    floors: {
        split: SplitName;
        floors: readonly AsrFloor[];
    }[];
    targets: {
        split: SplitName;
        classes: ReadonlyMap<string, number>;
    }[];
    /** Whether test images are those of validation. */
    repeats: boolean;
    /** Whether class folders have names that could be read otherwise. */
    foldersByNumber: boolean;
    doubt: Doubt | null;
}
/** All findings on one model, the ones about how the figures were made first. */
export declare function findings(evidence: Evidence): Finding[];
