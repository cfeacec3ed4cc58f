import type { Disk } from './disk.ts';
import { type Commit } from './ledger.ts';
/** What stands in an output folder, and the way new files get there. Paths are below the folder, with `/` between the parts; links are never followed. */
export declare class Published {
    private readonly folder;
    private readonly disk;
    /** Every content that a path may have and be goodnet's. */
    private readonly ledger;
    constructor(folder: string, disk: Disk);
    /** All files that goodnet wrote, whether they are still there or not. */
    get files(): string[];
    /** What is in the way of a file that is to be written, and is not goodnet's: the file itself, or a part of the way there. Null if nothing is. */
    obstacle(relative: string): string | null;
    /** Names new content beside the old in the ledger, so that whatever moves next, each file is goodnet's own. Must come before `complete`. */
    announce(staging: string, { files }: Commit): void;
    /** Carries out a commit, from its beginning or from wherever it was left. */
    complete(staging: string, { files, stale }: Commit): void;
    private move;
    private remove;
    private sync;
    private writeLedger;
    /** The first part of a path to a file that is there and is no plain folder. */
    private blocked;
    private owns;
    private at;
}
/** The report's files are those at the top. */
export declare const isReport: (file: string) => boolean;
/** Where a file waits in a staging folder. */
export declare const stagedAt: (staging: string, relative: string) => string;
/** Puts a text or bytes to `target`, whole or not at all; they are written in `staging` first. */
export declare function writeWhole(disk: Disk, staging: string, target: string, content: Uint8Array | string): void;
export declare const hash: (content: Uint8Array | string) => string;
/** The SHA-256 of a regular file; null if none is there. */
export declare function hashOf(file: string): string | null;
/** What stands at a path. */
interface Standing {
    size: number;
    mtimeMs: number;
    isFile(): boolean;
    isDirectory(): boolean;
}
/** What stands at a path itself, a link not followed; null if nothing does, or nothing can. */
export declare function statOf(target: string): Standing | null;
export {};
