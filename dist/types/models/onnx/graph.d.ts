import { Constant } from './constant.ts';
import { type Proto } from './schema.ts';
/** One graph of float32 with one image in and one tensor out. */
export interface Graph {
    name: string;
    opset: number;
    /** What goes in: the number of images, and their axes; null where a size is open. */
    input: {
        name: string;
        shape: (number | null)[];
    };
    output: string;
    nodes: readonly Proto<'NodeProto'>[];
    /** What the file says of tensors between. */
    told: readonly Proto<'ValueInfoProto'>[];
    initializers: ReadonlyMap<string, Constant>;
}
/** Domains of ONNX's own operators. */
export declare const isOwnDomain: (domain: string | undefined) => boolean;
/** The graph of a file. Throws `onnx-damaged`, `onnx-graph` or `onnx-external`. */
export declare function readGraph(bytes: Uint8Array, file: string): Graph;
export declare function parsed(bytes: Uint8Array, file: string): Proto<'ModelProto'>;
