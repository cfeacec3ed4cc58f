import type { EngineName } from '../../settings/config.ts';
/** WebAssembly in base64; or as a module, in a bundle for a runtime that compiles nothing once it runs. */
export type Code = string | WebAssembly.Module;
/** Kernels of this module, and what they are compiled for, in the words of a report. */
export interface CodeHere {
    code: WebAssembly.Module;
    kernels: string;
}
/** Has all that starts from now on compute as a runtime does that has no relaxed SIMD, Node 20 for one. */
export declare function usePlainKernels(): void;
/** One of two compilations of the same source: what this runtime compiles, and computes in one rounding, decides. */
export declare const codeHere: (fused: Code, plain: Code) => CodeHere;
/** The compiled products. */
export declare const productCode: () => CodeHere;
/** The compiled gradients, of the same kind as the products. */
export declare const gradientCode: () => WebAssembly.Module;
/** The compiled errors: the same numbers in every runtime. */
export declare const errorCode: () => WebAssembly.Module;
/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export declare const engineHere: (engine: EngineName) => string;
