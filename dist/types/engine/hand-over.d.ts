/**
 * Hands the engine's loader, which would fetch bytes and compile them, a module instead. What this answers is called once
 * the engine has started. Source: `createInstantiateWasmFunc` in tfjs-backend-wasm.
 */
export declare function handOver(module: WebAssembly.Module): () => void;
