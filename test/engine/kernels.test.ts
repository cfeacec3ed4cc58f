import { expect, test } from 'vitest';
import { fusedProductsWasm, productsWasm } from '../../src/engine/kernels/products-wasm.ts';
import { engineHere, productCode, usePlainKernels } from '../../src/engine/kernels/product-code.ts';

/** x * x + c by kernels in base64; null where this runtime does not compile them. */
function squared(base64: string, x: number, c: number): number | null {
  const code = Buffer.from(base64, 'base64');
  if (!WebAssembly.validate(code)) return null;
  const imports = { env: { memory: new WebAssembly.Memory({ initial: 1 }) } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), imports);
  return (exports as { squared: (x: number, c: number) => number }).squared(x, c);
}

test('kernels are named after how they round', () => {
  const [x, c] = [1 + 2 ** -12, -(1 + 2 ** -11)] as const;
  expect(squared(productsWasm, x, c)).toBe(0);
  const fused = squared(fusedProductsWasm, x, c);
  expect([null, 0, 2 ** -24]).toContain(fused);
  expect(engineHere('wasm')).toBe(fused === 2 ** -24 ? 'wasm, relaxed SIMD' : 'wasm, SIMD');
  usePlainKernels();
  expect([engineHere('wasm'), productCode().kernels]).toEqual(['wasm, SIMD', 'SIMD']);
});
