import type { Disk } from './disk.ts';
import { type Commit, type WrittenFile } from './ledger.ts';
import { StagedFile } from './staged-file.ts';
/** A run's hidden folder: files on their way (`files/`), what a run that resumes this one takes up (`kept/`), and the commit. */
export declare class Staging {
    readonly folder: string;
    private readonly disk;
    /** The files that are on their way, in the order in which they were staged. */
    readonly files: WrittenFile[];
    private readonly kept;
    constructor(folder: string, disk: Disk);
    /** Stages one file. */
    write(relative: string, content: Uint8Array | string): WrittenFile;
    /** Begins a file that is written in pieces. */
    create(relative: string): StagedFile;
    /** Stages a file that was begun, once it is whole. */
    add(relative: string, file: StagedFile): WrittenFile;
    /** Where a new file goes. */
    private placeFor;
    /** Takes back what was staged below a folder. */
    unstage(folder: string): void;
    /** All ways to stage a file come here: records are the same to the byte wherever they are written. */
    private staged;
    /** Whether a run that resumes this one would find something. */
    get keeps(): boolean;
    /** Keeps a text for a run that resumes this one, whole or not at all. */
    keep(name: string, text: string): void;
    /** Keeps bytes likewise; answers their SHA-256, by which they are found again. */
    keepBytes(name: string, bytes: Uint8Array): string;
    /** The text that was kept under a name, by this run or by the one that it resumes. */
    keptAs(name: string): string | undefined;
    /** The bytes that were kept under a name; null where they are not there as they were. */
    keptBytes(name: string, sha256: string): Uint8Array | null;
    /** Lets go of what was kept under the names that begin so. */
    forget(beginning: string): void;
    private writeKept;
    private keptAt;
    /** Takes over what the last of these stopped runs' folders kept, its files first. */
    inherit(stopped: readonly string[]): void;
    /** Stages what the run that this one resumes had staged; all of these files, or none and answers false where one is not there as it was. */
    adopt(files: readonly Omit<WrittenFile, 'bytes'>[]): boolean;
    /** Writes down what is to be done, once every staged file is on the disk. */
    commit(commit: Commit): void;
    /** Takes the commit back. */
    withdraw(): void;
}
/** Where a staging folder's commit stands. */
export declare const commitOf: (staging: string) => string;
