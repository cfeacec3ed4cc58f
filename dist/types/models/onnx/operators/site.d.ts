import type { GoodnetError } from '../../../base/errors.ts';
import type { Shape } from '../../net.ts';
import { Constant } from '../constant.ts';
import type { Node } from '../node.ts';
import { type NewLayer, type Tensor, type Wiring } from '../wiring.ts';
/** Whether one score is above a half; the class that some scores name, the first of the highest; whether two such classes are one. */
export interface Vote {
    kind: 'half' | 'class' | 'agreement' | 'verdict';
    scores: readonly Tensor[];
}
/** A row of numbers whose images stand in the last axis. */
export interface Turned {
    kind: 'turned';
    row: Tensor;
}
/** What a name of a graph stands for. */
export type Value = Tensor | Constant | Vote | Turned;
/** An operator: what the outputs of a node stand for. */
export type Operator = (site: Site) => Value | Value[];
/** A node where it stands in the net. */
export declare class Site {
    readonly node: Node;
    readonly opset: number;
    readonly wiring: Wiring;
    /** What its inputs stand for; undefined for one that is left out. */
    readonly values: readonly (Value | undefined)[];
    /** How many nodes read a tensor of the graph. */
    private readonly reads;
    constructor(node: Node, opset: number, wiring: Wiring, 
    /** What its inputs stand for; undefined for one that is left out. */
    values: readonly (Value | undefined)[], 
    /** How many nodes read a tensor of the graph. */
    reads: ReadonlyMap<string, number>);
    get label(): string;
    refuse(cause: string): GoodnetError;
    has: (input: number) => boolean;
    /** Refuses inputs beyond so many. */
    takes(inputs: number): void;
    tensor(input?: number): Tensor;
    /** An input that turned answers with its images in front again. */
    turned(input: number): Tensor;
    isConstant: (input: number) => boolean;
    constant(input: number): Constant;
    /** A tensor of the file that is a weight. */
    weight(input: number, shape?: Shape): Constant;
    /** One number that an input gives, or what it is where there is none. */
    number(input: number, fallback: number): number;
    /** Whole numbers that an attribute gives, or an input from an opset on; undefined where there are none. */
    integers(attribute: string, input: number, fromOpset: number): readonly number[] | undefined;
    /** How many nodes read what an input stands for. */
    readers(input: number): number;
    /** Its input as channels, rows and columns. */
    image(input?: number): Tensor;
    /** Its input as a row of numbers, however they stand in memory. */
    row(input?: number): Tensor;
    /** Its input as a row of numbers in ONNX's order. */
    inOrder(input?: number): Tensor;
    readonly imageOf: typeof imageOf;
    /** An axis of a tensor, which ONNX counts with that of the images. */
    axis(given: number, rank: number): number;
    /** A layer on an image: an image again. */
    onImage(layer: NewLayer, image: Tensor, part?: string): Tensor;
    /** A layer on each number of its input in its place. */
    onEach(layer: NewLayer, tensor?: Tensor, part?: string): Tensor;
}
/** Rows, columns and channels in memory as ONNX's image. */
export declare function imageOf(id: string, held: Shape): Tensor;
