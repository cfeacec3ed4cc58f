import type { Config } from '../../settings/config.ts';
import { hashesOf } from './baseline.ts';
/** Whether images of the test split are those of validation: the same datasets of a file with the same SHA-256. */
export declare function repeatsValidation(config: Config, inputs: Parameters<typeof hashesOf>[0]): boolean;
