import { startWasm } from '../../engine/backend.ts';
import { Here } from '../../engine/here.ts';
import type * as open from '../../engine/open-evaluator.ts';
import { checkSimd } from '../../engine/simd.ts';
import { readFileSync } from '../host/fs.ts';

/** In the place of threads and of other machines: all is computed in this worker. */
export const openEvaluator: typeof open.openEvaluator = async (_, { assets }) => {
  checkSimd('this browser');
  compiled ??= WebAssembly.compile(readFileSync(`${assets}tfjs-backend-wasm-simd.wasm`));
  await startWasm(await compiled);
  return new Here();
};

let compiled: Promise<WebAssembly.Module> | undefined;

export const openEvaluators: typeof open.openEvaluators = openEvaluator;

export const openShards: typeof open.openShards = () => {
  throw new Error('a tab has no shards');
};
