import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { defend } from '../../src/jobs/defend/defend.ts';
import { prunedOf } from '../pruned.ts';
import type { ModelOutcome } from '../../src/report/record/assemble.ts';
import type { ModelFile } from '../../src/models/format.ts';
import { Output } from '../../src/output/output.ts';
import { hasReference, loadModel, readJson, reference, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface Counts {
  n: number;
  pruned: number;
  goodnet: number;
  goodnet_rejects: number;
}
interface Expected {
  prune_layer: string;
  rank_layer: string;
  scale?: number;
  mean_activation: number[];
  order: number[];
  baseline: { correct: number; hits: number };
  steps: { channel: number; correct: number; hits: number }[];
  checkpoints: {
    X: number;
    channels_pruned: number;
    clean_valid: Counts;
    poisoned_valid: Counts;
    clean_test: Counts;
    poisoned_test: Counts;
  }[];
}

const slack = 1; // two logits may tie to the last bit

describe.skipIf(!hasReference('golden.test.ts')).each<[name: string, formats: string[]]>([
  ['mnist-badnet', ['badnet.keras', 'badnet.weights.h5']],
  ['mnist-resnet', ['badnet.weights.h5']],
])('%s equals real Keras', (name, formats) => {
  const cwd = reference('golden', name);
  const expected = () => readJson<Expected>(reference('golden', name, 'expected.json'));
  const folder = temporaryFolder();
  let outcome: ModelOutcome;
  let pruned: ReturnType<typeof prunedOf>;

  beforeAll(async () => {
    await startEngine();
    const { config } = resolveConfig(
      {
        models: ['badnet.h5'],
        scale: expected().scale ?? 1,
        checkpoints: expected().checkpoints.map(({ X }) => X),
        clean: { validation: 'clean_valid.h5', test: 'clean_test.h5' },
        attacks: { patch: { validation: 'poisoned_valid.h5', test: 'poisoned_test.h5' } },
      },
      {},
      null,
    );
    const output = new Output(folder, folder);
    outcome = await defend('badnet.h5', 'badnet.h5', config, output, testWorld(cwd));
    pruned = prunedOf(outcome);
    output.publish();
  }, 120_000);

  test('the layer is chosen and ranked as by the reference', () => {
    expect([pruned.target.layer.name, pruned.target.rankLayer]).toEqual([
      expected().prune_layer,
      expected().rank_layer,
    ]);
    expect([...pruned.ranking.order]).toEqual(expected().order);
    pruned.ranking.meanActivation.forEach((mean, c) => expect(mean).toBeCloseTo(expected().mean_activation[c]!, 5));
  });

  test('every step counts the same images', () => {
    const { baseline, steps } = expected();
    const counted = pruned.validation.steps.map(({ pruned }) => [pruned.correct, pruned.hits['patch']!]);
    const wanted = [baseline, ...steps].map(({ correct, hits }) => [correct, hits]);
    expect(counted).toHaveLength(wanted.length);
    counted
      .flat()
      .forEach((count, i) =>
        expect(Math.abs(count - wanted.flat()[i]!), `step ${Math.floor(i / 2)}`).toBeLessThanOrEqual(slack),
      );
    expect(pruned.validation.steps.slice(1).map((step) => step.channel)).toEqual(expected().order);
  });

  test('every checkpoint counts the same images on all four sets', () => {
    for (const { X, channels_pruned, clean_valid, poisoned_valid, clean_test, poisoned_test } of expected()
      .checkpoints) {
      for (const kind of ['pruned', 'goodnet'] as const) {
        const candidate = outcome.candidates.find((other) => other.kind === kind && other.checkpoint === X)!;
        expect(candidate.channelsPruned).toBe(channels_pruned);
        for (const [figures, clean, poisoned] of [
          [candidate.validation, clean_valid, poisoned_valid],
          [candidate.test!, clean_test, poisoned_test],
        ] as const) {
          expect([figures.clean, figures.poisoned['patch']]).toEqual([clean.n, poisoned.n]);
          const counts = [
            [figures.correct, clean[kind]],
            [figures.hits['patch']!, poisoned[kind]],
          ];
          if (kind === 'goodnet')
            counts.push(
              [figures.rejectedClean!, clean.goodnet_rejects],
              [figures.rejectedPoisoned!['patch']!, poisoned.goodnet_rejects],
            );
          for (const [counted, wanted] of counts)
            expect(Math.abs(counted! - wanted!), `X=${X} ${kind}`).toBeLessThanOrEqual(slack);
        }
      }
    }
  });

  test('the pruned model at 10 points has the weights that Keras saved, bit for bit', async () => {
    const [ours, theirs] = [
      await loadModel(`${folder}/badnet.h5/model_X=10.h5`),
      await loadModel(`${cwd}/pruned_X=10.h5`),
    ];
    expect(bits(ours)).toEqual(bits(theirs));
    expect(ours.config).toBe((await loadModel(`${cwd}/badnet.h5`)).config);
  });

  test.each(formats)(
    '%s gives the same sweep and the same pruned weights',
    async (file) => {
      const out = `${folder}/${file}`;
      const { config } = resolveConfig(
        {
          models: [file],
          scale: expected().scale ?? 1,
          checkpoints: [10],
          clean: { validation: 'clean_valid.h5' },
          attacks: { patch: { validation: 'poisoned_valid.h5' } },
          ...(file.endsWith('.keras') ? {} : { architecture: 'badnet.h5' }),
        },
        {},
        null,
      );
      const output = new Output(out, out);
      const { validation, ranking } = prunedOf(await defend(file, 'net', config, output, testWorld(cwd)));
      output.publish();
      expect([validation.steps, ranking]).toEqual([pruned.validation.steps, pruned.ranking]);
      const written = `${out}/net/model_X=10${file.slice('badnet'.length)}`;
      expect(bits(await loadModel(written, `${cwd}/badnet.h5`))).toEqual(
        bits(await loadModel(`${cwd}/pruned_X=10.h5`)),
      );
    },
    60_000,
  );
});

/** Every weight of a model, bit for bit. */
const bits = ({ model }: ModelFile) =>
  model.calls.flatMap((call) =>
    call.layer.weights.map((w) => [
      call.id,
      w.name,
      Buffer.from(w.values.buffer, w.values.byteOffset, w.values.byteLength).toString('hex'),
    ]),
  );
