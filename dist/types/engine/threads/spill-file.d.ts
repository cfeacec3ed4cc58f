import type { FeatureFile } from '../shard.ts';
import type { NumberFile } from '../training/paused-searches.ts';
/** A temporary file for features and searches that memory has no room for. Its name is taken away at once where the system allows that, so that nothing is left behind. Where it cannot be written, they are not kept. */
export declare class SpillFile {
    private descriptor;
    private folder;
    private end;
    private full;
    private readonly places;
    /** Places of what was taken, by its bytes. */
    private readonly free;
    /** The part of the file for one dataset. */
    section(name: string): FeatureFile;
    /** The part of the file for numbers beside the features of a dataset. */
    numbers(name: string): NumberFile;
    close(): void;
    private put;
    private take;
    private create;
}
