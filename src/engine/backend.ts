import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';

let started: Promise<void> | undefined;

/** Starts the default engine, tf.js on WebAssembly with SIMD, on this thread. `folder` holds its .wasm file and ends with a slash. */
export function startBackend(folder: string): Promise<void> {
  started ??= start(folder).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(folder: string): Promise<void> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(folder);
  const takeOff = newListeners();
  if (!(await setBackend('wasm'))) throw new Error(`The WebAssembly engine did not start from ${folder}`);
  await ready();
  takeOff();
}

/** The engine's loader listens for failures of the whole process and would change how the host program ends; this takes its listeners off. */
function newListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const host = globalThis.process as NodeJS.Process | undefined;
  const before = events.map((event) => host?.rawListeners(event) ?? []);
  return () => events.forEach((event, i) => host?.rawListeners(event).filter((listener) => !before[i]!.includes(listener))
    .forEach((listener) => host.removeListener(event, listener as () => void)));
}
