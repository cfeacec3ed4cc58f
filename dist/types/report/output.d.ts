/** A file that was written: its path below the output folder, with `/` between the parts. */
export interface WrittenFile {
    path: string;
    sha256: string;
}
/**
 * The output folder. A run's files are staged in a hidden folder inside it and appear together when the run is done, each whole.
 * An existing file is replaced or removed only if it still is, byte for byte, what an earlier run wrote; links are never followed.
 */
export declare class Output {
    private readonly folder;
    private readonly name;
    private readonly staging;
    private readonly isNew;
    private readonly staged;
    /** Every content that a path may have and be goodnet's. */
    private readonly own;
    /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
    constructor(folder: string, name: string);
    /** The files staged so far. */
    get files(): readonly WrittenFile[];
    /** Checks, before any work, that none of these files is somebody else's and that nothing stands where their folders go. Throws `output-foreign`. */
    claim(paths: readonly string[]): void;
    /** Stages one file. Throws `output-unwritable`. */
    stage(relative: string, content: Uint8Array | string): WrittenFile;
    /**
     * Moves all that was staged into place, the last staged file last, and removes what earlier runs left in the same models' `folders`.
     * The ledger names old and new content before the first move, so that after a fault at any moment each file is whole and goodnet's own.
     */
    publish(folders: readonly string[]): void;
    /** Removes what is staged, and the output folder if this run made it and leaves it empty. */
    discard(): void;
    /** The first part of a path to a file that is there and is no plain folder. */
    private blocked;
    private owns;
    private writeLedger;
    private attempt;
}
/** Writes a new file and waits until it is on the disk. */
export declare function flush(file: string, content: Uint8Array | string): void;
