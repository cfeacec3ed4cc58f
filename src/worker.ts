import { alone } from './serve/alone.ts';
import engine from './tfjs-backend-wasm-simd.wasm';

/**
 * An isolate has 128 MB for all that it is at: two bodies, nets as they came and as they compute, features, and one
 * batch; or two whole jobs, which share what libhdf5 takes.
 */
const limits = { bodyBytes: 2 ** 23, memoryBytes: 3 * 2 ** 23, concurrency: 2 };

/** An evaluator for Cloudflare Workers and workerd, which import WebAssembly as modules and compile none. */
export default {
  fetch: alone({
    version: goodnetVersion,
    engine: () => Promise.resolve(engine),
    limits,
    featureBytes: 2 ** 23,
    jobBytes: 3 * 2 ** 24,
    isPublic: true,
  }),
};
