import { type Command } from 'commander';
import { type Config } from '../config.ts';
/** Settings that one flag of the same name sets; the data files have flags of their own. */
type Plain = Exclude<keyof Config, 'models' | 'clean' | 'attacks'>;
type Values = Record<string, unknown>;
/** Gives `command` the data flags and a flag for each of the named settings, described by the config's schema. */
export declare function addFlags(command: Command, settings: readonly Plain[], data: boolean): Command;
/** Turns commander's values back into settings. Throws `usage`. */
export declare function settingsOf(models: readonly string[], values: Values): Partial<Config>;
export {};
