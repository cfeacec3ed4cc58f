/** The JSON of a net, the Keras that its file says it was written by, and what messages call the file. */
export interface StoredNet {
    config: string;
    version: string | null;
    source: string;
}
/**
 * The net of a file that has its own, beside an `architecture` that its weights may be loaded into: the two must
 * compute the same. It is the architecture where the file does not say its input shape: Keras loads no such file as a
 * model, and where parts of it are built, by itself. Throws `model-architecture`.
 */
export declare function sameNet(own: StoredNet, architecture: StoredNet): StoredNet;
