import type { Config } from '../settings/config.ts';
import type { ModelFile } from './format.ts';
import type { Edits } from './net.ts';
import { type ReaderPlace } from './read-apart.ts';
/**
 * The model files that `patterns` name, in order, each once; `!` excludes from all of them. A pattern that is the name of a file is
 * that file, too: a file of such a name hides none that the pattern matches. A pattern that matches nothing is an error, and one that matches a
 * link, or files below one: no model goes unjudged because it stands behind a link. Throws `no-models`, `many-models`, `linked-model` or
 * `costly-pattern`.
 */
export declare function findModels(patterns: readonly string[], cwd: string): string[];
/** One folder name for each model: its path with `/` turned into `__`; a hash of the path tells apart what would collide, letter case aside, or be too long. */
export declare function folderNames(models: readonly string[], paths?: {
    normalize(path: string): string;
}): string[];
/** What reading a model needs of the world. */
export interface ModelPlace extends ReaderPlace {
    /** Folder that relative paths start from. */
    cwd: string;
}
/** Reads one model file, with the architecture that the config names for weights-only files; `inputs` are these files. Throws GoodnetError. */
export declare function openModel(name: string, config: Pick<Config, 'architecture' | 'max-file-bytes' | 'max-memory-bytes'>, place: ModelPlace): Promise<{
    inputs: {
        file: string;
        bytes: number;
        sha256: string;
        samples: null;
    }[];
    again: (bytes: Uint8Array, known: Edits) => Promise<ModelFile>;
    config: string;
    model: import("./net.ts").Model;
    bytes: Uint8Array;
}>;
