import { availableParallelism } from 'node:os';
import { defaultBounds } from '../../base/limits.ts';
import { engineHere } from '../../engine/kernels/product-code.ts';
import { checkToken } from '../../engine/remote/token.ts';
import { checkSimd } from '../../engine/simd.ts';
import { chooseKernels } from '../../serve/choose-kernels.ts';
import { handler } from '../../serve/handler.ts';
import { passed, type Terminal } from '../terminal.ts';
import { listen } from './listen.ts';
import { ThreadsDesk } from './threads-desk.ts';

export interface ServeFlags {
  host: string;
  port: number;
  workers?: number;
}

const mostByDefault = 8;
/** Requests on their way to a thread or worked on by it, so that it never waits for one; and those that it has room for. */
const underway = 2,
  roomFor = 4;

const bodyBytes = 2 ** 29,
  featureBytes = 2 ** 28,
  graceMs = 30_000;

/** `goodnet serve`: answers until it is asked to end, then finishes what it is at. */
export async function serveCommand(
  { host, port, workers = Math.min(mostByDefault, availableParallelism()) }: ServeFlags,
  { assets, version, token, kernels: words, signal, stdout, stderr }: Terminal,
): Promise<number> {
  checkSimd();
  checkToken(token);
  chooseKernels(words);
  const { memoryBytes } = defaultBounds;
  const desk = new ThreadsDesk(workers, { assets, kernels: words, limits: { memoryBytes, featureBytes, version } });
  try {
    await desk.start();
    const limits = { bodyBytes, memoryBytes, concurrency: workers * underway };
    const kernels = engineHere('wasm');
    const log = (error: unknown) => stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const handle = handler({ version, kernels, limits, atOnce: workers * roomFor, token, log }, desk);
    const server = await listen(handle, host, port);
    if (token === undefined) stderr.write('Anybody who reaches this port is answered: GOODNET_TOKEN is not set.\n');
    stdout.write(`goodnet ${version} listens at ${server.url}\n`);
    await ended(signal);
    await server.close(graceMs);
    return passed;
  } finally {
    await desk.stop();
  }
}

/** Answers once an end is asked for; without a signal nobody can. */
const ended = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
