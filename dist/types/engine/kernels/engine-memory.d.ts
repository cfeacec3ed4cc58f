import * as tf from '@tensorflow/tfjs-core';
export declare const bytes = 4;
/** A memory that WebAssembly computes in, for kernels beside an engine's own. */
export interface KernelMemory {
    /** What WebAssembly exports once it computes in this memory. */
    exportsOf<Exports>(code: WebAssembly.Module): Exports;
    add(kernelName: string, kernelFunc: tf.KernelFunc): void;
    /** Where a tensor lies. */
    at(tensor: tf.TensorInfo): number;
    /** A tensor that nothing is written to. */
    output(shape: number[]): tf.TensorInfo;
    /** A tensor of these numbers. */
    holding(values: Float32Array): tf.TensorInfo;
}
/** The memory of the WebAssembly engine, which has been started, for kernels beside its own. */
export declare class EngineMemory implements KernelMemory {
    private readonly backend;
    private readonly memory;
    exportsOf<Exports>(code: WebAssembly.Module): Exports;
    add(kernelName: string, kernelFunc: tf.KernelFunc): void;
    at({ dataId }: tf.TensorInfo): number;
    output(shape: number[]): tf.TensorInfo;
    /** A tensor of zeros. */
    zeros(shape: number[]): tf.TensorInfo;
    holding(values: Float32Array): tf.TensorInfo;
    /** Calls `use` with a place for `numbers`, and for as many bytes more as asked for. */
    aside(numbers: ArrayLike<number>, more: number, use: (numbers: number, more: number) => void): void;
}
