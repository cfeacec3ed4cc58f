import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { sentQuestion } from '../../src/engine/remote/question.ts';
import { sha256 } from '../../src/engine/remote/sha256.ts';
import { sentModel } from '../../src/models/sent-model.ts';
import { alone } from '../../src/serve/alone.ts';
import { assets, fixtures, loadModel } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
// @ts-expect-error A script without types.
import { bundleWorkers } from '../../scripts/worker-bundle.mjs';

const limits = { bodyBytes: 2 ** 22, memoryBytes: 2 ** 24, concurrency: 1 };
const file = `${assets}tfjs-backend-wasm-simd.wasm`;
const engine = (): Promise<WebAssembly.Module> => WebAssembly.compile(readFileSync(file));
const made = (change: object = {}) => alone({ version: '1.2.3', engine, limits, featureBytes: 0, ...change });
const greet = (): Request => new Request('https://evaluator.test/');

test('an engine that does not start is told of, and is tried again', async () => {
  const tried: number[] = [];
  const fails = () => (tried.push(1), tried.length < 2 ? Promise.reject(new Error('no file')) : engine());
  const answer = made({ engine: fails });
  const first = await answer(greet(), {});
  expect([first.status, await first.json()]).toEqual([500, expect.objectContaining({ code: 'bug' })]);
  expect((await answer(greet(), {})).status).toBe(200);
});

test('it computes with an engine that was compiled before', async () => {
  const { model } = await loadModel(path.join(fixtures, 'small/badnet.h5'));
  const net = sentModel(model);
  const hash = await sha256(net);
  const [rows, columns, channels] = model.inputShape as [number, number, number];
  const { body } = await sentQuestion({
    model: hash,
    cut: null,
    chunk: [0, 2],
    layout: 'NHWC',
    scale: { scale: 1, mean: [0], std: [1] },
    pixels: { shape: [2, rows, columns, channels], values: new Uint8Array(2 * rows * columns * channels) },
    counts: { labels: new Int32Array(2), trueLabels: null, order: new Int32Array(), stops: [0] },
  });
  const answer = made();
  const ask = (method: string, route: string, sent: BodyInit) =>
    answer(new Request(`https://evaluator.test/${route}`, { method, body: sent }), {});
  const [greeting, again] = await Promise.all([answer(greet(), {}), answer(greet(), {})]);
  expect([greeting.status, again.status]).toEqual([200, 200]);
  expect((await ask('PUT', `models/${hash}`, net)).status).toBe(200);
  expect((await ask('POST', 'tallies', body)).status).toBe(200);
  expect('instance' in WebAssembly.Instance.prototype).toBe(false);
});

test.each([
  [{ GOODNET_KERNELS: 'fast' }, 500],
  [{ GOODNET_TOKEN: 'a\nb' }, 500],
  [{ GOODNET_TOKEN: '', GOODNET_KERNELS: 'relaxed SIMD' }, 200],
])('its environment is %j', async (environment, status) => {
  const response = await made()(greet(), environment);
  expect(response.status).toBe(status);
  const told = JSON.stringify(await response.json());
  if (status === 500) expect(told).toMatch(/"usage".*GOODNET_/);
  expect(told).not.toContain('a\\nb');
});

test('where anybody may ask, a token is needed', async () => {
  const answer = made({ isPublic: true });
  expect((await answer(greet(), {})).status).toBe(500);
  expect((await answer(greet(), { GOODNET_TOKEN: 'x' })).status).toBe(200);
});

const dist = temporaryFolder();
beforeAll(() => (bundleWorkers as (outdir: string) => Promise<unknown>)(dist));

test('what runs elsewhere compiles nothing, needs nothing of Node, and is small', () => {
  const wasm = readdirSync(dist).filter((name) => name.endsWith('.wasm'));
  const sizeOf = (names: string[]) =>
    names.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(dist, name))).length, 0);
  const packed = sizeOf(['worker.js', ...wasm]);
  process.stdout.write(`FIGURE worker.js with its WebAssembly: ${packed} bytes, packed\n`);
  expect(packed).toBeLessThan(1_500_000); // half of what Cloudflare takes of a free account
  for (const name of ['worker.js', 'deno-bun.js']) {
    const text = readFileSync(path.join(dist, name), 'utf8');
    expect(text).not.toMatch(/new Function|(?<![.\w])eval\(|from ?"node:|\brequire\("/);
    const imported = [...text.matchAll(/\bfrom ?"(\.\/[^"]+)"/g)].map(([, from]) => from!.replace('./', ''));
    expect(imported.sort()).toEqual(name === 'worker.js' ? wasm.sort() : []);
  }
});
