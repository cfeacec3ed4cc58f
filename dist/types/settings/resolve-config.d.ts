import { type Config, type Given } from './config.ts';
import { type Checked } from '../base/schema.ts';
/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';
/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
    config: Config;
    sources: Record<string, Source>;
}
/** How whoever passes settings on calls them in messages: each by its name, and all of them. */
export interface Door {
    called: (setting: string) => string;
    whole: string;
}
/** Validates settings on their own, before they are joined with others, and brings each to its one form. */
export declare function checkConfig(settings: unknown): Checked<Config>;
/** `checkConfig` of what people write: what could be read in two ways is refused as well. */
export declare function checkWritten(settings: object): Checked<Config>;
/**
 * Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages, `door` where
 * the flags come from. Throws `config-invalid` about the place where the wrong value stands.
 */
export declare function resolveConfig(flags: Given, fromFile: Record<string, unknown>, path: string | null, door?: Door): ResolvedConfig;
/** Flags over the config file, checked, with the defaults. Throws `config-invalid`. */
export declare function checkedJoin(given: object, fromFile: object, path: string | null, door: Door): Config;
