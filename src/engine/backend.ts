import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend, env, ready, setBackend, version_core } from '@tensorflow/tfjs-core';
import type { EngineName } from '../settings/config.ts';
import { CopiedMemory } from './kernels/copied-memory.ts';
import { EngineMemory } from './kernels/engine-memory.ts';
import { registerErrors } from './kernels/errors.ts';
import { registerGradients } from './kernels/gradients.ts';
import { registerProducts } from './kernels/products.ts';
import { handOver } from './hand-over.ts';
import { audible } from './listen.ts';

/** The version that tfjs-node must have too. */
export const tfjsVersion = version_core;

const starts = new Map<EngineName, Promise<void>>();

/** Makes tf.js on WebAssembly with SIMD what this thread computes with. `code` is its module, or a folder that holds its .wasm file and ends with a slash. */
export function startWasm(code: string | WebAssembly.Module): Promise<void> {
  return start('wasm', async () => {
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (typeof code === 'string') setWasmPaths(code);
    const handedOver = typeof code === 'string' ? () => undefined : handOver(code);
    const inaudible = audible();
    try {
      await choose('wasm');
    } finally {
      inaudible();
      handedOver();
    }
    guardMemory((backend() as unknown as { wasm: Allocation }).wasm);
    registerProducts();
    registerErrors(new EngineMemory());
    registerGradients();
  });
}

/** How the engine takes memory: `malloc` of its WebAssembly, and what its JavaScript calls. */
interface Allocation {
  asm: { malloc: (bytes: number) => number };
  _malloc: (bytes: number) => number;
}

/** Bytes from which on `malloc` takes a size for a negative one. */
const unsized = 2 ** 31;

/** Where no memory is left the engine would write tensors to address 0, over its own data. */
function guardMemory(memory: Allocation): void {
  const { malloc } = memory.asm;
  memory._malloc = (bytes) => {
    const at = bytes < unsized ? malloc(bytes) : 0;
    if (at === 0 && bytes > 0) throw new Error(`no memory is left for ${bytes} bytes`);
    return at;
  };
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
    registerErrors(new CopiedMemory('tensorflow'));
    return choose('tensorflow');
  });
}

/** Several calls at once share one first start; one that failed is tried again by the next call. */
async function start(name: EngineName, first: () => Promise<void>): Promise<void> {
  if (!starts.has(name)) starts.set(name, firstStart(first));
  try {
    await starts.get(name);
  } catch (error) {
    starts.delete(name);
    throw error;
  }
  await setBackend(name);
}

async function choose(name: EngineName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`The engine ${name} did not start`);
  await ready();
}

async function firstStart(first: () => Promise<void>): Promise<void> {
  const takeOff = newListeners();
  const speak = muted();
  try {
    await first();
  } finally {
    speak();
    takeOff();
  }
}

/** Keeps the engine from printing while it starts: what goes wrong is thrown, too. */
function muted(): () => void {
  const methods = ['log', 'info', 'warn', 'error'];
  const before = Object.fromEntries(Object.entries(console).filter(([name]) => methods.includes(name)));
  Object.assign(console, Object.fromEntries(methods.map((name) => [name, () => undefined])));
  return () => void Object.assign(console, before);
}

/** The engine's loader listens for failures of the whole process and would change how the host program ends; this takes its listeners off. */
function newListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const host = globalThis.process as NodeJS.Process | undefined;
  const before = events.map((event) => host?.rawListeners(event) ?? []);
  return () =>
    events.forEach((event, i) =>
      host
        ?.rawListeners(event)
        .filter((listener) => !before[i]!.includes(listener))
        .forEach((listener) => host.removeListener(event, listener as () => void)),
    );
}
