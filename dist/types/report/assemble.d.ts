import type { Config, Source } from '../config.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Candidate, Measured } from '../defense/candidates.ts';
import type { Checkpoint } from '../defense/checkpoints.ts';
import type { Ranking } from '../defense/rank.ts';
import type { Target } from '../engine/target.ts';
import type { OpenFile } from '../files.ts';
import type { Finding } from '../findings.ts';
import type { GateResult } from '../gate.ts';
import type { Model } from '../keras/model.ts';
import type { Report } from './report.ts';
import type { ModelFile } from './write-models.ts';
/** Everything that the stages found out about one model. */
export interface ModelOutcome {
    path: string;
    folder: string;
    model: Model;
    /** The model file and the data files, as they were read. */
    inputs: {
        file: Pick<OpenFile, 'name' | 'size' | 'sha256'>;
        samples: number | null;
    }[];
    target: Target;
    layerIsDefault: boolean;
    ranking: Ranking;
    validation: Measured;
    picks: readonly Checkpoint[];
    candidates: readonly Candidate[];
    files: readonly ModelFile[];
    verdict: GateResult;
    findings: readonly Finding[];
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
export declare const inputOf: (data: Dataset) => ModelOutcome["inputs"][number];
