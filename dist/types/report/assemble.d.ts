import type { Config, Source } from '../config.ts';
import type { DataInput } from '../data/dataset.ts';
import type { Candidate, Measured } from '../defense/candidates.ts';
import type { Checkpoint } from '../defense/checkpoints.ts';
import type { Ranking } from '../defense/rank.ts';
import type { Target } from '../engine/target.ts';
import type { Finding } from '../findings.ts';
import { type Changes, type GateResult } from '../gate.ts';
import type { Model } from '../keras/model.ts';
import type { Report } from './report.ts';
import type { ModelFile } from './write-models.ts';
/** Everything that the stages found out about one model. */
export interface ModelOutcome {
    path: string;
    folder: string;
    model: Model;
    /** The model file and the data files, as they were read. */
    inputs: (Omit<DataInput, 'samples'> & {
        samples: number | null;
    })[];
    target: Target;
    layerIsDefault: boolean;
    ranking: Ranking;
    validation: Measured;
    picks: readonly Checkpoint[];
    candidates: readonly Candidate[];
    files: readonly ModelFile[];
    verdict: GateResult;
    findings: readonly Finding[];
    /** Changes since the baseline in the order of the candidates; empty where there is none. */
    changes: readonly Changes[];
}
/** What a report is made of besides the models' outcomes. */
export interface RunFacts {
    errors: Report['errors'];
    config: Config;
    sources: Record<string, Source>;
    run: Report['run'];
}
/** Brings the outcomes into the report's form. A run passes if every model did, or has no limits to meet. */
export declare function assemble(outcomes: readonly ModelOutcome[], files: readonly string[], { errors, config, sources, run }: RunFacts): Report;
