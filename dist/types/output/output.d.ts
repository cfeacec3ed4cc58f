import { type Disk } from './disk.ts';
import type { WrittenFile } from './ledger.ts';
import type { StagedFile } from './staged-file.ts';
/**
 * The output folder. What holds whatever happens, a killed process or a full disk included:
 * - A file in it is whole. It is replaced or removed only if it still is, byte for byte, what an earlier run wrote.
 * - report.json is there only with the files that it lists, of the same run: the old report goes before the first file is moved, the new one comes last.
 * - It holds one run: what earlier runs wrote goes when a run puts its files there, but for files that it read.
 * - A run's files are staged in a hidden folder beside them. When all are on the disk, a record of what is to be done with them is written: the
 *   commit. A run that ends before it changes nothing; one that ends after it is completed by the next run in the folder.
 * - What a run left that no longer lives is removed by the next one; while one lives, no other writes there.
 */
export declare class Output {
    private readonly folder;
    private readonly name;
    private readonly disk;
    private readonly id;
    private readonly staging;
    private state;
    /** The first folder that this run had to make. */
    private made;
    private readonly published;
    /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
    constructor(folder: string, name: string, disk?: Disk);
    /** The files staged so far. */
    get files(): readonly WrittenFile[];
    /**
     * Takes the folder for this run, completes what a killed one had committed, and removes what others left. With `resume` the last of
     * them hands over what it kept. Throws `output-unwritable`, or `output-busy` where another run is at work.
     */
    open(resume?: boolean): void;
    /** Checks, before any work, that none of these files is somebody else's and that nothing stands where their folders go. Throws `output-foreign`. */
    claim(paths: readonly string[]): void;
    /** Stages one file. Throws `output-unwritable`. */
    stage(relative: string, content: Uint8Array | string): WrittenFile;
    /** Stages one file that `write` writes in pieces. Throws what that throws, and `output-unwritable`. */
    stageInPieces(relative: string, write: (file: StagedFile) => Promise<void>): Promise<WrittenFile>;
    /** Where a file waits that was staged, for who reads it before it is published. */
    staged(relative: string): string;
    /** Takes back what was staged below a folder. Throws `output-unwritable`. */
    unstage(folder: string): void;
    /** Keeps a text for a run that resumes this one, whole or not at all. Throws `output-unwritable`. */
    keep(name: string, text: string): void;
    /** Keeps bytes likewise; answers their SHA-256, by which they are found again. Throws `output-unwritable`. */
    keepBytes(name: string, bytes: Uint8Array): string;
    /** Lets go of what was kept under the names that begin so. Throws `output-unwritable`. */
    forget(beginning: string): void;
    /** The text that was kept under a name, by this run or by the one that it resumes. */
    keptAs(name: string): string | undefined;
    /** The bytes that were kept under a name; null where they are not there as they were. */
    keptBytes(name: string, sha256: string): Uint8Array | null;
    /** Stages what the run that this one resumes had staged; all of these files, or none and answers false where one is not there as it was. */
    adopt(files: readonly Omit<WrittenFile, 'bytes'>[]): boolean;
    /**
     * Moves all that was staged into place, the last staged file last; what earlier runs wrote goes, but for `inputs`, absolute paths of what this run
     * read. Where nothing was staged only their report goes. Answers the models' folders that are no longer there.
     */
    publish(inputs?: readonly string[]): string[];
    /**
     * Removes what is staged and the empty folders that this run made; but not a commit that has begun to show, which the next run completes.
     * What cannot be removed is left to the next run as well.
     */
    discard(): void;
    /** Ends the run without its result; what it kept stays for one that resumes it. Answers whether there is something to resume. */
    suspend(): boolean;
    private close;
    private attempt;
}
