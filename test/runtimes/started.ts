import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { workerdConfig } from '../../scripts/workerd-config.mjs';
import { root } from '../support.ts';

/** Folder that .ci/runtimes installed them in. */
const home = process.env['RUNTIMES'] ?? '';
const within = (...parts: string[]): string => path.join(home, 'node_modules', ...parts);

/** A runtime: its program and arguments for the bundles in `dist` at a port, and what it needs in its environment. */
export interface Runtime {
  program: string;
  args: (dist: string, port: number, environment: Record<string, string>) => string[];
  environment?: (port: number) => Record<string, string>;
  /** Asks it, where it does not listen to requests of the web. */
  ask?: (port: number) => typeof fetch;
}

export const runtimes: Record<string, Runtime> = {
  workerd: {
    program: within('@cloudflare/workerd-linux-64/bin/workerd'),
    args: (dist, port, environment) => ['serve', workerdConfig(dist, port, environment)],
  },
  Deno: {
    program: within('@deno/linux-x64-glibc/deno'),
    args: (dist, port) => [
      ...['serve', '--no-remote', '--no-config', '--allow-read', '--allow-env'],
      ...['--host', '127.0.0.1', '--port', String(port), path.join(dist, 'deno-bun.js')],
    ],
  },
  Bun: {
    program: within('@oven/bun-linux-x64/bin/bun'),
    args: (dist) => [path.join(dist, 'deno-bun.js')],
    environment: (port) => ({ PORT: String(port) }),
  },
  'Node 24': {
    program: process.env['NODE24'] ?? '',
    args: (dist, port) => [path.join(dist, 'cli.js'), 'serve', '--port', String(port), '--workers', '1'],
  },
  Lambda: {
    program: path.join(home, 'bin/aws-lambda-rie'),
    args: (dist, port) => [
      ...['--runtime-interface-emulator-address', `127.0.0.1:${port}`],
      ...['--runtime-api-address', `127.0.0.1:${port + 1}`],
      ...[process.execPath, path.join(root, 'test/runtimes/lambda-loop.mjs'), path.join(dist, 'lambda.js')],
    ],
    environment: () => ({ AWS_LAMBDA_FUNCTION_TIMEOUT: '60', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024' }),
    ask: invoking,
  },
};

/** Asks a function of Lambda as its URL does: an instance is at work on one request at a time. */
function invoking(port: number): typeof fetch {
  let before: Promise<unknown> = Promise.resolve();
  return (input, init) => {
    const answer = before.then(() => invoked(port, input, init));
    before = answer.catch(() => undefined);
    return answer;
  };
}

async function invoked(port: number, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const request = new Request(input, init);
  const event = {
    version: '2.0',
    rawPath: new URL(request.url).pathname,
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    body: Buffer.from(await request.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  };
  const at = `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`;
  const answer = await fetch(at, { method: 'POST', body: JSON.stringify(event), signal: request.signal });
  const text = await answer.text();
  const { statusCode, headers, body } = JSON.parse(text) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
  return new Response(Buffer.from(body, 'base64'), { status: statusCode, headers });
}

/** An evaluator in a process of its own. */
export interface Started {
  url: string;
  fetch: typeof fetch;
  /** Milliseconds from its start to its first answer. */
  coldMs: number;
  /** Bytes of memory that its process had at most, beyond those that it had at its first answer. */
  addedBytes: () => number;
  stop: () => void;
}

/** Starts an evaluator, and waits for its first answer. */
export async function start(name: string, dist: string, environment: Record<string, string>): Promise<Started> {
  const { program, args, environment: own, ask } = runtimes[name]!;
  const port = await freePort();
  const { PATH = '' } = process.env;
  const begun = performance.now();
  const child = spawn(program, args(dist, port, environment), {
    env: { PATH, HOME: dist, ...environment, ...own?.(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const url = `http://127.0.0.1:${port}/`;
  const asked = ask?.(port) ?? fetch;
  while (!(await isUp(asked, url))) {
    if (child.exitCode !== null || performance.now() - begun > longestStartMs) throw new Error(`${name}: ${said}`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
  const coldMs = performance.now() - begun;
  const idleBytes = memoryOf(child, 'VmRSS');
  return {
    url,
    fetch: asked,
    coldMs,
    addedBytes: () => memoryOf(child, 'VmHWM') - idleBytes,
    stop: () => void (child.exitCode === null && process.kill(-child.pid!, 'SIGKILL')),
  };
}

const longestStartMs = 30_000;

const isUp = (asked: typeof fetch, url: string): Promise<boolean> =>
  asked(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A port that is free now, as is the one behind it, most likely. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function memoryOf({ pid }: ChildProcess, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)![1]);
}
