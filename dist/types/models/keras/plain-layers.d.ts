import type { Layer, Weight } from '../net.ts';
/** A layer in the config subset that Keras 2 and Keras 3 read alike, and mean alike. */
export interface PlainLayer {
    className: string;
    options: Record<string, unknown>;
    weights: Weight[];
    /** For a layer that reads another tensor beside the one before it: how many layers before that one it stands. */
    alsoReads?: number;
}
export declare const placeholders: {
    identity: {
        className: string;
        options: {
            activation: string;
        };
        weights: never[];
    };
};
/** Whether no layer that both dialects have computes what a layer does; it is written as its own dialect has it. */
export declare const isOfOneKeras: ({ className, options }: Pick<Layer, "className" | "options">) => boolean;
/** The layers, one behind the other, that compute what `layer` computes on samples of `rank` axes; none for a layer that only works in training. */
export declare function plainLayers({ className, options, weights }: Layer, rank: number): PlainLayer[];
