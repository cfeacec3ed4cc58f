import type { EngineName } from '../../settings/config.ts';
/** One of two compilations of the same source, and what it is compiled for: what this runtime can compile decides. */
export declare function codeHere(fused: string, plain: string): {
    code: Uint8Array<ArrayBuffer>;
    kernels: string;
};
/** The compiled products. */
export declare const productCode: () => ReturnType<typeof codeHere>;
/** The compiled gradients, of the same kind as the products. */
export declare const gradientCode: () => Uint8Array<ArrayBuffer>;
/** The compiled errors: the same numbers in every runtime. */
export declare const errorCode: () => Uint8Array<ArrayBuffer>;
/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export declare const engineHere: (engine: EngineName) => string;
