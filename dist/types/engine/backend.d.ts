/** Starts the default engine, tf.js on WebAssembly with SIMD, on this thread. `folder` holds its .wasm file and ends with a slash. */
export declare function startBackend(folder: string): Promise<void>;
