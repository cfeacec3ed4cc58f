import { alone, type Environment } from './serve/alone.ts';

/** What these runtimes tell of the environment. */
interface Runtime {
  Deno?: { env: { toObject: () => Record<string, string> } };
  process?: { env: Record<string, string | undefined> };
}

const { Deno, process } = globalThis as unknown as Runtime;
const environment: Environment & { HOST?: string | undefined } = Deno?.env.toObject() ?? process?.env ?? {};
const limits = { bodyBytes: 2 ** 28, memoryBytes: 2 ** 30, concurrency: 2 };

async function engine(): Promise<WebAssembly.Module> {
  const file = await fetch(new URL('./tfjs-backend-wasm-simd.wasm', import.meta.url));
  return WebAssembly.compile(await file.arrayBuffer());
}

const answer = alone({ version: goodnetVersion, engine, limits, featureBytes: 2 ** 28 });

/** An evaluator for `deno serve` and `bun`, on one thread. */
export default {
  hostname: environment.HOST ?? '127.0.0.1',
  fetch: (request: Request) => answer(request, environment),
};
