import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { defend } from '../../src/jobs/defend/defend.ts';
import { prunedOf } from '../pruned.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { Output } from '../../src/output/output.ts';
import { writePruned } from '../../src/models/keras/write-model.ts';
import { hasReference, loadModel, readJson, reference, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = reference('csaw-lab3');
const weights = path.join(folder, 'bd_weights.h5');
const architecture = path.join(folder, 'prunednet_X=2.h5');

interface Published {
  baseline: { clean_accuracy: number; attack_success_rate: number };
  steps: { step: number; channel: number; clean_accuracy: number; attack_success_rate: number }[];
  checkpoints: { drop: number; pruned_channels: number }[];
  test: { pruned: Record<string, [number, number]>; goodnet: Record<string, [number, number]> };
}

describe.skipIf(!hasReference('lab.test.ts'))('the CSAW lab', () => {
  beforeAll(startEngine);
  const published = () => readJson<Published>(path.join(folder, 'published-results.json'));
  const publishedOrder = () => published().steps.map(({ channel }) => channel);

  test.each([
    [2, 45],
    [4, 48],
    [10, 52],
  ])('pruning the published order gives the student file X=%i bit for bit', async (drop, channels) => {
    const { model, bytes } = await loadModel(weights, architecture);
    const { target } = chooseTarget(model, {});
    expect([target.layer.name, target.rankLayer, target.cut.channels]).toEqual(['conv_3', 'pool_3', 60]);
    const written = path.join(temporary, `pruned-${drop}.h5`);
    writeFileSync(written, await writePruned(bytes, prunedWeights(target, publishedOrder().slice(0, channels))));
    const [ours, theirs] = [
      await loadModel(written, architecture),
      await loadModel(path.join(folder, `prunednet_X=${drop}.h5`)),
    ];
    const bits = ({ model: { calls } }: typeof ours) =>
      calls.flatMap(({ id, layer }) =>
        layer.weights.map((w) => [
          id,
          w.name,
          Buffer.from(w.values.buffer, w.values.byteOffset, w.values.byteLength).toString('base64'),
        ]),
      );
    expect(bits(ours)).toEqual(bits(theirs));
  });
  const temporary = temporaryFolder();

  test('docs/lab.md quotes the published figures', () => {
    const { baseline, steps, checkpoints, test: onTest } = published();
    const pair = (accuracy: number, asr: number) => `${accuracy.toFixed(2)} / ${asr.toFixed(2)}`;
    const step = (k: number) => pair(steps[k - 1]!.clean_accuracy, steps[k - 1]!.attack_success_rate);
    const first30 = steps.find((each) => baseline.clean_accuracy - each.clean_accuracy >= 30)!.step;
    const rows = [
      `| original | 0 | ${pair(baseline.clean_accuracy, baseline.attack_success_rate)} | | |`,
      ...checkpoints.map(
        ({ drop, pruned_channels: k }) =>
          `| X=${drop} | ${k} | ${step(k)} | ${pair(...onTest.pruned[drop]!)} | ${pair(...onTest.goodnet[drop]!)} |`,
      ),
      `| X=30 | ${first30} | ${step(first30)} | | |`,
    ];
    expect(readFileSync(path.join(root, 'docs/lab.md'), 'utf8')).toContain(rows.join('\n'));
  });

  test('all ten faces get their class', async () => {
    const { model } = await loadModel(weights, architecture);
    const network = new Network(splitNet(model, null));
    const names = faces('');
    expect(names).toHaveLength(10);
    const images = Float32Array.from(names.flatMap((name) => [...pixels(name)]));
    const answers = network.classes(network.features(images, names.length), Int32Array.from(names.keys()));
    expect([...answers]).toEqual(names.map(labelOf));
    network.dispose();
  });

  test('a given order is a normal run', async () => {
    const cwd = temporaryFolder();
    for (const [name, prefix] of [
      ['clean', 'cl'],
      ['sunglasses', 'sun'],
    ] as const) {
      for (const face of faces(prefix)) cpSync(path.join(folder, 'images', face), path.join(cwd, name, face));
    }
    const { config } = resolveConfig(
      {
        models: [weights],
        architecture,
        order: publishedOrder(),
        clean: { validation: 'clean' },
        attacks: { sunglasses: { validation: 'sunglasses' } },
      },
      {},
      null,
    );
    const outcome = await defend(weights, 'lab', config, new Output(cwd, cwd), testWorld(cwd));
    const pruned = prunedOf(outcome);
    expect(outcome.inputs.map(({ file }) => file)).toEqual([weights, architecture, 'clean', 'sunglasses']);
    expect([...pruned.ranking.order]).toEqual(publishedOrder());
    expect(pruned.validation.steps[0]!.pruned).toEqual({ correct: 5, hits: { sunglasses: 5 }, robust: {} });
    expect(outcome.findings.map(({ code }) => code)).toContain('order-given');
    const { steps } = pruned.validation;
    const X10 = pruned.picks.find(({ dropPoints }) => dropPoints === 10)!;
    expect(steps[X10.step!]!.pruned.correct).toBeLessThan(5);
    expect(steps[X10.step! - 1]!.pruned.correct).toBe(5);
  });

  const faces = (prefix: string): string[] =>
    readdirSync(path.join(folder, 'images'))
      .filter((name) => name.startsWith(prefix))
      .sort();
  const labelOf = (name: string): number => Number(/label=(\d+)/.exec(name)![1]);
  function pixels(name: string): Float32Array {
    const { data } = PNG.sync.read(readFileSync(path.join(folder, 'images', name)));
    return Float32Array.from(data.filter((_, i) => i % 4 !== 3));
  }
});
