import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';

let started: Promise<void> | undefined;

/** Starts the default engine, tf.js on WebAssembly with SIMD, on this thread. `folder` holds its .wasm file and ends with a slash. */
export function startBackend(folder: string): Promise<void> {
  started ??= start(folder);
  return started;
}

async function start(folder: string): Promise<void> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(folder);
  if (!(await setBackend('wasm'))) throw new Error(`The WebAssembly engine did not start from ${folder}`);
  await ready();
}
