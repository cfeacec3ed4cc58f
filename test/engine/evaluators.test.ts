import { beforeAll, expect, test } from 'vitest';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { rank } from '../../src/defense/pruning/rank.ts';
import { sweep } from '../../src/defense/pruning/sweep.ts';
import type { Progress } from '../../src/engine/chunks.ts';
import type { Evaluator } from '../../src/engine/evaluator.ts';
import { Here } from '../../src/engine/here.ts';
import { openEvaluator } from '../../src/engine/open-evaluator.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { partsOfABatch } from '../../src/engine/training/draw.ts';
import type { Trained, TrainingSettings } from '../../src/engine/training/train.ts';
import { example } from '../example.ts';
import { root, startEngine, testEngine, testWorld } from '../support.ts';

beforeAll(startEngine);

/** Everything that is asked of an evaluator: sums, tallies, answers, and what rounding changes. */
async function answersOf(evaluator: Evaluator): Promise<unknown> {
  const { model, data, closeData } = await example();
  const parts = splitNet(model, chooseTarget(model, {}).target.cut);
  const { splits, close } = await evaluator.open(parts, [data]);
  const [split] = splits;
  const ranking = await rank(parts, split!.clean, () => undefined);
  const steps = await sweep(split!, ranking.order, [0, 20, 31], () => undefined);
  const pieces = [[3, 5] as const, [7, 8] as const];
  const answers = await split!.clean.answers(pieces, ranking.order.subarray(0, 31));
  const changed = await split!.attacks
    .get('patch')!
    .changed([pieces], [new Int32Array(), ranking.order.subarray(0, 31)]);
  await close();
  await evaluator.stop();
  closeData();
  return { ranking, steps, answers, changed };
}

test('this thread and threads answer the same', async () => {
  const here = await answersOf(new Here());
  for (const workers of [1, 2])
    expect(await answersOf(await openEvaluator({ workers, engine: testEngine }, testWorld(root)))).toEqual(here);
});

/** A training of the example net on all images of its data. */
async function trainedBy(evaluator: Evaluator, training: Omit<TrainingSettings, 'images'>): Promise<Trained> {
  const { model, data, closeData } = await example();
  const { splits, close } = await evaluator.open(splitNet(model, null), [data], { long: partsOfABatch });
  const images = Int32Array.from({ length: data.clean.count }, (_, i) => i);
  const found = await splits[0]!.clean.trained({ ...training, images }, () => undefined);
  await close();
  await evaluator.stop();
  closeData();
  return found;
}

test.runIf(testEngine === 'wasm')(
  'a training on this thread and on any number of threads comes to the same',
  async () => {
    const whole = { mask: new Float32Array(64).fill(0.5), pattern: new Float32Array(64).fill(1) };
    const training = { steps: 12, rate: 1e-3, seed: 1, triggers: [whole] };
    const here = await trainedBy(new Here(), training);
    for (const workers of [1, 2, 3, 4])
      expect(
        await trainedBy(await openEvaluator({ workers, engine: testEngine }, testWorld(root)), training),
        `${workers} threads`,
      ).toEqual(here);
  },
);

test.runIf(testEngine === 'wasm').each([
  ['this thread', () => Promise.resolve(new Here())],
  ['a thread', () => openEvaluator({ workers: 1, engine: testEngine }, testWorld(root))],
  ['two threads', () => openEvaluator({ workers: 2, engine: testEngine }, testWorld(root))],
])('a training on %s tells of every step, and ends where that is no longer wanted', async (_, open) => {
  const { model, data, closeData } = await example();
  const parts = splitNet(model, chooseTarget(model, {}).target.cut);
  const evaluator: Evaluator = await open();
  const training = { images: Int32Array.from({ length: 100 }, (_, i) => i), steps: 4, rate: 1e-3, seed: 1 };
  const told: number[] = [];
  const train = async (progress: Progress) => {
    const { splits, close } = await evaluator.open(parts, [data], { long: partsOfABatch });
    return splits[0]!.clean.trained(training, progress).finally(close);
  };
  const stop = (images: number): void => {
    if (told.push(images) === 2) throw new Error('enough');
  };
  await expect(train(stop)).rejects.toThrow('enough');
  expect(told).toEqual([64, 64]);
  const { losses } = await train((images) => told.push(images));
  expect([told, losses.length]).toEqual([Array(6).fill(64), 4]);
  await evaluator.stop();
  closeData();
});
