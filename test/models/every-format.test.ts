import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { defaultBounds } from '../../src/base/limits.ts';
import { run } from '../../src/jobs/defend/run.ts';
import type { FileBytes, ModelFile, ModelFormat } from '../../src/models/format.ts';
import { dialectName, endingOf, formatOf, formats, hasModelEnding, readModel } from '../../src/models/formats.ts';
import { type Edits, goodnetName, type Model } from '../../src/models/net.ts';
import { isModelFile } from '../../src/report/write-models.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { bundleOf } from '../bundled.ts';
import { fixtures, loadModel, otherAssets, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { toy, toyFile } from './toy-format.ts';
import { writtenBytes } from '../written.ts';

/** Here lies a small net in each kind of file of each format. */
const examples = path.join(fixtures, 'formats');
const kinds = formats.flatMap((format) => format.endings.map((ending) => ({ format, ending })));

beforeAll(startEngine);

describe.each(kinds)('the format $format.name, files named *$ending', ({ format, ending }) => {
  test('has an ending that is its own', () => {
    const name = `net${ending}`;
    expect(formatOf(name)).toBe(format);
    expect(endingOf(name)).toBe(ending);
    expect(formats.filter((other) => isNamedAs(other, name))).toEqual([format]);
    expect(formatOf(`net${format.goodnetEnding}`)).toBe(format);
    expect(['model', 'goodnet'].map((what) => isModelFile(`net/${what}_X=2${ending}`))).toEqual([true, true]);
  });

  test('reads its smallest example, and says what wrote it', async () => {
    const { model, bytes } = await smallest(ending);
    expect(bytes).toEqual(new Uint8Array(readFileSync(model.file)));
    expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(format.dialects)).toContain(model.dialect);
    expect(dialectName(model.file, model.dialect)).toBe(format.dialects[model.dialect]);
  });

  test('refuses bytes that are no model as no bug', async () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), new TextEncoder().encode('{"a":')])
      await expect(read(`net${ending}`, bytes)).rejects.toMatchObject({ name: 'GoodnetError' });
  });

  test('repairs it: the edited weights and no others change', async () => {
    const file = await smallest(ending);
    const edits = pruned(file.model, 1);
    const again = await read(file.model.file, await format.repaired(file, edits), architectureOf(file.model.file));
    expect(weightsOf(again.model)).toEqual(weightsOf(file.model, edits));
    expect(weightsOf(again.model)).not.toEqual(weightsOf(file.model));
    expect(structureOf(again.model)).toEqual(structureOf(file.model));
  });

  test('joins it to a GoodNet, which answers one class more where the two nets differ', async () => {
    const file = await smallest(ending);
    const { model } = file;
    const edits = pruned(model, Infinity);
    const copy = await read(model.file, await format.repaired(file, edits), architectureOf(model.file));
    const goodnet = await read(
      `goodnet${format.goodnetEnding}`,
      await writtenBytes((content) => format.joined(file, edits, content)),
    );
    expect([goodnet.model.name, goodnet.model.classes]).toEqual([goodnetName, model.classes + 1]);
    const [whole, cut, joined] = [model, copy.model, goodnet.model].map(answers) as [number[], number[], number[]];
    expect(joined).toEqual(whole.map((answer, i) => (answer === cut[i] ? answer : model.classes)));
    expect(joined).toContain(model.classes);
  });
});

test('a file that is named as no format knows is read as Keras', () => {
  for (const name of ['net', 'net.bin', 'net.H5', 'net.keras.gz']) {
    expect(formatOf(name).name).toBe('keras');
    expect(endingOf(name)).toBe('.h5');
    expect(hasModelEnding(name)).toBe(false);
  }
});

test('a format that is added to the list goes from the file through a thread apart to repaired files', async () => {
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  const folder = temporaryFolder();
  const assets = otherAssets({ 'reader.js': '' });
  await bundleOf(assets, { reader: 'test/models/toy-reader.ts' });
  const input = path.join(folder, 'badnet.toy.json');
  toyFile(model, input);
  const data = (name: string): string => path.join(root, 'examples', name);
  const settings = resolveConfig(
    {
      models: [input],
      clean: { validation: data('clean_valid.h5') },
      attacks: { corner: { validation: data('poisoned_valid.h5') } },
      scale: '1/255',
      checkpoints: [2],
      out: path.join(folder, 'out'),
    },
    {},
    null,
  );
  (formats as ModelFormat[]).push(toy);
  try {
    const report = await run(settings, { ...testWorld(root), assets });
    expect(report.errors).toEqual([]);
    const files = report.files.filter(isModelFile);
    expect(files.map((file) => path.basename(file))).toEqual([
      'model_X=2.toy.json',
      'goodnet_X=2.both.json',
      'model_best.toy.json',
      'goodnet_best.both.json',
    ]);
    const repaired = path.join(folder, 'out', files[0]!);
    const again = await read(repaired, new Uint8Array(readFileSync(repaired)));
    expect(structureOf(again.model)).toEqual(structureOf(model));
    expect(weightsOf(again.model)).not.toEqual(weightsOf(model));
  } finally {
    (formats as ModelFormat[]).pop();
  }
});

const isNamedAs = ({ endings, goodnetEnding }: ModelFormat, name: string): boolean =>
  [...endings, goodnetEnding].some((ending) => name.endsWith(ending));

/** The smallest net in `examples` whose file is named so, and as no longer ending. */
function smallest(ending: string): Promise<ModelFile> {
  const [file] = readdirSync(examples)
    .filter((name) => endingOf(name) === ending && name.endsWith(ending) && !name.includes('expected'))
    .map((name) => path.join(examples, name))
    .sort((a, b) => statSync(a).size - statSync(b).size);
  if (file === undefined) throw new Error(`No example *${ending} lies in test/fixtures/formats`);
  return loadModel(file, architectureOf(file)?.name);
}

/** A file beside `file` that holds the same net whole, for formats of weights only. */
function architectureOf(file: string): FileBytes | null {
  const ending = endingOf(file);
  const stem = `${path.basename(file).slice(0, -ending.length)}.`;
  const other = readdirSync(examples).find(
    (name) => name.startsWith(stem) && /^\w+\.keras[23]\.(h5|keras)$/.test(name),
  );
  const name = path.join(examples, other ?? '');
  return ending !== '.weights.h5' ? null : { name, bytes: new Uint8Array(readFileSync(name)) };
}

const read = (name: string, bytes: Uint8Array, architecture: FileBytes | null = null): Promise<ModelFile> =>
  readModel({ name, bytes, sha256: '', architecture, memoryBytes: defaultBounds.memoryBytes });

/** What pruning the first `count` channels of the default layer changes. */
function pruned(model: Model, count: number): Edits {
  const { target } = chooseTarget(model, {});
  return prunedWeights(
    target,
    Array.from({ length: Math.min(count, target.cut.channels) }, (_, channel) => channel),
  );
}

const structureOf = ({ calls, input, output, classes }: Model): unknown => [
  calls.map(({ id, inputs, shape, layer }) => [id, inputs, shape, layer.name, layer.className, layer.options]),
  [input, output, classes],
];

const weightsOf = ({ calls }: Model, edits: Edits = new Map()): unknown =>
  calls.flatMap(({ layer }) => layer.weights.map(({ path: at, values }) => [at, edits.get(at) ?? values]));

/** The class of each of some images of noise; a single sigmoid answers class 1 above 0.5. */
function answers({ calls, input, inputShape, output, outputs, file }: Model): number[] {
  const images = 64;
  const size = inputShape.reduce((a, b) => a * b, 1);
  let state = 1;
  const noise = Float32Array.from({ length: images * size }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return 4 * (state / 2_147_483_647) - 2;
  });
  const weights = new WeightTensors(file, calls);
  const feed = tf.tensor(noise, [images, ...inputShape]);
  const [answer] = runCalls(calls.slice(1), new Map([[input, feed]]), [output], weights);
  const scores = [...answer!.dataSync<'float32'>()];
  tf.dispose(answer!);
  weights.dispose();
  return Array.from({ length: images }, (_, i) => {
    const row = scores.slice(i * outputs, (i + 1) * outputs);
    return outputs === 1 ? Number(row[0]! > 0.5) : row.indexOf(Math.max(...row));
  });
}
