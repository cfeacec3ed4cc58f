import * as tf from '@tensorflow/tfjs-core';

/** The engine's backend: its memory, and where tensors lie in it. */
interface Backend extends tf.KernelBackend {
  wasm: { asm: { memory: WebAssembly.Memory } };
  dataIdMap: { get(id: object): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32' | 'int32'): tf.TensorInfo;
}

export const bytes = 4;

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
export class EngineMemory implements KernelMemory {
  private readonly backend = tf.backend() as Backend;
  private readonly memory = this.backend.wasm.asm.memory;

  exportsOf<Exports>(code: WebAssembly.Module): Exports {
    const { exports } = new WebAssembly.Instance(code, { env: { memory: this.memory } });
    return exports as unknown as Exports;
  }

  add(kernelName: string, kernelFunc: tf.KernelFunc): void {
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }

  at({ dataId }: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }

  output(shape: number[]): tf.TensorInfo {
    return this.backend.makeOutput(shape, 'float32');
  }

  /** A tensor of zeros. */
  zeros(shape: number[]): tf.TensorInfo {
    const made = this.output(shape);
    const count = shape.reduce((a, b) => a * b, 1);
    new Float32Array(this.memory.buffer, this.at(made), count).fill(0);
    return made;
  }

  holding(values: Float32Array): tf.TensorInfo {
    const made = this.output([values.length]);
    new Float32Array(this.memory.buffer, this.at(made), values.length).set(values);
    return made;
  }

  /** Calls `use` with a place for `numbers`, and for as many bytes more as asked for. */
  aside(numbers: ArrayLike<number>, more: number, use: (numbers: number, more: number) => void): void {
    const held = this.backend.makeOutput([numbers.length + Math.ceil(more / bytes)], 'int32');
    const place = this.at(held);
    new Int32Array(this.memory.buffer, place, numbers.length).set(numbers);
    use(place, place + bytes * numbers.length);
    this.backend.disposeData(held.dataId);
  }
}
