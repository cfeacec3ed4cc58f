import type { EngineName } from '../../settings/config.ts';
import { errorsWasm } from './errors-wasm.ts';
import { fusedGradientsWasm, gradientsWasm } from './gradients-wasm.ts';
import { fusedProductsWasm, productsWasm } from './products-wasm.ts';

/** WebAssembly in base64; or as a module, in a bundle for a runtime that compiles nothing once it runs. */
export type Code = string | WebAssembly.Module;

/** Kernels of this module, and what they are compiled for, in the words of a report. */
export interface CodeHere {
  code: WebAssembly.Module;
  kernels: string;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

const moduleOf = (code: Code): WebAssembly.Module =>
  typeof code === 'string' ? new WebAssembly.Module(bytesOf(code)) : code;

let plainOnly = false;

/** Has all that starts from now on compute as a runtime does that has no relaxed SIMD, Node 20 for one. */
export function usePlainKernels(): void {
  plainOnly = true;
}

/** One of two compilations of the same source: what this runtime compiles, and computes in one rounding, decides. */
export const codeHere = (fused: Code, plain: Code): CodeHere =>
  isTaken(fused) ? { code: moduleOf(fused), kernels: 'relaxed SIMD' } : { code: moduleOf(plain), kernels: 'SIMD' };

const isTaken = (fused: Code): boolean =>
  !plainOnly && (typeof fused !== 'string' || WebAssembly.validate(bytesOf(fused))) && roundsOnce();

let once: boolean | undefined;

/** Whether relaxed SIMD multiplies and adds in one rounding here: Bun and some processors round twice, as plain SIMD does. */
const roundsOnce = (): boolean => (once ??= squaredHere(1 + 2 ** -12, -(1 + 2 ** -11)) !== 0);

function squaredHere(x: number, c: number): number {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(moduleOf(fusedProductsWasm), { env: { memory } });
  return (exports as { squared: (x: number, c: number) => number }).squared(x, c);
}

/** The compiled products. */
export const productCode = (): CodeHere => codeHere(fusedProductsWasm, productsWasm);

/** The compiled gradients, of the same kind as the products. */
export const gradientCode = (): WebAssembly.Module => codeHere(fusedGradientsWasm, gradientsWasm).code;

/** The compiled errors: the same numbers in every runtime. */
export const errorCode = (): WebAssembly.Module => moduleOf(errorsWasm);

/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export const engineHere = (engine: EngineName): string =>
  engine === 'wasm' ? `${engine}, ${productCode().kernels}` : engine;
