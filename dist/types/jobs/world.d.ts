/** The process around a job. */
export interface World {
    /** Folder that relative paths start from. */
    cwd: string;
    /** Folder of goodnet's own bundles and .wasm files, with a slash at its end. */
    assets: string;
    /** Of goodnet. */
    version: string;
    now: () => Date;
    /** Ends the job at once, with nothing written; the signal's reason is thrown. */
    signal?: AbortSignal;
}
/** Folder of the installed package, with a slash at its end. */
export declare const packageFolder: string;
/** The world of this process: its working folder and clock, and what stands beside the bundle. */
export declare function processWorld(): World;
