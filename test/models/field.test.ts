import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { fixtures, loadModel, reference, startEngine } from '../support.ts';

/** What each Keras that loads a file answers for it: made by test/keras/make_field.py. */
type Answers = Record<string, Partial<Record<'keras2' | 'keras3', number[][]>>>;
const answers = JSON.parse(readFileSync(path.join(fixtures, 'field.json'), 'utf8')) as Answers;
const architectures: Record<string, string> = { 'lost-input/net.h5': 'lost-input/seq.json' };

const field = reference('field');
const isThere = existsSync(field);
if (!isThere)
  process.stderr.write(`\n*** SKIPPED: the files as people bring them need ../shared/field, which is not there. ***\n`);

beforeAll(startEngine);

describe.runIf(isThere)('a file as people bring it', () => {
  test.each(Object.entries(answers))('%s answers what Keras answers', async (name, said) => {
    const architecture = architectures[name];
    const { model } = await loadModel(
      path.join(field, name),
      architecture === undefined ? undefined : path.join(field, architecture),
    );
    for (const scores of Object.values(said)) {
      const shape = [scores.length, ...model.inputShape];
      const images = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i));
      const weights = new WeightTensors(name);
      const feed = new Map([[model.input, tf.tensor(images, shape)]]);
      const [answer] = runCalls(model.calls.slice(1), feed, [model.output], weights);
      const ours = [...answer!.dataSync<'float32'>()];
      expect(Math.max(...scores.flat().map((score, i) => Math.abs(ours[i]! - score)))).toBeLessThan(2e-6);
      tf.dispose(answer!);
      weights.dispose();
    }
  });
});
