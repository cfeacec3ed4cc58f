import type { Config, ResolvedConfig } from './config.ts';
import type { Probe } from './probe.ts';
/** A config to paste or to commit. */
export interface SuggestedConfig {
    /** What the flags say, with the pixel range and layout that score best. */
    settings: Partial<Config>;
    text: string;
}
/** The config that says what the flags say, with the preparation that scored best. */
export declare function suggestConfig({ config, sources }: ResolvedConfig, { trials, best }: Probe): SuggestedConfig;
/** Where the Action and `--config` look for it, and the workflow that runs it. */
export declare const setupFiles: {
    config: string;
    workflow: string;
};
/**
 * Writes a config and a workflow that gate the model as they are; neither replaces a file. Limits that were not given are set: accuracy
 * 5 points under the measured one, ASR at most 20. Answers the paths. Throws `usage` where nothing could be judged, `output-exists`.
 */
export declare function writeSetup(suggested: SuggestedConfig, { trials, best, verdict }: Probe, cwd: string): string[];
