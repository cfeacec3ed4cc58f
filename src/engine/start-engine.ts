import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { EngineName } from '../settings/config.ts';
import { startTensorflow, startWasm, tfjsVersion } from './backend.ts';
import { failure } from '../base/errors.ts';

/** Makes `engine` what this thread computes with, as `engine` in the config says. Throws `engine-unavailable`. */
export async function startEngine(engine: EngineName, { assets }: { assets: string }): Promise<void> {
  if (engine === 'wasm') {
    checkKernels(assets);
    return startWasm(assets);
  }
  return startTensorflow(loadTfjsNode);
}

let sound = false;

/** Compiles the kernels before their library does, which prints a page of its own where that fails. */
function checkKernels(folder: string): void {
  sound ||= WebAssembly.validate(readFileSync(`${folder}tfjs-backend-wasm-simd.wasm`));
  if (!sound) throw new WebAssembly.CompileError('WebAssembly: the kernels do not compile here');
}

const library = '@tensorflow/tfjs-node';

/**
 * Loads tfjs-node where Node finds it from goodnet's own folder, or from NODE_PATH: never from the folder of the models, which may be
 * anybody's. Throws `engine-unavailable`.
 */
function loadTfjsNode(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1'; // no lines about what the processor can do
  const require = createRequire(import.meta.url);
  // tfjs-node 4.22 calls these two, which Node warns of and, since version 23, lacks.
  Object.assign(require('node:util') as object, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  const refused = (cause: string) =>
    failure('engine-unavailable', 'engine tensorflow', { cause, version: tfjsVersion });
  let found: string | undefined;
  try {
    found = (require(library) as { version: Record<string, string> }).version['tfjs-core'];
  } catch (error) {
    throw refused(reason(error));
  }
  if (found !== tfjsVersion) throw refused(`${library} ${found} is installed`);
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [line = ''] = message.split('\n');
  return code === 'MODULE_NOT_FOUND' && line.includes(`'${library}'`)
    ? `${library} is not installed`
    : line.trim().replace(/\.$/, '');
}
