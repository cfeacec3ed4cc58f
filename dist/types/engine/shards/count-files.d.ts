/** Whether a file is called as one of counts is. */
export declare const isCountFile: (name: string) => boolean;
/**
 * Counts of chunks in a folder, a file each, which is there whole or not at all. Its name is the hash of all that the
 * counts depend on: whoever counts the same writes the same.
 */
export declare class CountFiles {
    private readonly folder;
    private readonly by;
    /** `by` is what counts: the version of goodnet, and its kernels. */
    constructor(folder: string, by: readonly string[]);
    /** The file for the answer to a question. */
    nameOf(route: string, request: string): Promise<string>;
    /** What a file holds; null where it is not there. Throws `file-unreadable`. */
    read(name: string): Uint8Array | null;
    /** Throws `output-unwritable`. */
    write(name: string, content: Uint8Array): void;
}
