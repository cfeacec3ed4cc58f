import type { FeatureFile } from '../shard.ts';
/** A temporary file for features that memory has no room for. Its name is taken away at once where the system allows that, so that nothing is left behind. Where it cannot be written, features are not kept. */
export declare class SpillFile {
    private descriptor;
    private folder;
    private end;
    private full;
    private readonly places;
    /** The part of the file for one dataset. */
    section(name: string): FeatureFile;
    close(): void;
    private put;
    private take;
    private create;
}
