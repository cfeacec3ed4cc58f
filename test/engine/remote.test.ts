import { beforeAll, expect, test } from 'vitest';
import { sweep } from '../../src/defense/pruning/sweep.ts';
import type { Evaluator, Load } from '../../src/engine/evaluator.ts';
import { Here } from '../../src/engine/here.ts';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { openRemote, type RemotePlace } from '../../src/engine/remote/remote.ts';
import { mulberry32 } from '../../src/engine/training/draw.ts';
import { evaluator } from '../../src/serve/evaluator.ts';
import type { Handler, Setup } from '../../src/serve/handler.ts';
import { countsOf } from '../counts-of.ts';
import { example } from '../example.ts';
import { startEngine, testEngine } from '../support.ts';

beforeAll(startEngine);

const version = '0.0.0';
const kernels = engineHere(testEngine);
const token = 'a secret';
const limits = { bodyBytes: 2 ** 26, memoryBytes: 2 ** 30, concurrency: 2 };
const url = 'https://evaluator.test/';

/** An evaluator on this thread. */
const served = (setup: Partial<Setup> = {}): Handler =>
  evaluator({ version, kernels, limits, token, featureBytes: 2 ** 26, ...setup });

/** Asks a handler as if it were elsewhere. */
const to =
  (handler: Handler): typeof fetch =>
  (input, init) =>
    handler(new Request(input, init));

/** How `change` would have the network be: it is told of every request, and may answer itself. */
const through =
  (handler: Handler, change: (request: Request, ask: () => Promise<Response>) => Promise<Response>): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    return change(request, () => handler(request));
  };

const late = { answers: 1, times: 3, leastMs: 50 };
const patience = { tries: 5, sends: 30, deadlineMs: 60_000, backoffMs: 1, longestMs: 20, late };

const asking = (place: Partial<RemotePlace>, urls = [url], checkPercent = 2): Promise<Evaluator> =>
  openRemote({ urls, concurrency: undefined, checkPercent }, new Here(), {
    version,
    kernels,
    token,
    patience,
    seed: 1,
    ...place,
  });

const here = (file?: string): Promise<unknown> => countsOf(new Here(), file);

test('an evaluator counts what this machine does', async () => {
  const evaluator = await asking({ fetch: to(served()) });
  expect(await countsOf(evaluator)).toEqual(await here());
  const [used] = evaluator.used!;
  expect(used).toMatchObject({ url, version });
  expect(used!.chunks).toBeGreaterThan(0);
  expect(used!.checked).toBeGreaterThan(0);
});

test('a net of ONNX is counted as any other', async () => {
  const file = 'test/fixtures/onnx-golden/examples.onnx';
  const evaluator = await asking({ fetch: to(served()) });
  expect(await countsOf(evaluator, file)).toEqual(await here(file));
  expect(evaluator.used![0]!.chunks).toBeGreaterThan(0);
});

/** Answers the first `count` of those requests by `answer`, and all else as usual. */
const first = (count: number, answer: (request: Request, ask: () => Promise<Response>) => Promise<Response>) => {
  let left = count;
  return (request: Request, ask: () => Promise<Response>): Promise<Response> =>
    request.method === 'POST' && left-- > 0 ? answer(request, ask) : ask();
};
const lost = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));

test.each<[string, Parameters<typeof first>[1]]>([
  ['lost requests', lost],
  ['lost answers', (_, ask) => ask().then(lost)],
  ['503', async () => new Response('', { status: 503 })],
  ['429 with Retry-After', async () => new Response('', { status: 429, headers: { 'retry-after': '1' } })],
  ['200 with garbage', async () => new Response('Task timed out after 3.00 seconds')],
  ['422 of somebody else', async () => new Response('<html>', { status: 422 })],
  ['an answer that is cut', async (_, ask) => new Response((await (await ask()).arrayBuffer()).slice(0, -8))],
  ['an answer without an end', async () => new Response(endless())],
])('%s: a chunk is asked for again', async (_, answer) => {
  const evaluator = await asking({ fetch: through(served(), first(3, answer)) });
  expect(await countsOf(evaluator)).toEqual(await here());
});

/** Bytes without an end. */
const endless = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(2 ** 16)) });

test('answers to other questions are none', async () => {
  const answers: { question: string; answer: ArrayBuffer }[] = [];
  const mixed = first(Infinity, async (request, ask) => {
    const question = Buffer.from(await request.clone().arrayBuffer()).toString('base64');
    answers.push({ question, answer: await (await ask()).arrayBuffer() });
    return new Response(answers.findLast((other) => other.question !== question)?.answer ?? '');
  });
  await expect(countsOf(await asking({ fetch: through(served(), mixed) }))).rejects.toMatchObject({
    code: 'evaluator-lost',
    subject: url,
  });
});

test('an evaluator that never answers refuses the net, with the reason', async () => {
  const evaluator = await asking({ fetch: through(served(), first(Infinity, lost)) });
  await expect(countsOf(evaluator)).rejects.toMatchObject({
    code: 'evaluator-lost',
    reason: 'gave no answer in 5 tries (the last time: fetch failed)',
  });
});

/** Never answers, and never heeds that nobody waits for it. */
const silent = (): Promise<Response> => new Promise(() => undefined);

test('an evaluator that is silent is not waited for longer than the deadline', async () => {
  const evaluator = await asking({
    fetch: through(served(), first(1, silent)),
    patience: { ...patience, deadlineMs: 3000 },
  });
  expect(await countsOf(evaluator)).toEqual(await here());
});

test('nor is one that never ends its answer', async () => {
  const unended = first(Infinity, async () => new Response(new ReadableStream()));
  const short = { ...patience, tries: 2, deadlineMs: 500 };
  await expect(countsOf(await asking({ fetch: through(served(), unended), patience: short }))).rejects.toMatchObject({
    code: 'evaluator-lost',
    reason: 'gave no answer in 2 tries (the last time: no whole answer in 1 s)',
  });
});

test.each<[string, Parameters<typeof first>[1]]>([
  ['an answer', silent],
  ['the next try', async () => new Response('', { status: 429, headers: { 'retry-after': '60' } })],
])('an end that is asked for while %s is waited for comes at once', async (_, answer) => {
  const end = new AbortController();
  const reason = new Error('enough');
  const ending = first(Infinity, (request, ask) => {
    setTimeout(() => end.abort(reason), 50);
    return answer(request, ask);
  });
  const long = { ...patience, longestMs: 60_000 };
  const evaluator = await asking({ fetch: through(served(), ending), signal: end.signal, patience: long });
  const start = performance.now();
  await expect(countsOf(evaluator)).rejects.toBe(reason);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test('where one of two is gone, the other does its work', async () => {
  const other = 'https://other.test/';
  const gone = first(Infinity, (request, ask) => (request.url.startsWith(other) ? lost() : ask()));
  const evaluator = await asking({ fetch: through(served(), gone) }, [other, url]);
  expect(await countsOf(evaluator)).toEqual(await here());
  expect(evaluator.used!.map(({ chunks }) => chunks > 0)).toEqual([false, true]);
});

/** Requests to the first of two evaluators are answered by `answer` from the fourth question on. */
const slowing = (answer: (ask: () => Promise<Response>, request: Request) => Promise<Response>) => {
  let asked = 0;
  return through(served(), (request, ask) =>
    request.method === 'POST' && ++asked > 3 && request.url.startsWith(slow) ? answer(ask, request) : ask(),
  );
};
const slow = 'https://slow.test/';

test('where one of two is late, the other is asked the same', async () => {
  const evaluator = await asking({ fetch: slowing(silent) }, [slow, url]);
  const start = performance.now();
  expect(await countsOf(evaluator)).toEqual(await here());
  expect(performance.now() - start).toBeLessThan(patience.deadlineMs / 2);
});

test('a late answer that is another than the first is an error', async () => {
  const lies = slowing(async (ask, request) => {
    await new Promise((resume) => setTimeout(resume, 500));
    return wrong(request, ask);
  });
  const evaluator = await asking({ fetch: lies }, [slow, url]);
  const { model, data, closeData } = await example();
  const { splits } = await evaluator.open(splitNet(model, null), [data]);
  const counted = async () => {
    for (;;) await sweep(splits[0]!, new Int32Array(), [0], () => undefined);
  };
  await expect(counted()).rejects.toMatchObject({ code: 'evaluator-differs' });
  await evaluator.stop();
  closeData();
});

test('an evaluator that forgot the net is sent it again', async () => {
  let puts = 0;
  let handler = served();
  const forgetting = (request: Request, ask: () => Promise<Response>): Promise<Response> => {
    if (request.method === 'PUT') puts++;
    if (request.url.endsWith('/tallies') && puts === 1) handler = served();
    return ask();
  };
  const evaluator = await asking({ fetch: through((request) => handler(request), forgetting) });
  expect(await countsOf(evaluator)).toEqual(await here());
  expect(puts).toBeGreaterThan(1);
});

test('of many behind one address, each gets the net that it lacks', async () => {
  const many = Array.from({ length: 6 }, () => served());
  let turn = 0;
  const behind: Handler = (request) => many[turn++ % many.length]!(request);
  expect(await countsOf(await asking({ fetch: to(behind) }))).toEqual(await here());
});

test('where net and chunk are too large together, the net is sent until who answers has it', async () => {
  let bodyBytes = 0;
  const sizes = through(served(), async (request, ask) => {
    bodyBytes = Math.max(bodyBytes, (await request.clone().arrayBuffer()).byteLength);
    return ask();
  });
  const counts = await countsOf(await asking({ fetch: sizes }));
  const many = Array.from({ length: 4 }, () => served({ limits: { ...limits, bodyBytes } }));
  const draw = mulberry32(1);
  let alone = 0;
  const behind: Handler = (request) => {
    if (request.method === 'PUT') alone++;
    return many[Math.floor(draw() * many.length)]!(request);
  };
  expect(await countsOf(await asking({ fetch: to(behind) }))).toEqual(counts);
  expect(alone).toBeGreaterThanOrEqual(4);
});

test('an evaluator that failed is asked again once it lives', async () => {
  const other = 'https://other.test/';
  const fails = first(3, (request, ask) => (request.url.startsWith(other) ? lost() : ask()));
  const evaluator = await asking({ fetch: through(served(), fails) }, [other, url]);
  const { model, data, closeData } = await example();
  const { splits } = await evaluator.open(splitNet(model, null), [data]);
  while (evaluator.used!.some(({ chunks }) => chunks === 0))
    await sweep(splits[0]!, new Int32Array(), [0], () => undefined);
  await evaluator.stop();
  closeData();
});

test('one that fails again and again is asked by one question at a time, the others go elsewhere', async () => {
  const other = 'https://other.test/';
  let asked = 0;
  const fails = first(Infinity, (request, ask) => (request.url.startsWith(other) ? (asked++, lost()) : ask()));
  const slow = { ...patience, backoffMs: 60_000, longestMs: 60_000 };
  const evaluator = await asking({ fetch: through(served(), fails), patience: slow }, [other, url]);
  expect(await countsOf(evaluator)).toEqual(await here());
  expect(asked).toBeLessThanOrEqual(limits.concurrency);
});

test('of what evaluators count this machine is told how little is its own', async () => {
  const here = new Here();
  const loads: (Load | undefined)[] = [];
  const local = { ...here, open: (parts, data, load) => (loads.push(load), here.open(parts, data)) } as Evaluator;
  const remote = await openRemote({ urls: [url], concurrency: undefined, checkPercent: 2 }, local, {
    version,
    kernels,
    token,
    patience,
    fetch: to(served()),
  });
  const { model, data, closeData } = await example();
  const parts = splitNet(model, null);
  for (const load of [{ isCounted: true }, { long: 1 }]) await (await remote.open(parts, [data], load)).close();
  expect(loads).toEqual([{ isCounted: true, chunks: 4 }, { long: 1 }]);
  closeData();
});

/** An answer in which a number is one more, at the end. */
async function wrong(_: Request, ask: () => Promise<Response>): Promise<Response> {
  const bytes = new Uint8Array(await (await ask()).arrayBuffer());
  const last = new DataView(bytes.buffer, bytes.length - 20);
  last.setInt32(0, last.getInt32(0, true) - 1, true);
  return new Response(bytes);
}

test('where any count that is looked at is wrong, no net is judged any more', async () => {
  const evaluator = await asking({ fetch: through(served(), first(Infinity, wrong)) }, [url], 100);
  await expect(countsOf(evaluator)).rejects.toMatchObject({ code: 'evaluator-differs', subject: url });
  await expect(countsOf(evaluator)).rejects.toMatchObject({ code: 'evaluator-differs' });
});

test('a refusal counts only where this machine refuses, too', async () => {
  const refused = async (): Promise<Response> =>
    Response.json({ code: 'data-values', message: 'no pixel' }, { status: 422 });
  const evaluator = await asking({ fetch: through(served(), first(Infinity, refused)) });
  await expect(countsOf(evaluator)).rejects.toMatchObject({ code: 'evaluator-differs' });
});

test.each<[string, Partial<Setup>, string, RegExp]>([
  ['another version', { version: '9.9.9' }, 'evaluator-unfit', /its version is 9\.9\.9, here it is 0\.0\.0/],
  ['other kernels', { kernels: 'wasm, other' }, 'evaluator-unfit', /its kernels is wasm, other/],
  ['another token', { token: 'other' }, 'evaluator-unfit', /not the token/],
])('an evaluator of %s is not asked', async (_, setup, code, words) => {
  await expect(asking({ fetch: to(served(setup)) })).rejects.toMatchObject({
    code,
    reason: expect.stringMatching(words) as string,
  });
});

test('what is no evaluator is not asked', async () => {
  const page = async (): Promise<Response> => new Response('<html>');
  await expect(asking({ fetch: to(page) })).rejects.toMatchObject({ code: 'evaluator-lost' });
});

test('work beyond the limits of an evaluator is refused with the limit named', async () => {
  const small = { ...limits, bodyBytes: 1000 };
  const words = expect.stringMatching(/the net has \d+ bytes, it takes at most 1000/) as string;
  await expect(countsOf(await asking({ fetch: to(served({ limits: small })) }))).rejects.toMatchObject({
    code: 'evaluator-limit',
    reason: words,
  });
  const tight = { ...limits, memoryBytes: 10_000 };
  await expect(countsOf(await asking({ fetch: to(served({ limits: tight })) }))).rejects.toMatchObject({
    code: 'evaluator-limit',
    reason: expect.stringMatching(/at most 10000 are taken/) as string,
  });
});

test.each([
  'http://evaluator.test/',
  'http://127.0.0.1.evaluator.test/',
  'ftp://127.0.0.1/',
  'https://user:secret@evaluator.test/',
  'https://evaluator.test/?token=secret',
  'evaluator.test',
])('%s is no address of an evaluator', async (address) => {
  await expect(asking({}, [address])).rejects.toMatchObject({ code: 'evaluator-url' });
});

test('no message tells a secret', async () => {
  const told = async (place: Partial<RemotePlace>, address: string): Promise<string> =>
    asking(place, [address]).then(
      () => 'asked',
      ({ message }: Error) => message,
    );
  for (const address of ['http://user:canary@evaluator.test/', 'https://canary@evaluator.test/'])
    expect(await told({}, address)).toMatch(/^(?!.*canary).*evaluator\.test/);
  for (const token of ['canary\n', ' canary', 'canary\u2028'])
    expect(await told({ token, fetch: to(served()) }, url)).toMatch(/^(?!.*canary).*GOODNET_TOKEN/);
});

test('no answer leads to another address', async () => {
  const redirects: RequestRedirect[] = [];
  const seen = through(served(), (request, ask) => (redirects.push(request.redirect), ask()));
  await countsOf(await asking({ fetch: seen }));
  expect([...new Set(redirects)]).toEqual(['error']);
});

test('http is taken on this machine', async () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
    await asking({ fetch: to(served()) }, [`http://${host}:8080`]);
});
