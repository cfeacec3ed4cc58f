import type { Contents } from '../../formats/hdf5.ts';
/** What of a file has been read, or is known to be harmless: in the end nothing else may be in it. */
export declare class Accounts {
    private readonly contents;
    private readonly file;
    private readonly open;
    private readonly settled;
    constructor(contents: Contents, file: string);
    has(path: string): boolean;
    /** The names of an object's attributes; none if it is not there. */
    attributes(path: string): string[];
    /** The datasets that are not accounted for yet. */
    leftDatasets(): string[];
    /**
     * Accounts for an object and the groups that it stands in; attributes of datasets that only name axes are no matter. Throws `model-leftover` for a
     * dataset that was taken before: it would be two weights, and pruning the one would change the other.
     */
    take(path: string, attributes?: readonly string[]): void;
    /** Accounts for an object and all that is in it. */
    takeAll(path: string): void;
    /** Throws `model-leftover` for the first thing that was not accounted for. */
    close(): void;
    /** HDF5's own names of axes: no Keras reads them. */
    private isScale;
}
