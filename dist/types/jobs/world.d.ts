import { type AwsKeys } from '../engine/remote/aws-keys.ts';
/** The process around a job. */
export interface World {
    /** Folder that relative paths start from. */
    cwd: string;
    /** Folder of goodnet's own bundles and .wasm files, with a slash at its end. */
    assets: string;
    /** Of goodnet. */
    version: string;
    now: () => Date;
    /** What evaluators on other machines are shown, and those who ask this one must show. */
    token?: string | undefined;
    /** What requests to evaluators that are functions of AWS are signed with, where there is no token. */
    aws?: AwsKeys | undefined;
    /** What an evaluator on this machine computes with, where that is not the best it can. */
    kernels?: string | undefined;
    /** How evaluators are asked, where not as usual. */
    fetch?: typeof fetch;
    /** Ends the job at once, with nothing written; the signal's reason is thrown. */
    signal?: AbortSignal;
}
/** Folder of the installed package, with a slash at its end. */
export declare const packageFolder: string;
/** The world of this process: its working folder and clock, and what stands beside the bundle. */
export declare function processWorld(): World;
