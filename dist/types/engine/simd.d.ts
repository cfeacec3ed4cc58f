/** Throws `no-simd` where WebAssembly has no vectors, for want of them in the processor or by a flag. */
export declare function checkSimd(runtime?: string): void;
