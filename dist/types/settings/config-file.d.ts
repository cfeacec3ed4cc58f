import type { ImageFileSetting } from './data-schema.ts';
/** Reads and parses the config at `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable` or `config-invalid`. */
export declare function readConfig(path: string, name: string): Record<string, unknown>;
/** Parses a YAML or JSON config to plain settings; they are checked when they are joined with the flags. Throws `config-invalid`. */
export declare function parseConfig(text: string, path: string): Record<string, unknown>;
/** A file of images as the config file has it: its name, or a map in YAML. `name` is how messages call it. Throws `config-invalid`. */
export declare function parseImageFile(text: string, name: string): ImageFileSetting;
/** Settings as the text of a YAML config. */
export declare const formatConfig: (settings: object) => string;
