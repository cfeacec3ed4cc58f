/** A file of its own, outside of an output folder: it appears whole or not at all, and never in the place of another but one that `isOwn`. */
export declare class NewFile {
    private readonly name;
    private readonly isOwn;
    private readonly path;
    /** Checks, before any work, that the place is free. `name` is how messages call it. Throws `output-exists`. */
    constructor(name: string, cwd: string, isOwn?: (content: string) => boolean);
    /** Throws `output-exists` or `output-unwritable`. */
    write(content: Uint8Array): void;
    private checkFree;
}
