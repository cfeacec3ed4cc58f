import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend, version_core } from '@tensorflow/tfjs-core';
import type { EngineName } from '../config.ts';

/** The version that tfjs-node must have too. */
export const tfjsVersion = version_core;

const starts = new Map<EngineName, Promise<void>>();

/** Makes tf.js on WebAssembly with SIMD what this thread computes with. `folder` holds its .wasm file and ends with a slash. */
export function startWasm(folder: string): Promise<void> {
  return start('wasm', () => {
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(folder);
  });
}

/**
 * Makes TensorFlow's own library what this thread computes with. `register` loads @tensorflow/tfjs-node, whose copy of tfjs-core and this one
 * keep engine and kernels in one place: names on `globalThis` that all copies share. Source: `getGlobal` and `getOrMakeEngine` in tfjs-core.
 */
export function startTensorflow(register: () => void): Promise<void> {
  return start('tensorflow', () => {
    env().set('IS_TEST', true); // else the second copy warns that both set the same platform
    try {
      register();
    } finally {
      env().set('IS_TEST', false);
    }
  });
}

/** Several calls at once share one first start; one that failed is tried again by the next call. */
async function start(name: EngineName, prepare: () => void): Promise<void> {
  if (!starts.has(name)) starts.set(name, firstStart(name, prepare));
  try {
    await starts.get(name);
  } catch (error) {
    starts.delete(name);
    throw error;
  }
  await setBackend(name);
}

async function firstStart(name: EngineName, prepare: () => void): Promise<void> {
  const takeOff = newListeners();
  try {
    prepare();
    if (!(await setBackend(name))) throw new Error(`The engine ${name} did not start`);
    await ready();
  } finally {
    takeOff();
  }
}

/** The engine's loader listens for failures of the whole process and would change how the host program ends; this takes its listeners off. */
function newListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const host = globalThis.process as NodeJS.Process | undefined;
  const before = events.map((event) => host?.rawListeners(event) ?? []);
  return () => events.forEach((event, i) => host?.rawListeners(event).filter((listener) => !before[i]!.includes(listener))
    .forEach((listener) => host.removeListener(event, listener as () => void)));
}
