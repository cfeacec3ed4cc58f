import type { CallConfig, LayerConfig } from '../build-model.ts';
import { type Shape, type Weight } from '../net.ts';
import { type Constant } from './constant.ts';
import { type Order } from './order.ts';
/** A tensor of the net: what ONNX takes it for, without the axis of images, and how its numbers stand in memory here. */
export interface Tensor {
    kind: 'tensor';
    /** The call that answers it. */
    id: string;
    /** Its shape there. */
    held: Shape;
    shape: Shape;
    order: Order;
}
/** The numbers of a weight of a layer: a tensor of the file, in the order in which the layer has them; or numbers that no file holds. */
export type Source = {
    constant: Constant;
    order: Order;
} | {
    values: Float32Array;
};
export interface PlacedWeight {
    name: string;
    source: Source;
    /** Whether a weight before it is the same tensor of the file. */
    again?: true;
}
/** A layer without its place in the net. */
export interface NewLayer {
    className: string;
    config?: Record<string, unknown>;
    weights?: readonly PlacedWeight[];
}
/** Rows, columns and channels of ONNX's channels, rows and columns. */
export declare const imageAxes: readonly number[];
/** The layers and calls that the nodes of a graph become. */
export declare class Wiring {
    private readonly file;
    /** How many images go in at once; null where that is open. */
    readonly images: number | null;
    readonly layers: LayerConfig[];
    readonly calls: CallConfig[];
    /** The layer of each call. */
    private readonly byName;
    readonly weights: Map<string, readonly PlacedWeight[]>;
    private readonly reshapes;
    /** What the file calls the answer of each call, first of all. */
    private readonly names;
    /** The layer that each tensor of the file is a weight of; the first, where there are several. */
    private readonly owners;
    constructor(file: string, 
    /** How many images go in at once; null where that is open. */
    images: number | null);
    /** The image that goes in; `isTurned` where ONNX has its channels first. */
    input(name: string, shape: Shape, isTurned: boolean): Tensor;
    /** A call of a new layer on tensors as they stand in memory: what it answers, in memory. Throws `layer-option`. */
    call(name: string, { className, config, weights }: NewLayer, inputs: readonly Tensor[]): {
        id: string;
        held: Shape;
    };
    /** A layer that does the same with the same tensors of the file: it is called again. */
    private alike;
    /** Fixes the layers whose weights the net reads as mere numbers, too. */
    fixNumbers(): void;
    /** A layer's weights. Where tensors of the file are weights of others, too, none of those layers can change. */
    private owned;
    /** The name, or the first with a number that no layer has. */
    private free;
    private add;
    /** The same for a layer that answers each number in its place. */
    inPlace(name: string, layer: NewLayer, tensor: Tensor): Tensor;
    /** The tensor with its axes in the order `axes` in memory; null where its numbers stand otherwise. `name`: of the layer that asks. */
    laidOut(name: string, tensor: Tensor, axes: readonly number[]): Tensor | null;
    /** The tensor with another shape in memory. */
    held(name: string, tensor: Tensor, shape: Shape): Tensor;
    /** The image with its channels in ONNX's order; null where more than its channels stand otherwise. */
    sorted(name: string, tensor: Tensor): Tensor | null;
    /** Some channels of an image, or numbers of a row. */
    picked(name: string, tensor: Tensor, channels: readonly number[]): Tensor;
    /** Keeps what the file calls an answer; what hands one on has it under another name. */
    called({ id }: Tensor, name: string): void;
    /** A product that only the sum with `bias` reads, and by its own `name`, as one layer; null where it is none. */
    withBias(tensor: Tensor, bias: Constant, name: string, readers: number): Tensor | null;
    private refusing;
}
/** An order within one axis of an array, as the order of that part of it. */
export declare const within: (order: Order, shape: Shape, axis: number) => Order;
/** The values of a weight. Throws a plain Error for numbers that are none. */
export declare function valuesOf({ name, source }: PlacedWeight): Float32Array;
/** Where the file has a weight that may change; a name that no tensor has for another. */
export declare const pathOf: (layer: string, { name, source, again }: PlacedWeight) => Weight["path"];
