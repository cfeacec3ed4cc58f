import * as tf from '@tensorflow/tfjs-core';
export declare const bytes = 4;
/** The memory of the WebAssembly engine, which has been started, for kernels beside its own. */
export declare class EngineMemory {
    private readonly backend;
    private readonly memory;
    /** What WebAssembly exports once it computes in this memory. */
    exportsOf<Exports>(code: Uint8Array<ArrayBuffer>): Exports;
    add(kernelName: string, kernelFunc: tf.KernelFunc): void;
    /** Where a tensor lies. */
    at({ dataId }: tf.TensorInfo): number;
    /** A tensor that nothing is written to. */
    output(shape: number[]): tf.TensorInfo;
    /** A tensor of zeros. */
    zeros(shape: number[]): tf.TensorInfo;
    /** Calls `use` with a place for `numbers`, and for as many bytes more as asked for. */
    aside(numbers: readonly number[], more: number, use: (numbers: number, more: number) => void): void;
}
