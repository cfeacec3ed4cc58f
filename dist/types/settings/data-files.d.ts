import type { Config } from './config.ts';
import { type ImageFileSetting } from './data-schema.ts';
/** The data files as flags and inputs name them: clean and poisoned images, a file for each attack. */
export interface DataFiles {
    clean: readonly string[];
    poisoned: readonly string[];
    'test-clean': readonly string[];
    'test-poisoned': readonly string[];
}
/** The YAML of a file with what stands beside its name, in braces or on lines. */
export declare const imageFileMap: RegExp;
/** What a file is as a setting. */
export type ReadFile = (text: string, name: string) => ImageFileSetting;
/**
 * Turns data files into settings. What stands before the first `=` of a poisoned file names its attack, unless it is part of a path.
 * `dashes` precede a name in messages. Throws `usage`, and what `read` throws.
 */
export declare function dataSettings(files: DataFiles, dashes: '' | '--', read: ReadFile): Partial<Config>;
