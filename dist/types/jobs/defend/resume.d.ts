import type { Baseline } from '../../report/record/baseline.ts';
import { type Kept } from '../../report/record/kept.ts';
import type { Output } from '../../output/output.ts';
import type { TriggerStore } from '../../defense/reversal/search.ts';
import type { TrainingStore } from '../../defense/retraining/attempts.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
/** Keeps finished models beside their staged files, and takes up those that a stopped run kept. */
export declare class Keeper {
    private readonly output;
    private readonly settings;
    private readonly baseline;
    private readonly world;
    private readonly circumstances;
    /** SHA-256 of every file that the config names, by path; null where one cannot be read. */
    private data;
    constructor(output: Output, settings: ResolvedConfig, baseline: Baseline | null, world: {
        cwd: string;
        version: string;
    });
    /** Keeps a model that is finished in place of its trainings, and answers it. Throws `output-unwritable`. */
    keep(finished: Kept): Kept;
    /** The model as a stopped run finished it, its files staged; null where there is none, or another file, setting, version or figure. */
    take(model: string, folder: string): Kept | null;
    /** Triggers that were found for a model in a round, by this run or by the one that it resumes. */
    triggersOf(model: string, folder: string): (round: number) => TriggerStore;
    /** What trainings made of a model, by this run or by the one that it resumes. */
    trainingsOf(model: string, folder: string): TrainingStore;
    /** Stands for all that is computed of a model, and by what; null where a file cannot be read. */
    private identified;
    private hashesOf;
}
