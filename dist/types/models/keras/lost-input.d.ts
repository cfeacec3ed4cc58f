/** The JSON of a net, the Keras that its file says it was written by, and what messages call the file. */
export interface StoredNet {
    config: string;
    version: string | null;
    source: string;
}
export declare const lacksInput: (net: StoredNet) => boolean;
/**
 * The net of a file that does not say its input shape: Keras loads no such file as a model, but its weights into `architecture`, which must be
 * the same net: where parts of it are built Keras loads it by itself. Throws `model-architecture`.
 */
export declare function netToFill(own: StoredNet, architecture: StoredNet): StoredNet;
