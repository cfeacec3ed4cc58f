import { failure } from '../base/errors.ts';

/** A module that holds a few of the vector instructions that all kernels are made of. */
const vectors = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3],
  ...[2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
]);

/** Throws `no-simd` where WebAssembly has no vectors, for want of them in the processor or by a flag. */
export function checkSimd(runtime = 'this Node.js'): void {
  if (!WebAssembly.validate(vectors)) throw failure('no-simd', runtime);
}
