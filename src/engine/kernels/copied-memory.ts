import * as tf from '@tensorflow/tfjs-core';
import { bytes, type KernelMemory } from './engine-memory.ts';

const page = 1 << 16;

/** A memory beside an engine that keeps its tensors elsewhere: for kernels they are copied there, and back. */
export class CopiedMemory implements KernelMemory {
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly places = new Map<object, number>();
  private end = bytes;

  constructor(private readonly backendName: string) {}

  exportsOf<Exports>(code: WebAssembly.Module): Exports {
    const { exports } = new WebAssembly.Instance(code, { env: { memory: this.memory } });
    return exports as unknown as Exports;
  }

  add(kernelName: string, kernelFunc: tf.KernelFunc): void {
    const copying: tf.KernelFunc = (given) => {
      const { end } = this;
      const before = new Set(this.places.keys());
      try {
        const made = kernelFunc(given);
        return Array.isArray(made) ? made.map((each) => this.handedOn(each)) : this.handedOn(made);
      } finally {
        for (const id of this.places.keys()) if (!before.has(id)) this.places.delete(id);
        this.end = end;
      }
    };
    tf.registerKernel({ kernelName, backendName: this.backendName, kernelFunc: copying });
  }

  at({ dataId }: tf.TensorInfo): number {
    const known = this.places.get(dataId);
    if (known !== undefined) return known;
    return this.placed(dataId, tf.backend().readSync(dataId) as Float32Array);
  }

  output(shape: number[]): tf.TensorInfo {
    const dataId = {};
    const count = shape.reduce((a, b) => a * b, 1);
    this.places.set(dataId, this.reserved(count));
    return { dataId, shape, dtype: 'float32' };
  }

  holding(values: Float32Array): tf.TensorInfo {
    const dataId = {};
    this.placed(dataId, values);
    return { dataId, shape: [values.length], dtype: 'float32' };
  }

  private placed(dataId: object, values: Float32Array): number {
    const place = this.reserved(values.length);
    new Float32Array(this.memory.buffer, place, values.length).set(values);
    this.places.set(dataId, place);
    return place;
  }

  private reserved(count: number): number {
    const place = this.end;
    this.end += bytes * count;
    const missing = this.end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / page));
    return place;
  }

  /** The engine's copy. */
  private handedOn({ dataId, shape }: tf.TensorInfo): tf.TensorInfo {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(this.memory.buffer, this.places.get(dataId), count).slice();
    return { dataId: tf.backend().write(values, shape, 'float32'), shape, dtype: 'float32' };
  }
}
