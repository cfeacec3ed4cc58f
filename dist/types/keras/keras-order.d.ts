/** Anything that reads others by name. */
interface Node {
    name: string;
    inputs: string[];
}
/**
 * Orders the layers of a graph as Keras does when it rebuilds the net: by falling depth below the output, then by the first visit
 * of a walk from the output. Keras fills weights in by this order, whatever the layers are called.
 * The last of `layers` is the output; every layer is used once.
 */
export declare function kerasOrder<T extends Node>(layers: readonly T[]): T[];
export {};
