import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { defend } from '../../src/jobs/defend/defend.ts';
import type { ModelOutcome } from '../../src/report/record/assemble.ts';
import { Output } from '../../src/output/output.ts';
import { prunedOf } from '../pruned.ts';
import { fixtures, hasReference, readJson, reference, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface Counts {
  pruned: number;
  goodnet: number;
}
interface Expected {
  prune_layer: string;
  rank_layer: string;
  scale?: number;
  mean_activation: number[];
  order: number[];
  baseline: { correct: number; hits: number };
  steps: { correct: number; hits: number }[];
  checkpoints: ({ X: number; channels_pruned: number } & Record<'clean_test' | 'poisoned_test', Counts>)[];
}

const slack = 1; // two logits may tie to the last bit

describe.skipIf(!hasReference('onnx-golden.test.ts')).each(['mnist-badnet', 'mnist-resnet'])(
  '%s as ONNX equals real Keras',
  (name) => {
    const expected = readJson<Expected>(reference('golden', name, 'expected.json'));
    const folder = temporaryFolder();
    let outcome: ModelOutcome;
    let pruned: ReturnType<typeof prunedOf>;

    beforeAll(async () => {
      await startEngine();
      const file = path.join(fixtures, 'onnx-golden', `${name}.onnx`);
      const { config } = resolveConfig(
        {
          models: [file],
          scale: expected.scale ?? 1,
          checkpoints: expected.checkpoints.map(({ X }) => X),
          clean: { validation: 'clean_valid.h5', test: 'clean_test.h5' },
          attacks: { patch: { validation: 'poisoned_valid.h5', test: 'poisoned_test.h5' } },
        },
        {},
        null,
      );
      const output = new Output(folder, folder);
      outcome = await defend(file, `${name}.onnx`, config, output, testWorld(reference('golden', name)));
      pruned = prunedOf(outcome);
      output.publish();
    }, 120_000);

    test('the layer is chosen and ranked as by the reference', () => {
      const { target, ranking } = pruned;
      expect([target.layer.name, target.rankLayer]).toEqual([expected.prune_layer, expected.rank_layer]);
      expect([...ranking.order]).toEqual(expected.order);
      ranking.meanActivation.forEach((mean, c) => expect(mean).toBeCloseTo(expected.mean_activation[c]!, 5));
    });

    test('every step counts the same images', () => {
      const counted = pruned.validation.steps.map((step) => [step.pruned.correct, step.pruned.hits['patch']!]);
      const wanted = [expected.baseline, ...expected.steps].map(({ correct, hits }) => [correct, hits]);
      expect(counted).toHaveLength(wanted.length);
      const off = counted.flat().map((count, i) => Math.abs(count - wanted.flat()[i]!));
      expect(Math.max(...off)).toBeLessThanOrEqual(slack);
    });

    test('pruned nets and GoodNets count the same test images', () => {
      for (const { X, channels_pruned: channels, clean_test: clean, poisoned_test: poisoned } of expected.checkpoints)
        for (const kind of ['pruned', 'goodnet'] as const) {
          const { test, channelsPruned } = outcome.candidates.find(
            (candidate) => candidate.checkpoint === X && candidate.kind === kind,
          )!;
          expect(channelsPruned).toBe(channels);
          expect(Math.abs(test!.correct - clean[kind])).toBeLessThanOrEqual(slack);
          expect(Math.abs(test!.hits['patch']! - poisoned[kind])).toBeLessThanOrEqual(slack);
        }
    });
  },
);
