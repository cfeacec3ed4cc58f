/**
 * Lists what goodnet wrote into an output folder, with hashes: a file of another content is somebody else's. It is a journal over all
 * runs, written before the first file moves; what one run says of itself is its manifest.
 */
export declare const ledgerName = ".goodnet-files.json";
/** By its path below the output folder, every content (SHA-256) that a file may have and be goodnet's. */
export type Ledger = Map<string, Set<string>>;
/** A file of an output folder: its path below it, with `/` between the parts. */
export interface WrittenFile {
    path: string;
    bytes: number;
    sha256: string;
}
/** What a run is about to do with the output folder: files to move in, in this order, and earlier ones to remove. */
export interface Commit {
    files: WrittenFile[];
    stale: string[];
}
/** The ledger of earlier runs; empty if there is none that can be read. Paths that leave the folder are not goodnet's. */
export declare function readLedger(file: string): Ledger;
export declare function ledgerText(ledger: Ledger): string;
/** A commit that a run wrote down; null if there is none, or one that does not stay in its folder. */
export declare function readCommit(file: string): Commit | null;
export declare const commitText: (commit: Commit) => string;
