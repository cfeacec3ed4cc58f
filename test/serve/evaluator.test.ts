import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { type CutNames, splitNet } from '../../src/engine/parts.ts';
import { type Question, sentQuestion } from '../../src/engine/remote/question.ts';
import { receivedSums, receivedTallies } from '../../src/engine/remote/reply.ts';
import { sha256 } from '../../src/engine/remote/sha256.ts';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.ts';
import { sentModel } from '../../src/models/sent-model.ts';
import { evaluator } from '../../src/serve/evaluator.ts';
import type { Handler, Setup } from '../../src/serve/handler.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

type Body = Uint8Array<ArrayBuffer>;

let net: Body;
let hash: string;
let cut: CutNames;
let image: readonly number[];
let channels: number;
let featureBytes: number;
beforeAll(async () => {
  await startEngine();
  const { model } = await loadModel(path.join(fixtures, 'small/badnet.h5'));
  net = sentModel(model);
  hash = await sha256(net);
  const { cut: made } = chooseTarget(model, {}).target;
  [cut, channels, image] = [made.named, made.channels, model.inputShape];
  featureBytes = splitNet(model, made).featureBytes;
});

const token = 'the token';
const limits = { bodyBytes: 2 ** 22, memoryBytes: 2 ** 24, concurrency: 1 };
const kernels = engineHere(testEngine);
const bugs: unknown[] = [];
const made = (setup: Partial<Setup> = {}): Handler =>
  evaluator({
    version: '1.2.3',
    kernels,
    limits,
    token,
    featureBytes: 2 ** 20,
    log: (bug) => bugs.push(bug),
    ...setup,
  });

/** What a request comes to: its status, and the code of the error. */
interface Answered {
  status: number;
  code: unknown;
  message: string;
  headers: Headers;
  bytes: Body;
}

async function asked(handler: Handler, method: string, route: string, body?: BodyInit, shown = token) {
  const headers: Record<string, string> = shown === '' ? {} : { authorization: `Bearer ${shown}` };
  const init = { method, headers, ...(body !== undefined && { body, duplex: 'half' }) };
  const response = await handler(new Request(`https://evaluator.test${route}`, init));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = response.headers.get('content-type') === 'application/json';
  const { code, message = '' } = isJson
    ? (JSON.parse(new TextDecoder().decode(bytes)) as { code?: unknown; message?: string })
    : {};
  return { status: response.status, code, message, headers: response.headers, bytes } satisfies Answered;
}

/** An evaluator that holds the net. */
async function holding(setup: Partial<Setup> = {}): Promise<Handler> {
  const handler = made(setup);
  expect(await asked(handler, 'PUT', `/models/${hash}`, net)).toMatchObject({ status: 200 });
  return handler;
}

/** Eight images of noise, as they are asked about. */
const question = (change: Partial<Question> = {}): Question => {
  const values = Uint8Array.from({ length: 8 * image.reduce((a, b) => a * b) }, (_, i) => (i * 7919) % 251);
  return {
    model: hash,
    cut,
    chunk: [0, 8],
    layout: 'NHWC',
    scale: { scale: 1 / 255, mean: [0], std: [1] },
    pixels: { shape: [8, ...image], values },
    counts: null,
    ...change,
  };
};
const counting = (change: Partial<Question['counts']> = {}): Partial<Question> => ({
  counts: {
    labels: new Int32Array(8),
    trueLabels: null,
    order: Int32Array.from({ length: channels }, (_, i) => i),
    stops: [0, 1, channels],
    ...change,
  },
});
const bodyOf = async (change?: Partial<Question>): Promise<Body> => (await sentQuestion(question(change))).body;

test('greets whoever asks, and tells what it takes', async () => {
  const { status, bytes } = await asked(made(), 'GET', '/', undefined, '');
  const greeting: unknown = JSON.parse(new TextDecoder().decode(bytes));
  expect([status, greeting]).toEqual([200, { protocol: 1, version: '1.2.3', kernels, limits, token: true }]);
});

test('sums and tallies say what they answer, whatever was asked before', async () => {
  const answers = async (handler: Handler, routes: string[]) => {
    const found: Record<string, unknown> = {};
    for (const route of routes) {
      const { body, data } = await sentQuestion(question(route === '/sums' ? {} : counting()));
      const echo = { model: hash, data, request: await sha256(body) };
      const { status, bytes } = await asked(handler, 'POST', route, body);
      expect(status).toBe(200);
      found[route] = route === '/sums' ? receivedSums(bytes, echo, channels) : receivedTallies(bytes, echo, 3, 8);
    }
    return found;
  };
  const once = await answers(await holding(), ['/sums', '/tallies']);
  expect(await answers(await holding(), ['/tallies', '/sums', '/tallies', '/tallies'])).toEqual(once);
});

test('a question may bring its net', async () => {
  const { body, data } = await sentQuestion(question());
  const whole = new Uint8Array([...net, ...body]);
  const headers = { authorization: `Bearer ${token}`, 'goodnet-net': `${hash} ${net.length}` };
  const ask = (changed: HeadersInit) =>
    made()(
      new Request('https://evaluator.test/sums', { method: 'POST', body: whole, headers: { ...headers, ...changed } }),
    );
  const response = await ask({});
  const echo = { model: hash, data, request: await sha256(body) };
  expect(receivedSums(new Uint8Array(await response.arrayBuffer()), echo, channels)).toHaveLength(channels);
  const other = '0'.repeat(64);
  for (const words of [
    `${other} ${net.length}`,
    `${hash} ${net.length - 1}`,
    `${hash} ${whole.length + 1}`,
    `${hash} x`,
  ])
    expect((await ask({ 'goodnet-net': words })).status).toBe(400);
});

test.each([
  ['GET', '/sums', 405, 'method-unknown'],
  ['POST', '/', 405, 'method-unknown'],
  ['HEAD', '/', 405, undefined],
  ['DELETE', '/tallies', 405, 'method-unknown'],
  ['POST', `/models/${'0'.repeat(64)}`, 405, 'method-unknown'],
  ['PUT', '/models/0', 404, 'route-unknown'],
  ['PUT', `/models/${'0'.repeat(64)}/..%2f`, 404, 'route-unknown'],
  ['POST', '/sums/', 404, 'route-unknown'],
  ['GET', '/__proto__', 404, 'route-unknown'],
])('%s %s is answered by %i', async (method, route, status, code) => {
  const found = await asked(made(), method, route);
  expect(found).toMatchObject({ status, ...(method !== 'HEAD' && { code }) });
  if (status === 405) expect(found.headers.get('allow')).toMatch(/^(GET|PUT|POST)$/);
});

test.each(['', 'the toke', 'the tokens', 'THE TOKEN', 'the token\u00e9'.slice(0, -1) + ' x'])(
  'without the token nothing is read: %j',
  async (shown) => {
    let pulled = 0;
    const body = new ReadableStream({ pull: (controller) => (pulled++, controller.close()) }, { highWaterMark: 0 });
    const found = await asked(made(), 'POST', '/sums', body, shown);
    expect(found).toMatchObject({ status: 401, code: 'token-wrong' });
    expect([found.headers.get('www-authenticate'), pulled]).toEqual(['Bearer', 0]);
    expect(await asked(made(), 'GET', '/nowhere', undefined, shown)).toMatchObject({ status: 401 });
  },
);

test('a wrong token is refused where none is needed, too', async () => {
  expect(await asked(made(), 'GET', '/', undefined, 'other')).toMatchObject({ status: 401 });
});

test('without a token of its own it answers anybody', async () => {
  const handler = made({ token: undefined });
  expect(await asked(handler, 'PUT', `/models/${hash}`, net, '')).toMatchObject({ status: 200 });
});

test.each(['PUT /models', 'POST /sums', 'POST /tallies'])(
  '%s: a body without an end is left at the limit',
  async (route) => {
    const [method, start] = route.split(' ') as [string, string];
    let bytes = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        bytes += 2 ** 16;
        controller.enqueue(new Uint8Array(2 ** 16));
      },
    });
    const found = await asked(made(), method, start === '/models' ? `/models/${hash}` : start, endless);
    expect(found).toMatchObject({ status: 413, code: 'body-size' });
    expect(found.message).toContain(`more than ${limits.bodyBytes} bytes`);
    expect(bytes).toBeLessThan(limits.bodyBytes + 2 ** 18);
  },
);

test('a body that breaks off is no bug', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
  expect(await asked(made(), 'POST', '/sums', broken)).toMatchObject({ status: 400, code: 'request-invalid' });
  expect(bugs).toEqual([]);
});

test('a net that is not what it is called, or none, is not kept', async () => {
  const handler = made();
  const other = await sha256(net.slice(1));
  const refused = async (name: string, body: Body, status: number, code: string) =>
    expect(await asked(handler, 'PUT', `/models/${name}`, body)).toMatchObject({ status, code });
  await refused(other, net, 400, 'request-invalid');
  await refused(other, net.slice(1), 400, 'safetensors');
  const damaged = async (
    change: (tensors: Map<string, { shape: readonly number[]; values: Float32Array }>) => void,
  ) => {
    const { metadata, tensors } = readSafetensors(net, 'net');
    const copy = new Map(tensors) as Map<string, { shape: readonly number[]; values: Float32Array }>;
    change(copy);
    const body = writeSafetensors({ metadata, tensors: copy });
    await refused(await sha256(body), body, 422, 'model-config');
  };
  await damaged((tensors) => void ([...tensors.values()][0]!.values[0] = NaN));
  await damaged((tensors) => void tensors.delete([...tensors.keys()][0]!));
  expect(await asked(handler, 'POST', '/sums', await bodyOf())).toMatchObject({ status: 424, code: 'model-unknown' });
});

test('what needs more memory than there is is refused with the limit', async () => {
  const tight = made({ limits: { ...limits, memoryBytes: 1000 } });
  const found = await asked(tight, 'PUT', `/models/${hash}`, net);
  expect(found).toMatchObject({ status: 413, code: 'memory' });
  expect(found.message).toContain('at most 1000');
});

test('a chunk takes the bytes of its images as they came, and of a batch as the net takes them', async () => {
  const tight = await holding({ limits: { ...limits, memoryBytes: 2 ** 18 } });
  const size = image.reduce((a, b) => a * b);
  const bytesOf = async (count: number): Promise<number> => {
    const pixels = { shape: [count, ...image], values: new Uint8Array(count * size) };
    const { status, message } = await asked(tight, 'POST', '/sums', await bodyOf({ chunk: [0, count], pixels }));
    expect(status).toBe(413);
    return Number(/its chunk takes (\d+) bytes/.exec(message)![1]);
  };
  const [one, two, three] = [await bytesOf(64), await bytesOf(128), await bytesOf(192)];
  expect([two - one, three - two]).toEqual([64 * (featureBytes + size), 64 * (featureBytes + size)]);
  expect(one).toBeGreaterThan(64 * (featureBytes + size + 4 * size));
});

const hostile: [string, Partial<Question> | (() => Partial<Question>), number, string][] = [
  ['a net that nobody sent', { model: '0'.repeat(64) }, 424, 'model-unknown'],
  ['a name of a net that is none', { model: '../net' }, 400, 'request-invalid'],
  ['a layer that is not there', { cut: { layer: 'other', of: 'outputs', rankAt: null } }, 422, 'layer-unknown'],
  ['a layer of a prototype', { cut: { layer: '__proto__', of: 'inputs', rankAt: null } }, 422, 'layer-unknown'],
  ['a chunk of other images', { chunk: [0, 9] }, 400, 'request-invalid'],
  ['a chunk that ends before it starts', { chunk: [8, 0] }, 400, 'request-invalid'],
  ['no images', { chunk: [0, 0], pixels: { shape: [0, 32, 32, 3], values: new Uint8Array() } }, 400, 'request-invalid'],
  ['images of another shape', { pixels: { shape: [8, 1], values: new Uint8Array(8) } }, 422, 'data-shape'],
  ['images without axes', { pixels: { shape: [8], values: new Uint8Array(8) } }, 422, 'data-shape'],
  ['another layout', { layout: 'HWNC' as 'NHWC' }, 400, 'request-invalid'],
  ['means of other channels', { scale: { scale: 1, mean: [0, 0], std: [1] } }, 422, 'pixel-scale'],
  ['a scale that is no number', { scale: { scale: NaN, mean: [0], std: [1] } }, 400, 'request-invalid'],
  ['a scale without end', { scale: { scale: 1e300, mean: [0], std: [1] } }, 422, 'data-values'],
  ['pixels that are no numbers', () => ({ pixels: float(NaN) }), 422, 'data-values'],
  [
    'pixels that overflow',
    () => ({ pixels: float(3e38), scale: { scale: 1, mean: [0], std: [1] } }),
    422,
    'output-not-finite',
  ],
  [
    'pixels of float64',
    () => ({ pixels: { ...float(0), values: Float64Array.from(float(0).values) as never } }),
    400,
    'request-invalid',
  ],
  ['a channel that is not there', () => counting({ order: Int32Array.of(channels) }), 400, 'request-invalid'],
  ['a channel below all', () => counting({ order: Int32Array.of(-1), stops: [0] }), 400, 'request-invalid'],
  ['a channel twice', () => counting({ order: Int32Array.of(0, 0), stops: [0] }), 400, 'request-invalid'],
  ['stops that do not start', () => counting({ stops: [1] }), 400, 'request-invalid'],
  ['stops that fall', () => counting({ stops: [0, 2, 1] }), 400, 'request-invalid'],
  ['stops beyond the order', () => counting({ stops: [0, 1e6] }), 400, 'request-invalid'],
  ['no stops', () => counting({ stops: [] }), 400, 'request-invalid'],
  ['fewer labels', () => counting({ labels: new Int32Array(7) }), 400, 'request-invalid'],
  ['labels of another kind', () => counting({ labels: new Float64Array(8) as never }), 400, 'request-invalid'],
  ['fewer true labels', () => counting({ trueLabels: new Int32Array(1) }), 400, 'request-invalid'],
  ['channels of a net that is not cut', () => ({ ...counting(), cut: null }), 400, 'request-invalid'],
];

/** The images with one pixel of this value. */
function float(value: number) {
  const { shape, values } = question().pixels;
  const pixels = Float32Array.from(values);
  pixels[100] = value;
  return { shape, values: pixels };
}

test.each(hostile)('%s: refused, and nothing is left', async (_, change, status, code) => {
  const handler = await holding();
  const asks = typeof change === 'function' ? change() : change;
  const body = await bodyOf(asks);
  const route = asks.counts == null ? '/sums' : '/tallies';
  await asked(handler, 'POST', route, body);
  const before = tf.memory().numTensors;
  expect(await asked(handler, 'POST', route, body)).toMatchObject({ status, code });
  expect(tf.memory().numTensors).toBe(before);
  expect(await asked(handler, 'POST', '/sums', await bodyOf())).toMatchObject({ status: 200 });
  expect(bugs).toEqual([]);
});

test('sums are not asked for as tallies are, nor the other way round', async () => {
  const handler = await holding();
  const invalid = { status: 400, code: 'request-invalid' };
  expect(await asked(handler, 'POST', '/tallies', await bodyOf())).toMatchObject(invalid);
  expect(await asked(handler, 'POST', '/sums', await bodyOf(counting()))).toMatchObject(invalid);
});

test('a body that is cut anywhere, or changed in a byte, is refused or answered as what it is', async () => {
  const handler = await holding();
  const body = await bodyOf(counting());
  for (const end of [0, 1, 7, 8, 9, 100, 1000, body.length - 1])
    expect(await asked(handler, 'POST', '/tallies', body.slice(0, end))).toMatchObject({ status: 400 });
  for (let at = 0; at < body.length; at += 997) {
    const changed = body.slice();
    changed[at]! ^= 0x55;
    expect([200, 400, 413, 422, 424]).toContain((await asked(handler, 'POST', '/tallies', changed)).status);
  }
  expect(bugs).toEqual([]);
});

test('pixels by another hash are not kept for those whose hash that is', async () => {
  const handler = await holding();
  const { body, data } = await sentQuestion(question());
  const lying = await sentQuestion(question({ pixels: float(1) }));
  const text = new TextDecoder('latin1').decode(lying.body).replace(lying.data, data);
  const forged = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  expect(await asked(handler, 'POST', '/sums', forged)).toMatchObject({ status: 400, code: 'request-invalid' });
  expect(await asked(handler, 'POST', '/sums', body)).toMatchObject({ status: 200 });
});

test('of more requests at once than there is room for the last come back later', async () => {
  const handler = made({ atOnce: 1 });
  const waiting = new ReadableStream();
  void asked(handler, 'POST', '/sums', waiting);
  await new Promise((resume) => setTimeout(resume, 10));
  const found = await asked(handler, 'POST', '/sums', new Uint8Array(8));
  expect(found).toMatchObject({ status: 429, code: 'evaluator-busy' });
  expect(found.headers.get('retry-after')).toBe('1');
  expect(await asked(handler, 'GET', '/')).toMatchObject({ status: 200 });
});

test('a bug is told to who runs it, and not to who asks', async () => {
  const handler = evaluator({
    version: '1',
    kernels,
    limits: null as never,
    featureBytes: 0,
    log: (bug) => told.push(bug),
  });
  const told: unknown[] = [];
  const found = await asked(handler, 'PUT', `/models/${hash}`, net);
  expect(found).toMatchObject({ status: 500, code: 'bug' });
  expect(found.message).not.toMatch(/TypeError|at /);
  expect(told).toHaveLength(1);
});
