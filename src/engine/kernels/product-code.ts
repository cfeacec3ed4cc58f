import type { EngineName } from '../../settings/config.ts';
import { errorsWasm } from './errors-wasm.ts';
import { fusedGradientsWasm, gradientsWasm } from './gradients-wasm.ts';
import { fusedProductsWasm, productsWasm } from './products-wasm.ts';

const decoded = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** One of two compilations of the same source, and what it is compiled for: what this runtime can compile decides. */
export function codeHere(fused: string, plain: string): { code: Uint8Array<ArrayBuffer>; kernels: string } {
  const code = decoded(fused);
  return WebAssembly.validate(code) ? { code, kernels: 'relaxed SIMD' } : { code: decoded(plain), kernels: 'SIMD' };
}

/** The compiled products. */
export const productCode = (): ReturnType<typeof codeHere> => codeHere(fusedProductsWasm, productsWasm);

/** The compiled gradients, of the same kind as the products. */
export const gradientCode = (): Uint8Array<ArrayBuffer> => codeHere(fusedGradientsWasm, gradientsWasm).code;

/** The compiled errors: the same numbers in every runtime. */
export const errorCode = (): Uint8Array<ArrayBuffer> => decoded(errorsWasm);

/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export const engineHere = (engine: EngineName): string =>
  engine === 'wasm' ? `${engine}, ${productCode().kernels}` : engine;
