import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDataset } from '../../src/data/dataset.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import type { Model } from '../../src/models/net.ts';
import { assets, asStored, fixtures, loadModel, reference, startEngine } from '../support.ts';

/** What each Keras that loads a file answers for it: made by test/keras/make_field.py. */
type Answers = Record<string, Partial<Record<'keras2' | 'keras3', number[][]>>>;
const answers = JSON.parse(readFileSync(path.join(fixtures, 'field.json'), 'utf8')) as Answers;
const architectures: Record<string, string> = { 'lost-input/net.h5': 'lost-input/seq.json' };

const field = reference('field');
const isThere = existsSync(field);
if (!isThere)
  process.stderr.write(`\n*** SKIPPED: the files as people bring them need ../shared/field, which is not there. ***\n`);

async function labelled(name: string): Promise<{ labels: Int32Array; images: Float32Array }> {
  const model = { inputShape: [8, 8, 1], classes: 10 } as unknown as Model;
  const place = { cwd: path.join(field, 'labels'), assets };
  const data = await openDataset({ file: name }, asStored, model, place);
  const read = { labels: data.labels, images: data.images(0, 2) };
  data.close();
  return read;
}

beforeAll(startEngine);

describe.runIf(isThere)('a file as people bring it', () => {
  test('a layer called with training=True is refused with that reason', () =>
    expect(loadModel(path.join(field, 'training-true/tr_drop_true_tk.h5'))).rejects.toThrow(
      /layer dropout is called with `training=True`/,
    ));

  test('a Sequential that lost its input says what gives it one', () =>
    expect(loadModel(path.join(field, 'lost-input/net.h5'))).rejects.toThrow(
      /does not say the input shape: build the model before saving it, or set `architecture`/,
    ));

  test.each([
    ['dl_f.npz', null],
    ['fortran_label.npz', 'boollab.npz'],
    ['onehot_bool.h5', 'boollab.npz'],
  ])('labels: %s is read', async (name, other) => {
    const [ours, theirs] = [await labelled(name), await labelled(other ?? name)];
    expect(ours.labels).toEqual(theirs.labels);
    expect(new Set(ours.labels).size).toBe(10);
  });
  test('labels: a lone array says how to store it', () =>
    expect(labelled('only.npy')).rejects.toThrow(/only.npy: is a lone array of numpy.*numpy.savez/));

  test.each(Object.entries(answers))('%s answers what Keras answers', async (name, said) => {
    const architecture = architectures[name];
    const { model } = await loadModel(
      path.join(field, name),
      architecture === undefined ? undefined : path.join(field, architecture),
    );
    for (const scores of Object.values(said)) {
      const shape = [scores.length, ...model.inputShape];
      const images = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i));
      const weights = new WeightTensors(name, model.calls);
      const feed = new Map([[model.input, tf.tensor(images, shape)]]);
      const [answer] = runCalls(model.calls.slice(1), feed, [model.output], weights);
      const ours = [...answer!.dataSync<'float32'>()];
      expect(Math.max(...scores.flat().map((score, i) => Math.abs(ours[i]! - score)))).toBeLessThan(2e-6);
      tf.dispose(answer!);
      weights.dispose();
    }
  });
});
