import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox';
import type { Shape } from '../net.ts';
/** The two families of Keras configs; an option may mean different things in them. */
export type Dialect = 'keras2' | 'keras3';
/** All that options are given in. */
export type Language = Dialect | 'onnx';
/** What goodnet knows of one Keras layer class: the options it takes, the weights it owns, the shape it answers. */
export interface LayerSpec<S extends TObject = TObject> {
    /** Every option that changes what the layer computes; others are refused. Pairs are `[rows, columns]`. */
    options: S;
    /** Those of `options` that ONNX alone has; or all of the layer, which no Keras has. */
    ofOnnx?: readonly string[] | 'all';
    /** What Keras takes for some of `options`, where ONNX takes more. */
    inKeras?: TProperties;
    /** Brings a dialect's spelling to the one of `options`. */
    canonical?: (config: Record<string, unknown>, dialect: Language) => Record<string, unknown>;
    /** Names and shapes of the weights, in the order in which Keras stores them. */
    weights?: (options: Static<S>, inputs: Shape[]) => [name: string, shape: Shape][];
    /** Throws a plain Error where the layer cannot be computed with the weights that it has. */
    check?: (options: Static<S>, weights: readonly {
        name: string;
        values: Float32Array;
    }[]) => void;
    /** The shape of the output. Throws a plain Error where the inputs do not fit. */
    output: (options: Static<S>, inputs: Shape[]) => Shape;
    /** Whether output channel c depends on input channel c alone. */
    perChannel: (options: Static<S>) => boolean;
}
/** Keeps the types of one spec together; the table of all specs forgets them. */
export declare function layer<S extends TObject>(spec: LayerSpec<S>): LayerSpec;
export declare const always: () => boolean;
export declare const never: () => boolean;
/** The common base of all option schemas: unknown keys are refused. */
export declare function options<P extends Parameters<typeof Type.Object>[0]>(properties: P): TObject<P>;
export declare const number: (fallback?: number) => import("@sinclair/typebox").TNumber;
/** The least float32 that no library takes for 0. */
export declare const leastNormal: number;
export declare const isSubnormal: (value: unknown) => boolean;
export declare const positive: import("@sinclair/typebox").TNumber;
export declare const count: import("@sinclair/typebox").TInteger;
export declare const pair: import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TInteger]>;
export declare const padding: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TLiteral<"valid">, import("@sinclair/typebox").TLiteral<"same">]>;
export declare const margin: import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TInteger]>, import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TInteger]>]>;
export type Margin = Static<typeof margin>;
export declare const flag: (fallback: boolean) => import("@sinclair/typebox").TBoolean;
/** Turns `3` into `[3, 3]` for the named options. */
export declare function pairs(config: Record<string, unknown>, ...names: string[]): Record<string, unknown>;
/** The input of a layer that works on images. */
export declare function image(inputs: Shape[]): [rows: number, columns: number, channels: number];
export type Padding = 'valid' | 'same';
/** A window that slides over rows and columns. */
export interface Window {
    strides: readonly number[];
    padding: Padding;
    dilation_rate?: readonly number[];
    /** Whether it may have both strides and a dilation. */
    dilated_strides?: boolean;
}
/** Rows and columns of what a window of `kernel` answers. Throws where it is larger than the engine computes. */
export declare function slide({ strides, padding: mode, dilation_rate: dilation, dilated_strides: both }: Window, kernel: readonly number[], [rows, columns]: readonly number[]): [number, number];
/** Positions a window takes along one axis of `size`. */
export declare function windows(size: number, kernel: number, stride: number, mode: Padding, dilation?: number): number;
/** How far a window reaches out of one axis of `size`, before it and behind it. */
export declare function margins(size: number, kernel: number, stride: number, mode: Padding, dilation?: number): [before: number, after: number];
/** Holds an axis, counted with the batch, against the last one. */
export declare function checkLastAxis(axis: number, input: Shape): void;
