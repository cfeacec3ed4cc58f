import { backend } from '@tensorflow/tfjs-core';

/** The engine's memory: what its JavaScript allocates tensors with. */
interface Memory {
  HEAPF32: Float32Array;
  _malloc: (bytes: number) => number;
}

/** From now on each tensor of this thread's engine is NaN until a kernel writes it: what one leaves unwritten is seen in its answer. */
export function fillWithNaN(): void {
  const memory = (backend() as unknown as { wasm: Memory }).wasm;
  const allocate = memory._malloc;
  memory._malloc = (bytes) => {
    const at = allocate(bytes) >>> 0;
    memory.HEAPF32.fill(NaN, at / 4, Math.floor((at + bytes) / 4));
    return at;
  };
}
