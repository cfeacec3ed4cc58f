import type { Bounds } from '../base/limits.ts';
import type { Config } from './config.ts';
/** The bounds that a config sets. */
export declare const boundsOf: (config: Pick<Config, "max-file-bytes" | "max-memory-bytes">) => Bounds;
