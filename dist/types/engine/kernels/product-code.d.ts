import type { EngineName } from '../../settings/config.ts';
/** The compiled products, and what they are compiled for: what this runtime can compile decides. */
export declare function productCode(): {
    code: Uint8Array<ArrayBuffer>;
    kernels: string;
};
/** The engine and its kernels, as the report names them: `wasm, SIMD`. */
export declare const engineHere: (engine: EngineName) => string;
