/** One use of a layer on the outputs of other uses. */
interface Use {
    id: string;
    layer: string;
    inputs: readonly string[];
}
/**
 * The calls that `output` depends on, and the names of their layers as Keras orders them when it rebuilds a net: by falling depth below the output, then by
 * the first visit of a walk from it. Keras fills weights in by this order, whatever the layers are called and however the config lists them.
 * Null where uses read what is not there, or themselves. Source: map_graph in keras/src/ops/function.py.
 */
export declare function kerasOrder(uses: readonly Use[], output: string): {
    layers: string[];
    calls: ReadonlySet<string>;
} | null;
export {};
