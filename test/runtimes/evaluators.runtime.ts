import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allOf } from '../../src/data/all-of.ts';
import { openSplit } from '../../src/data/splits.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { rank } from '../../src/defense/pruning/rank.ts';
import { sweep } from '../../src/defense/pruning/sweep.ts';
import type { Evaluator } from '../../src/engine/evaluator.ts';
import { Here } from '../../src/engine/here.ts';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { openRemote } from '../../src/engine/remote/remote.ts';
import type { Report } from '../../src/report/record/report.ts';
import { evaluator as handles } from '../../src/serve/evaluator.ts';
import { dataFormat } from '../../src/settings/data-format.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { splitFiles } from '../../src/settings/split-files.ts';
import { bundleInto } from '../bundled.ts';
import { bodyOf, figuresOf, formFiles, formOf, type FormParts, formSettings, goldenForm } from '../defend-form.ts';
import { fixtures, hasReference, loadModel, readJson, reference, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
// @ts-expect-error A script without types.
import { bundleWorkers } from '../../scripts/worker-bundle.mjs';
import { runtimes, start, type Started } from './started.ts';

const { version } = readJson<{ version: string }>(path.join(root, 'package.json'));
const token = 'a secret of both';
const home = temporaryFolder();
const dist = path.join(home, 'dist');
const kernels = engineHere('wasm');
const environment = { GOODNET_TOKEN: token, GOODNET_KERNELS: kernels.replace('wasm, ', '') };

beforeAll(async () => {
  await startEngine();
  await bundleInto(home);
  await (bundleWorkers as (outdir: string) => Promise<unknown>)(dist);
});

/** A net, and the folder of its validation data. */
interface Net {
  file: string;
  folder: string;
  scale: number;
}

/** A golden net, as Keras has it or as ONNX. */
function golden(name: string, file?: string): Net {
  const folder = reference('golden', name);
  const { scale = 1 } = readJson<{ scale?: number }>(path.join(folder, 'expected.json'));
  return { file: file ?? path.join(folder, 'badnet.h5'), folder, scale };
}

const example = (name: string): Net => {
  const folder = path.join(root, 'examples');
  return { file: path.join(folder, name), folder, scale: 1 / 255 };
};

const nets: Record<string, () => Net> = {
  'mnist-badnet': () => golden('mnist-badnet'),
  'mnist-resnet': () => golden('mnist-resnet'),
  'mnist-resnet.onnx': () => golden('mnist-resnet', path.join(fixtures, 'onnx-golden/mnist-resnet.onnx')),
  'examples/badnet.h5': () => example('badnet.h5'),
  'examples/resistant.h5': () => example('resistant.h5'),
};

/** Ranking and sweep of a net on its validation data, all channels. */
async function countsOf(name: string, evaluator: Evaluator): Promise<unknown> {
  const { file, folder, scale } = nets[name]!();
  const { config } = resolveConfig(
    {
      models: [file],
      scale,
      clean: { validation: 'clean_valid.h5' },
      attacks: { patch: { validation: 'poisoned_valid.h5' } },
    },
    {},
    null,
  );
  const { model } = await loadModel(file);
  const parts = splitNet(model, chooseTarget(model, {}).target.cut);
  const data = await openSplit(splitFiles(config, 'validation')!, testWorld(folder), dataFormat(config), model);
  const { splits, close } = await evaluator.open(parts, [data]);
  try {
    const ranking = await rank(parts, splits[0]!.clean, () => undefined);
    const stops = Array.from({ length: parts.channels + 1 }, (_, stop) => stop);
    return { ranking, steps: await sweep(splits[0]!, ranking.order, stops, () => undefined) };
  } finally {
    await close();
    allOf(data).forEach((each) => each.close());
  }
}

const here = new Map<string, Promise<unknown>>();
const expected = (name: string): Promise<unknown> => {
  const known = here.get(name) ?? countsOf(name, new Here());
  here.set(name, known);
  return known;
};

/** Whole jobs, by what they are sent. */
const jobs: Record<string, () => FormParts | Promise<FormParts>> = {
  'ONNX and .npz': async () => ({ settings: formSettings, files: await formFiles() }),
  '.h5 and HDF5': () => goldenForm('badnet.h5'),
  '.keras and HDF5': () => goldenForm('badnet.keras'),
  'weights, JSON and HDF5': () => goldenForm('badnet.weights.h5'),
};

describe.each(Object.keys(runtimes))('an evaluator in %s', (name) => {
  const isHere = existsSync(runtimes[name]!.program) && hasReference('evaluators.runtime.ts');
  if (!isHere) process.stderr.write(`\n*** SKIPPED: an evaluator in ${name}, which is not here. ***\n`);
  let evaluator: Started;
  beforeAll(async () => {
    if (isHere) evaluator = await start(name, dist, environment);
  });
  afterAll(() => (isHere ? evaluator.stop() : undefined));

  const fits = (): Promise<boolean> =>
    evaluator
      .fetch(evaluator.url)
      .then((response) => response.json())
      .then((hello) => (hello as { kernels: string }).kernels === kernels);

  test.skipIf(!isHere).each(Object.keys(nets))('counts %s as this machine does', async (net) => {
    const settings = { urls: [evaluator.url], concurrency: undefined, checkPercent: 1 };
    const place = { version, kernels, token, fetch: evaluator.fetch };
    if (!(await fits())) {
      expect(name).toBe('Bun'); // it rounds twice: those who round once refuse it before any work
      await expect(openRemote(settings, new Here(), place)).rejects.toMatchObject({ code: 'evaluator-unfit' });
      return;
    }
    const remote = await openRemote(settings, new Here(), place);
    expect(await countsOf(net, remote)).toEqual(await expected(net));
    expect(remote.elsewhere).toMatchObject({ answering: 1, retries: 0 });
    const added = Math.round(evaluator.addedBytes() / 1e6);
    const first = Math.round(evaluator.coldMs);
    process.stdout.write(`FIGURE ${name}, ${net}: first answer after ${first} ms, then ${added} MB more of memory\n`);
  });

  test.skipIf(!isHere).each(Object.keys(jobs))('does the whole job of %s', async (job) => {
    const { settings, files } = await jobs[job]!();
    const { body, type } = await bodyOf(formOf(settings, files));
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const ask = (asked: typeof fetch, at: string) => asked(new URL('defend', at), { method: 'POST', body, headers });
    const begun = performance.now();
    const response = await ask(evaluator.fetch, evaluator.url);
    const report = (await response.json()) as Report;
    const [ms, added] = [Math.round(performance.now() - begun), Math.round(evaluator.addedBytes() / 1e6)];
    process.stdout.write(`FIGURE ${name}, ${job}: ${ms} ms, since its start at most ${added} MB more of memory\n`);
    expect([response.status, report.models?.length, report.errors]).toEqual([200, 1, []]);
    if (!(await fits())) return; // another rounding, other figures perhaps
    const limits = { bodyBytes: 2 ** 24, memoryBytes: 2 ** 28, concurrency: 1 };
    const handler = handles({ version, kernels, limits, token, featureBytes: 0 });
    const own = await ask((input, init) => handler(new Request(input, init)), 'https://evaluator.test/');
    expect(figuresOf(report)).toEqual(figuresOf((await own.json()) as Report));
  });

  test.skipIf(!isHere)('refuses a file that reaches for another one, and goes on', async () => {
    const { settings, files } = goldenForm('badnet.h5');
    const reaching = new Uint8Array(readFileSync(path.join(fixtures, 'hostile/external_link.h5')));
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (form: FormData) => {
      const { body, type } = await bodyOf(form);
      const init = { method: 'POST', body, headers: { ...headers, 'content-type': type } };
      const response = await evaluator.fetch(new URL('defend', evaluator.url), init);
      return { status: response.status, value: (await response.json()) as { code?: string } };
    };
    const refused = await ask(formOf(settings, new Map([...files, ['badnet.h5', reaching]])));
    expect([refused.status, refused.value.code]).toEqual([422, 'hdf5-link']);
    expect((await ask(formOf(settings, files))).status).toBe(200);
  });

  test.skipIf(!isHere)('answers nobody without the token, and no nonsense', async () => {
    const ask = async (method: string, route: string, shown: string | null, body?: string) => {
      const headers: Record<string, string> = shown === null ? {} : { authorization: `Bearer ${shown}` };
      const response = await evaluator.fetch(new URL(route, evaluator.url), { method, headers, ...(body && { body }) });
      return [response.status, ((await response.json()) as { code: unknown }).code];
    };
    expect(await ask('POST', 'sums', null, 'x')).toEqual([401, 'token-wrong']);
    expect(await ask('POST', 'sums', 'other', 'x')).toEqual([401, 'token-wrong']);
    expect(await ask('POST', 'sums', token, 'x'.repeat(100))).toEqual([400, 'safetensors']);
    expect(await ask('GET', 'nowhere', token)).toEqual([404, 'route-unknown']);
    expect(await ask('GET', 'sums', token)).toEqual([405, 'method-unknown']);
  });
});
