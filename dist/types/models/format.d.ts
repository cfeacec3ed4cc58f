import type { Written } from '../formats/written-bytes.ts';
import type { Edits, Model } from './net.ts';
/** All that goodnet knows of one format of model files. */
export interface ModelFormat {
    name: string;
    /** How names of its files end, longer endings first. A repaired copy of a file that has none of them gets the last. */
    endings: readonly string[];
    /** How the name of a GoodNet ends. */
    goodnetEnding: string;
    /** What `dialect` of its nets may say, and how people call it. */
    dialects: Readonly<Record<string, string>>;
    /** Reads a file that is named as one of its own. Opens no file. Throws GoodnetError only. */
    read(file: ModelBytes): Promise<ModelFile>;
    /** The bytes of a file that was read, with nothing but the edited weights changed: it loads wherever the input loads. */
    repaired(input: ReadFile, edits: Edits): Promise<Uint8Array>;
    /** Writes the GoodNet of a net and its edited copy as one file: the class where the two agree, else one class more. */
    joined(input: ReadFile, edits: Edits, content: Written): Promise<void>;
}
/** The bytes of a file, and how messages call it. */
export interface FileBytes {
    name: string;
    bytes: Uint8Array;
}
/** A model to read: its file with the SHA-256 of that, another file for its architecture, and the bytes of memory it may ask for. */
export interface ModelBytes extends FileBytes {
    sha256: string;
    architecture: FileBytes | null;
    memoryBytes: number;
    /** Values that its weights may have, by their path: those that have them are not held twice. */
    known?: Edits;
}
/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ReadFile {
    model: Model;
    bytes: Uint8Array;
}
export interface ModelFile extends ReadFile {
    /** The text that describes the net, as JSON: the file's own, or the architecture's for a weights-only file. */
    config: string;
}
