/** The version that tfjs-node must have too. */
export declare const tfjsVersion = "4.22.0";
/** Makes tf.js on WebAssembly with SIMD what this thread computes with. `code` is its module, or a folder that holds its .wasm file and ends with a slash. */
export declare function startWasm(code: string | WebAssembly.Module): Promise<void>;
/**
 * Makes TensorFlow's own library what this thread computes with. `register` loads @tensorflow/tfjs-node, whose copy of tfjs-core and this one
 * keep engine and kernels in one place: names on `globalThis` that all copies share. Source: `getGlobal` and `getOrMakeEngine` in tfjs-core.
 */
export declare function startTensorflow(register: () => void): Promise<void>;
