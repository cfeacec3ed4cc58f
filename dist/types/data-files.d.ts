import { type Config } from './config.ts';
/** The data files as flags and inputs name them: clean and poisoned images, a file for each attack. */
export interface DataFiles {
    clean: readonly string[];
    poisoned: readonly string[];
    'test-clean': readonly string[];
    'test-poisoned': readonly string[];
}
/** Turns data files into settings. What stands before the first `=` of a poisoned file names its attack. `dashes` precede a name in messages. Throws `usage`. */
export declare function dataSettings(files: DataFiles, dashes: '' | '--'): Partial<Config>;
