import type { Report } from './report.ts';
type ModelError = Report['errors'][number];
/** What a report says of a model that was not judged: what the user can mend, or a bug with its trace. Throws what ends the whole run. */
export declare function modelError(path: string, error: unknown, { cwd, signal }: {
    cwd: string;
    signal?: AbortSignal;
}): ModelError;
/** Whether one of the models met a bug. */
export declare const hasBug: (errors: Report["errors"]) => boolean;
export {};
