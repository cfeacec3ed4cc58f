import type { Doubt } from '../verdict/doubt.ts';
import type { Finding } from './record/findings.ts';
import type { CandidateReport, ModelReport, Report } from './record/report.ts';
/** `original`, `pruned X=4`, `goodnet X=4`, `unlearned_2`. */
export declare function candidateName(candidate: Pick<CandidateReport, 'kind' | 'checkpoint' | 'stage'>): string;
/** The verdict on a model in one line. */
export declare function verdictLine(model: Pick<ModelReport, 'gate' | 'candidates'> & Partial<Pick<ModelReport, 'findings'>>): string;
/** Why figures carry no verdict, and what mends it. */
export declare function doubtText(doubt: Doubt): string;
/** What a run was made in: Node, or the browser that calls itself so. */
export declare const runtimeOf: ({ node }: Pick<Report["run"], "node">) => [what: string, which: string];
/** The verdict on a whole run in one line. */
export declare function runLine({ verdict, models, errors }: Pick<Report, 'verdict' | 'models' | 'errors'>): string;
/** A finding in words. */
export declare function sentence(finding: Finding, model: Pick<ModelReport, 'layer'> & Partial<Pick<ModelReport, 'candidates' | 'rankLayer' | 'prunes'>>): string;
/** What is told where the files of an earlier run went from the output folder `out`. */
export declare function replacedLine(folders: readonly string[], out: string): string;
/** What is told where a model was to be given the triggers in a scan's folder. */
export declare const scannedLine: ({ model, folder, problem }: ScannedTriggers) => string;
/** A scan's folder of a model, and why its triggers are not the model's; null where they are. */
export interface ScannedTriggers {
    model: string;
    folder: string;
    problem: string | null;
}
