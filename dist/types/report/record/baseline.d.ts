import { type Candidate } from '../../verdict/figures.ts';
import type { Changes } from '../../verdict/gate.ts';
import { type Report } from './report.ts';
/** What of an earlier run's report a comparison needs, and the file that it was read from. */
export type Baseline = Pick<Report, 'config' | 'inputs' | 'models'> & {
    file: Report['inputs'][number] | null;
};
/** A report that nothing can be compared with. */
export declare const noBaseline: Baseline;
/** What a run was measured on: its data by SHA-256, wherever the files lay, and the settings by which images are made of them. */
export declare function dataIdentity(config: object, inputs: readonly {
    path: string;
    sha256: string;
    samples: number | null;
}[]): string;
/** Why figures of two runs cannot be compared, in a few words; null if they were measured on the same data in the same way. */
export declare function otherData(one: Pick<Report, 'config' | 'inputs'>, other: Pick<Report, 'config' | 'inputs'>): string | null;
/** SHA-256 of the data files by their paths. */
export declare const hashesOf: (inputs: readonly {
    path: string;
    sha256: string;
    samples: number | null;
}[]) => Map<string, string>;
/** Each candidate's change since the baseline's candidate of the same model, kind and stage; null figures where the data differs or there is none. */
export declare function changesSince(baseline: Baseline, path: string, candidates: readonly Candidate[], data: string): Changes[];
