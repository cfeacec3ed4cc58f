import { failure } from '../base/errors.ts';
import { usePlainKernels } from '../engine/kernels/product-code.ts';

const fused = 'relaxed SIMD',
  plain = 'SIMD';

/** Has an evaluator compute as those do that ask it: `SIMD` for a runtime without relaxed SIMD, Node 20 for one. Throws `usage`. */
export function chooseKernels(words: string = fused): void {
  if (words === plain) usePlainKernels();
  else if (words !== fused)
    throw failure('usage', 'GOODNET_KERNELS', { cause: `is ${words}`, fix: `write ${plain}, or leave it out` });
}
