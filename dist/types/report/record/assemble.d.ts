import { type Config } from '../../settings/config.ts';
import type { Source } from '../../settings/resolve-config.ts';
import type { DataInput } from '../../data/stored.ts';
import type { Keep, Proposal } from '../../defense/defense.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { Rounded } from '../../verdict/rounding.ts';
import type { Finding } from './findings.ts';
import { type Changes, type GateResult } from '../../verdict/gate.ts';
import type { Model } from '../../models/net.ts';
import type { Gallery } from './gallery.ts';
import type { ModelReport, Report } from './report.ts';
import type { ModelFile } from '../write-models.ts';
/** Everything that was found out about one model. */
export interface ModelOutcome {
    path: string;
    folder: string;
    model: Pick<Model, 'sha256' | 'classes'>;
    /** The model file, its architecture and the data files, as they were read. */
    inputs: (Omit<DataInput, 'samples'> & {
        samples: number | null;
    })[];
    /** What each defense found out. */
    proposals: readonly Proposal[];
    /** The original, and what they propose. */
    candidates: readonly Candidate[];
    files: readonly ModelFile[];
    verdict: GateResult;
    findings: readonly Finding[];
    rounding: readonly Rounded[];
    /** Changes since the baseline in the order of the candidates; empty where there is none. */
    changes: readonly Changes[];
    /** A few images for report.html. */
    pictures: Gallery;
    /** How long unlearning would take, where pruning does not repair the net; null where nobody knows. */
    unlearningSeconds: number | null;
}
/** What a report is made of: all but the pictures. */
export type Reported = Omit<ModelOutcome, 'pictures' | 'unlearningSeconds'>;
/** What a report is made of besides the models' outcomes. */
export interface RunFacts {
    errors: Report['errors'];
    config: Config;
    sources: Record<string, Source>;
    run: Report['run'];
    /** The baseline's own file, where there is one. */
    baselineFile: Report['inputs'][number] | null;
}
/** What a report says of one model, and the files that it was made from. */
export interface Finished {
    model: ModelReport;
    inputs: Report['inputs'];
}
/** Brings what was found out about one model into the report's form; weights are let go, and images but the few of the gallery. */
export declare function finish(outcome: ModelOutcome, sources: RunFacts['sources']): Finished & Pick<ModelOutcome, 'pictures'>;
/** The same without pictures. Steps of a sweep go through `keep` one by one. */
export declare function reported(outcome: Reported, sources: RunFacts['sources'], keep?: Keep): Finished;
/** Joins the models to a report. A run passes if every model did, or has no limits to meet. */
export declare function assemble(finished: readonly Finished[], files: readonly string[], { errors, config, sources, run, baselineFile }: RunFacts): Report;
