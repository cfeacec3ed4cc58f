import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';

type Platform = ReturnType<typeof env>['platform'];

/** What the engine asks a runtime for that it does not know. */
const plain: Platform = {
  fetch: (path, init) => fetch(path, init),
  now: () => performance.now(),
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
  setTimeoutCustom: (done, ms) => void setTimeout(done as () => void, ms),
  isTypedArray: (value): value is Uint8Array => ArrayBuffer.isView(value) && !(value instanceof DataView),
};

/**
 * Hands the engine's loader, which would fetch bytes and compile them, a module instead. What this answers is called once
 * the engine has started. Source: `createInstantiateWasmFunc` in tfjs-backend-wasm.
 */
export function handOver(module: WebAssembly.Module): () => void {
  const platform = (env().platform as Platform | undefined) ?? plain;
  const answer = { ok: true, arrayBuffer: () => Promise.resolve(module) };
  env().platform = Object.assign(Object.create(platform), { fetch: () => Promise.resolve(answer) }) as Platform;
  setWasmPaths('', true);
  // Of a module `WebAssembly.instantiate` makes an instance, of bytes an object that holds one.
  const { prototype } = WebAssembly.Instance;
  Object.defineProperty(prototype, 'instance', { get: own, configurable: true });
  return () => {
    Reflect.deleteProperty(prototype, 'instance');
    env().platform = platform;
  };
}

function own(this: WebAssembly.Instance): WebAssembly.Instance {
  return this;
}
