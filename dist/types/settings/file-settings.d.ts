import type { Config } from './config.ts';
/** The settings that say where files lie, and nothing of what is in them. */
export declare const fileSettings: ["models", "architecture", "clean", "attacks", "baseline", "out", "sarif-file"];
/** Settings with `change` applied to the name of every file and model that is read. */
export declare function mapFiles<C extends Partial<Config>>(settings: C, change: (file: string) => string): C;
/** The name of every file, folder of images and model that the settings have read. */
export declare function namedFiles(settings: Partial<Config>): string[];
