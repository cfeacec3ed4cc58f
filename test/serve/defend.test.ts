import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { type Report, reportSchema } from '../../src/report/record/report.ts';
import { checker } from '../../src/base/schema.ts';
import { checkFit, hdf5Bytes } from '../../src/serve/defend/fit.ts';
import { evaluator } from '../../src/serve/evaluator.ts';
import type { Handler, Setup } from '../../src/serve/handler.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import {
  bodyOf,
  exampleForm,
  figuresOf,
  formFiles,
  formOf as formWith,
  type FormParts,
  formSettings,
  goldenForm,
} from '../defend-form.ts';
import { example } from '../example.ts';
import { serve } from '../served.ts';
import { fixtures, hasReference, readJson, root, startEngine, testEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const token = 'the token';
const limits = { bodyBytes: 2 ** 24, memoryBytes: 2 ** 28, concurrency: 1 };
const bugs: unknown[] = [];
const made = (setup: Partial<Setup> = {}): Handler =>
  evaluator({
    version: '0.0.0',
    kernels: engineHere(testEngine),
    limits,
    token,
    featureBytes: 2 ** 20,
    log: (bug) => bugs.push(bug),
    ...setup,
  });
afterEach(() => {
  vi.unstubAllGlobals();
  expect(bugs.splice(0)).toEqual([]);
});

const settings = formSettings;
const files = new Map<string, Bytes>();
beforeAll(async () => {
  await startEngine();
  for (const [name, bytes] of await formFiles()) files.set(name, bytes);
});

const formOf = (config: unknown, parts: ReadonlyMap<string, Bytes> = files): FormData => formWith(config, parts);

interface Answered {
  status: number;
  value: { code?: string; message?: string; verdict: string };
}

async function posted(
  handler: Handler,
  { body, type }: { body: Bytes; type: string },
  shown = token,
): Promise<Answered> {
  const headers = { authorization: `Bearer ${shown}`, 'content-type': type };
  const response = await handler(new Request('https://evaluator.test/defend', { method: 'POST', body, headers }));
  return { status: response.status, value: (await response.json()) as Answered['value'] };
}

const asked = async (form: FormData, handler = made()) => posted(handler, await bodyOf(form));

const check = checker(reportSchema);

/** What `goodnet defend` reports of the same settings and files. */
async function byItself({ settings, files }: FormParts): Promise<Report> {
  const home = temporaryFolder();
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), bytes);
  }
  return run(resolveConfig({}, settings, 'config'), testWorld(home));
}

test('a form is answered by the report of `goodnet defend`, whole but for files', async () => {
  const { status, value } = await asked(formOf(settings));
  const report = value as unknown as Report;
  expect([status, check(report)]).toEqual([200, { value: report }]);
  const alone = await byItself({ settings, files });
  expect(figuresOf(report)).toEqual(figuresOf(alone));
  expect([report.verdict, report.files, report.run.workers]).toEqual(['passed', [], 1]);
  const written = report.models[0]!.candidates.map(({ file, sha256 }) => file ?? sha256);
  expect(new Set(written)).toEqual(new Set([null]));
});

test('images may be safetensors, and pinned', async () => {
  const file = 'clean_valid.npz';
  const tensorFiles = await formFiles('safetensors');
  const sha256 = createHash('sha256').update(tensorFiles.get(file)!).digest('hex').toUpperCase();
  const parts = new Map([...files, ...tensorFiles]);
  const { status, value } = await asked(
    formOf({ ...settings, clean: { ...settings.clean, validation: { file, sha256 } } }, parts),
  );
  const { value: plain } = await asked(formOf(settings));
  const candidates = ({ models }: Report) => models[0]!.candidates;
  expect(status).toBe(200);
  expect(candidates(value as unknown as Report)).toEqual(candidates(plain as unknown as Report));
  const wrong = { ...settings, clean: { ...settings.clean, validation: { file, sha256: '0'.repeat(64) } } };
  expect(await asked(formOf(wrong))).toMatchObject({ status: 422, value: { code: 'file-hash', verdict: 'error' } });
});

test('a gate that is not met is a report too', async () => {
  const { status, value } = await asked(formOf({ ...settings, accept: ['original'] }));
  expect([status, value.verdict]).toEqual([200, 'repairable']);
});

describe('a Keras net with its data in HDF5 is answered as `goodnet defend` reports', () => {
  const hasGolden = hasReference('defend.test.ts');
  const compared = async (form: FormParts): Promise<void> => {
    const { status, value } = await asked(formOf(form.settings, form.files));
    const report = value as unknown as Report;
    expect([status, check(report)]).toEqual([200, { value: report }]);
    expect(figuresOf(report)).toEqual(figuresOf(await byItself(form)));
  };

  test('an example', () => compared(exampleForm()));

  const nets = ['badnet.h5', 'badnet.keras', 'badnet.weights.h5'] as const;
  test.skipIf(!hasGolden).each(nets)('%s', (net) => compared(goldenForm(net)));

  test('numbers of any type, arrays by other names, and true labels', async () => {
    const { settings, files } = exampleForm();
    const { validation } = settings.attacks.patch;
    const [shape, count] = [[40, 8, 8, 1], 40];
    const values = Float32Array.from({ length: 40 * 64 }, (_, i) => (i * 37) % 256);
    const classes = Float32Array.from({ length: count }, (_, i) => i % 4);
    const arrays = {
      images: { shape, values },
      classes: { shape: [count], values: classes },
      true_label: { shape: [count, 1], values: classes.map((label) => (label + 1) % 4) },
    };
    const file = new Uint8Array(await hdf5Of({ attributes: {}, groups: {}, arrays }));
    const named = { file: validation, data: 'images', label: 'classes' };
    const patch = { ...settings.attacks.patch, validation: named };
    await compared({
      settings: { ...settings, attacks: { patch } },
      files: new Map([...files, [named.file, file]]),
    });
  });
});

describe('a hostile file is refused as by `goodnet defend`', () => {
  const folder = path.join(fixtures, 'hostile');
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  const threats = Object.entries(
    readJson<Record<string, { role: string; reason: string }>>(path.join(folder, 'threats.json')),
  ).filter(([, { role }]) => role !== 'image');

  test.each(threats)('%s', async (name, { role, reason }) => {
    const packed = `${name}.gz`;
    const bytes = existsSync(path.join(folder, name)) ? read(name) : new Uint8Array(gunzipSync(read(packed)));
    const good = new Uint8Array(readFileSync(path.join(fixtures, 'refused/base.h5')));
    const net = role === 'model' ? { [name]: bytes } : { 'net.h5': good };
    const clean = role === 'model' ? {} : { clean: { validation: name } };
    const parts = new Map(Object.entries({ ...net, ...(role === 'model' ? {} : { [name]: bytes }) }));
    const { status, value } = await asked(formOf({ models: Object.keys(net), ...clean }, parts));
    expect(status).toBe(value.code === 'memory' ? 413 : 422);
    expect(value.message).toMatch(new RegExp(reason));
    expect(value.message).toContain(name);
  });
});

describe('refused', () => {
  const without = (name: string) => new Map([...files].filter(([other]) => other !== name));
  const url = 'https://elsewhere.test/net.onnx';

  test.each<[string, unknown, (() => ReadonlyMap<string, Bytes>) | null, number, string, RegExp]>([
    ['settings that are no JSON', 'models: [a]', null, 400, 'request-invalid', /its config is no JSON object/],
    ['settings that are a list', '[]', null, 400, 'request-invalid', /its config is no JSON object/],
    [
      'settings without end',
      `{"x":"${'x'.repeat(2 ** 16)}"}`,
      null,
      400,
      'request-invalid',
      /no JSON object of at most/,
    ],
    ['a setting that is none', { ...settings, 'max-sar': 1 }, null, 422, 'config-invalid', /max-sar/],
    ['an own prototype', '{"__proto__":{"models":["net.onnx"]}}', null, 422, 'config-invalid', /models|__proto__/],
    ['a setting of a machine', { ...settings, workers: 4 }, null, 422, 'defend-unfit', /sets `workers`/],
    ['a folder to write to', { ...settings, out: '/tmp' }, null, 422, 'defend-unfit', /sets `out`/],
    ['another evaluator', { ...settings, evaluator: [url] }, null, 422, 'defend-unfit', /sets `evaluator`/],
    ['a baseline', { ...settings, baseline: 'report.json' }, null, 422, 'defend-unfit', /sets `baseline`/],
    ['two models', { ...settings, models: ['a.onnx', 'b.onnx'] }, null, 422, 'defend-unfit', /names 2 models/],
    [
      'a defense that trains',
      { ...settings, defenses: ['pruning', 'unlearning'] },
      null,
      422,
      'defend-unfit',
      /unlearning/,
    ],
    [
      'a trigger',
      { ...settings, attacks: { patch: { target: 0, trigger: { image: 'corner.png', at: [0, 0] } } } },
      null,
      422,
      'defend-unfit',
      /stamps the trigger of patch/,
    ],
    [
      'no clean images',
      { models: settings.models },
      () => new Map([['nets/net.onnx', files.get('nets/net.onnx')!]]),
      422,
      'no-clean-data',
      /./,
    ],
    [
      'a file that is not sent',
      settings,
      () => without('clean_test.npz'),
      400,
      'request-invalid',
      /no part called "clean_test.npz"/,
    ],
    [
      'a file that nothing names',
      settings,
      () => new Map([...files, ['other.npz', Uint8Array.of(1)]]),
      400,
      'request-invalid',
      /"other.npz" is no file that the config names/,
    ],
    [
      'a model elsewhere',
      { ...settings, models: [url] },
      () => without('nets/net.onnx'),
      400,
      'request-invalid',
      /no part called "https/,
    ],
    [
      'a pattern',
      { ...settings, models: ['nets/*.onnx'] },
      null,
      400,
      'request-invalid',
      /no file that the config names/,
    ],
    [
      'a Keras model of noise',
      { ...settings, models: ['net.h5'] },
      () => new Map([...without('nets/net.onnx'), ['net.h5', Uint8Array.of(137)]]),
      422,
      'not-hdf5',
      /^net\.h5: is not an HDF5 file/,
    ],
    [
      'a model of no format by its name',
      { ...settings, models: ['net.bin'] },
      () => new Map([...without('nets/net.onnx'), ['net.bin', Uint8Array.of(123)]]),
      422,
      'other-format',
      /^net\.bin: is a text in JSON/,
    ],
    [
      'a model of noise',
      settings,
      () => new Map([...files, ['nets/net.onnx', Uint8Array.of(1, 2, 3)]]),
      422,
      'onnx-damaged',
      /./,
    ],
    [
      'an empty model',
      settings,
      () => new Map([...files, ['nets/net.onnx', new Uint8Array()]]),
      422,
      'onnx-graph',
      /./,
    ],
    [
      'images of noise',
      settings,
      () => new Map([...files, ['clean_test.npz', Uint8Array.of(80, 75, 3, 4, 9)]]),
      422,
      'zip-damaged',
      /./,
    ],
    [
      'images of no format',
      settings,
      () => new Map([...files, ['clean_test.npz', Uint8Array.of(9)]]),
      422,
      'not-hdf5',
      /./,
    ],
    [
      'tensors that are cut',
      settings,
      () => new Map([...files, ['clean_test.npz', Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 123)]]),
      400,
      'safetensors',
      /./,
    ],
  ])('%s', async (_, config, parts, status, code, words) => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    const { status: found, value } = await asked(formOf(config, parts?.() ?? files));
    expect([found, value]).toEqual([
      status,
      { verdict: 'error', code, message: expect.stringMatching(words) as string },
    ]);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('a part that is there twice, a part that is text, and no config', async () => {
    const twice = formOf(settings);
    twice.append('clean_test.npz', new Blob([Uint8Array.of(1)]), 'x');
    const again = formOf(settings);
    again.append('config', '{}');
    const text = formOf(settings, new Map());
    text.append('nets/net.onnx', 'text');
    const none = formOf(settings);
    none.delete('config');
    for (const [form, words] of [
      [twice, /two parts called "clean_test.npz"/],
      [again, /two parts called "config"/],
      [text, /its part "nets\/net.onnx" is no file/],
      [none, /no part called config/],
    ] as const)
      expect(await asked(form)).toMatchObject({
        status: 400,
        value: { code: 'request-invalid', message: expect.stringMatching(words) as string },
      });
  });

  test.each([
    '',
    'application/json',
    'multipart/form-data',
    'multipart/form-data; boundary=other',
    'multipart/mixed; boundary=x',
  ])('a body that is called %j', async (type) => {
    const { body } = await bodyOf(formOf(settings));
    expect(await posted(made(), { body, type })).toMatchObject({ status: 400, value: { code: 'request-invalid' } });
  });

  test('a body that breaks off anywhere', async () => {
    const { body, type } = await bodyOf(formOf(settings));
    const cuts = Array.from({ length: 24 }, (_, i) => Math.floor((body.length * i) / 24));
    const found = new Set<number>();
    for (const cut of [...cuts, body.length - 80, body.length - 40, body.length - 8])
      found.add((await posted(made(), { body: body.slice(0, cut), type })).status);
    expect([...found]).toEqual([400]);
  });

  test('a body of more than is taken', async () => {
    const small = made({ limits: { ...limits, bodyBytes: 1000 } });
    expect(await asked(formOf(settings), small)).toMatchObject({ status: 413, value: { code: 'body-size' } });
  });

  test('a job of more memory than there is, with the estimate', async () => {
    const { status, value } = await asked(formOf(settings), made({ limits: { ...limits, memoryBytes: 2 ** 20 } }));
    expect([status, value.code]).toEqual([413, 'memory']);
    const [, bytes] = /its job takes (\d+) bytes in memory, at most 1048576 are taken/.exec(value.message!)!;
    expect(Number(bytes)).toBeGreaterThan(2 ** 20);
    expect(Number(bytes)).toBeLessThan(2 ** 25);
  });

  test('a job without the memory that libhdf5 takes', async () => {
    const { settings, files } = exampleForm();
    const given = (memoryBytes: number) => asked(formOf(settings, files), made({ limits: { ...limits, memoryBytes } }));
    const { status, value } = await given(hdf5Bytes);
    const [, bytes] = /its job takes (\d+) bytes in memory/.exec(value.message!)!;
    expect([status, Number(bytes) > hdf5Bytes]).toEqual([413, true]);
    expect((await given(Number(bytes))).status).toBe(200);
  });

  test('a job that would take a thread for hours', async () => {
    const { model, data, closeData } = await example();
    const { config } = resolveConfig({}, settings, 'config');
    const withImages = (count: number) => ({ ...data, clean: { ...data.clean, count } });
    const check = (count: number) => () =>
      checkFit({ model, splits: [withImages(count)], readsHdf5: false }, config, Infinity);
    expect(check(10_000)).not.toThrow();
    expect(check(1_000_000_000)).toThrow(/asks for \d+ operations, at most 17592186044416 are done/);
    closeData();
  });

  test('who shows no token, and another method', async () => {
    const form = await bodyOf(formOf(settings));
    expect(await posted(made(), form, 'other')).toMatchObject({ status: 401, value: { code: 'token-wrong' } });
    const headers = { authorization: `Bearer ${token}` };
    const response = await made()(new Request('https://evaluator.test/defend', { headers }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

test('`goodnet serve` ends the reading of a file that has no end, and answers others meanwhile', async () => {
  const served = await serve(token);
  try {
    const headers = { authorization: `Bearer ${token}` };
    const ask = (form: FormData) => fetch(new URL('defend', served.url), { method: 'POST', body: form, headers });
    const { settings, files } = exampleForm();
    const circling = new Uint8Array(readFileSync(path.join(root, 'test/fuzz/regressions/h5-2-196')));
    const order: string[] = [];
    const done = <T>(name: string, answer: Promise<T>) => answer.finally(() => order.push(name));
    const hung = done('hung', ask(formOf(settings, new Map([...files, ['badnet.h5', circling]]))));
    const other = await done('other', ask(formOf(settings, files)));
    expect([other.status, ((await other.json()) as Report).verdict]).toEqual([200, 'passed']);
    const slow = await hung;
    expect([slow.status, await slow.json()]).toEqual([
      422,
      { verdict: 'error', code: 'file-slow', message: expect.stringMatching(/^badnet\.h5: took longer/) as string },
    ]);
    expect(order).toEqual(['other', 'hung']);
    expect((await ask(formOf(settings, files))).status).toBe(200);
  } finally {
    await served.stop();
  }
});

test('`goodnet serve` answers a form in a thread', async () => {
  const served = await serve(token);
  try {
    const headers = { authorization: `Bearer ${token}` };
    const ask = (form: FormData) => fetch(new URL('defend', served.url), { method: 'POST', body: form, headers });
    const response = await ask(formOf(settings));
    expect([response.status, ((await response.json()) as Report).verdict]).toEqual([200, 'passed']);
    const wrong = await ask(formOf({ ...settings, workers: 1 }));
    expect([wrong.status, await wrong.json()]).toEqual([422, expect.objectContaining({ code: 'defend-unfit' })]);
  } finally {
    await served.stop();
  }
});
