/** A file that was written: its path below the output folder, with `/` between the parts. */
export interface WrittenFile {
    path: string;
    sha256: string;
}
/**
 * The output folder. Files appear in it whole or not at all: each is written beside its place, flushed, and renamed.
 * An existing file is replaced only if an earlier report.json there lists it.
 */
export declare class Output {
    private readonly folder;
    private readonly name;
    readonly written: WrittenFile[];
    private readonly own;
    /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
    constructor(folder: string, name: string);
    /** Checks, before any work, that none of these files is somebody else's. Throws `output-foreign`. */
    claim(paths: readonly string[]): void;
    /** Writes one file. Throws `output-foreign` or `output-unwritable`, and leaves what was there. */
    write(relative: string, content: Uint8Array | string): WrittenFile;
    /** Removes the files of an earlier run that this one did not write again: the folder shows one run. */
    removeStale(): void;
    private unwritable;
}
