import type { GrowingFile } from './disk.ts';
/**
 * A file that is staged in pieces, written in any order. The first step that fails is thrown at the end, and nothing is
 * done after it: who writes may be code that can bear no error.
 */
export declare class StagedFile {
    private readonly file;
    size: number;
    private fault;
    constructor(file: GrowingFile);
    /** What is added is 0. */
    resize(size: number): void;
    /** Answers how many bytes there were. */
    read(target: Uint8Array, offset: number): number;
    /** Writes within its size. */
    write(content: Uint8Array, offset: number): void;
    /** Waits until all is on the disk; answers the SHA-256. Throws what went wrong first. */
    end(): string;
    /** Throws what went wrong first. */
    check(): void;
    close(): void;
    private step;
}
