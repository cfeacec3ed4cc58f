import { alone } from './serve/alone.ts';
import engine from './tfjs-backend-wasm-simd.wasm';

/** An isolate has 128 MB for all that it is at. */
const limits = { bodyBytes: 2 ** 24, memoryBytes: 2 ** 25, concurrency: 4 };

/** An evaluator for Cloudflare Workers and workerd, which import WebAssembly as modules and compile none. */
export default {
  fetch: alone({
    version: goodnetVersion,
    engine: () => Promise.resolve(engine),
    limits,
    featureBytes: 2 ** 24,
    isPublic: true,
  }),
};
