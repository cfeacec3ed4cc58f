import type { ScannedTriggers } from '../report/wording.ts';
import type { Elsewhere } from '../engine/evaluator.ts';
import type { Profile } from './profile.ts';
/** Who is told how a job goes on; what it does not ask for is told to nobody. */
export interface Listener {
    /** Told of each finished batch of images. */
    progress?: (event: ProgressEvent) => void;
    /** Told of models that were taken up or kept. */
    resumed?: (event: ResumeEvent) => void;
    /** Told whether a model's triggers are those of a scan. */
    scanned?: (event: ScannedTriggers) => void;
    /** Told of the models' folders of an earlier run that went when this one's files came. */
    replaced?: (folders: readonly string[]) => void;
    /** Told at the end of a run where its time went. */
    profile?: (profile: Profile) => void;
}
/** How far a stage has come with a model: `done` of `total` images. */
export interface ProgressEvent {
    model: string;
    /** `ranking`, `sweep`, `validation`, `test`, `rounding`, or what a defense calls its own. */
    stage: string;
    done: number;
    total: number;
    /** Evaluators on other machines, where these count. */
    elsewhere?: Elsewhere;
}
/** How many of a run's models a stopped run had finished, or this one had when it was stopped. */
export interface ResumeEvent {
    kind: 'taken' | 'kept';
    models: number;
    of: number;
}
