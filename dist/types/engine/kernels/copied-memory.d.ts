import * as tf from '@tensorflow/tfjs-core';
import { type KernelMemory } from './engine-memory.ts';
/** A memory beside an engine that keeps its tensors elsewhere: for kernels they are copied there, and back. */
export declare class CopiedMemory implements KernelMemory {
    private readonly backendName;
    private readonly memory;
    private readonly places;
    private end;
    constructor(backendName: string);
    exportsOf<Exports>(code: WebAssembly.Module): Exports;
    add(kernelName: string, kernelFunc: tf.KernelFunc): void;
    at({ dataId }: tf.TensorInfo): number;
    output(shape: number[]): tf.TensorInfo;
    holding(values: Float32Array): tf.TensorInfo;
    private placed;
    private reserved;
    /** The engine's copy. */
    private handedOn;
}
