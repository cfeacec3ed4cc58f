import type { EngineName } from '../../settings/config.ts';
import { fusedProductsWasm, productsWasm } from './products-wasm.ts';

const decoded = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** The compiled products, and what they are compiled for: what this runtime can compile decides. */
export function productCode(): { code: Uint8Array<ArrayBuffer>; kernels: string } {
  const fused = decoded(fusedProductsWasm);
  return WebAssembly.validate(fused)
    ? { code: fused, kernels: 'relaxed SIMD' }
    : { code: decoded(productsWasm), kernels: 'SIMD' };
}

/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export const engineHere = (engine: EngineName): string =>
  engine === 'wasm' ? `${engine}, ${productCode().kernels}` : engine;
