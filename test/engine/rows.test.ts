import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { answersAt } from '../../src/engine/answers-by-step.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { planRows } from '../../src/engine/rows/plan.ts';
import { outputsOf } from '../../src/defense/pruning/target.ts';
import type { Model } from '../../src/models/net.ts';
// @ts-expect-error A script without types.
import { modules, wasmText } from '../../scripts/build-wasm.mjs';
import { random, randomNet, randomRowNet } from '../random-nets.ts';
import { root, startEngine } from '../support.ts';

beforeAll(startEngine);

const images = 40;

/** What the two ways to run the suffix answer on the same images, and how often the sums of rows left the answer to the engine. */
function bothWays(model: Model, seed: number) {
  const r = random(seed);
  const network = new Network(splitNet(model, outputsOf(model, 'pruned', null).cut));
  const pixels = Float32Array.from({ length: images * 192 }, () => 2 * r() - 1);
  const order = Int32Array.from(Array.from({ length: network.parts.channels }, (_, c) => c).sort(() => r() - 0.5));
  const stops = r() < 0.5 ? Array.from({ length: order.length + 1 }, (_, k) => k) : [0, 2, 3, order.length];
  const features = () => network.features(pixels, images);
  let decided = 0;
  const counting: Pick<Network, 'classes'> = {
    classes: (given, chosen) => {
      decided += chosen.length;
      return network.classes(given, chosen);
    },
  };
  const rows = answersAt(Object.assign(Object.create(network) as Network, counting), features(), order, stops);
  const layers = answersAt(Object.assign(Object.create(network) as Network, { rows: null }), features(), order, stops);
  network.dispose();
  return { rows, layers, decided, all: images * stops.length, usesRows: network.rows !== null };
}

describe('sums of weight rows', () => {
  test.each(Array.from({ length: 80 }, (_, i) => i))('net %i: they answer what the layers answer', (seed) => {
    const { rows, layers, usesRows } = bothWays(randomRowNet(seed), 500 + seed);
    expect(usesRows).toBe(true);
    expect(rows).toEqual(layers);
  });

  test('they decide nearly all by themselves', () => {
    const runs = Array.from({ length: 20 }, (_, seed) => bothWays(randomRowNet(seed), 500 + seed));
    const [decided, all] = [
      runs.reduce((sum, run) => sum + run.decided, 0),
      runs.reduce((sum, run) => sum + run.all, 0),
    ];
    expect(decided / all).toBeLessThan(0.05);
  });

  test('scores that tie are left to the engine, which answers the first of them', () => {
    const model = randomRowNet(1);
    for (const { layer } of model.calls)
      if (layer.name === 'last') layer.weights.forEach((weight) => weight.values.fill(0.5));
    const { rows, layers, decided } = bothWays(model, 9);
    expect(decided).toBeGreaterThanOrEqual(images);
    expect(rows).toEqual(layers);
    expect(new Set(rows.flatMap((answers) => [...answers]))).toEqual(new Set([0]));
  });

  test('scores that are not finite are refused as the engine refuses them', () => {
    const model = randomRowNet(1);
    for (const { layer } of model.calls) if (layer.name === 'last') layer.weights[0]!.values[0] = Infinity;
    expect(() => bothWays(model, 9)).toThrow(/not a finite number/);
  });

  test('sums that may overflow are left to the engine, though what follows hides them', () => {
    const model = randomRowNet(1);
    for (const { layer } of model.calls) if (layer.name === 'hidden') layer.weights[0]!.values.fill(-3e38);
    const answersTo = (...values: number[]): number[] => {
      const { rows, parts } = new Network(splitNet(model, outputsOf(model, 'pruned', null).cut));
      return values.flatMap((value) => {
        const cut = new Float32Array(parts.cutSize).fill(value);
        rows!.begin(cut);
        rows!.keep(cut);
        return rows!.answers();
      });
    };
    expect(answersTo(1)).toEqual([-1]);
    for (const { layer } of model.calls) if (layer.name === 'hidden') layer.weights[0]!.values.fill(-1);
    const answers = answersTo(1, 1e35, NaN);
    expect(answers).toEqual([expect.any(Number), -1, -1]);
    expect(answers[0]).toBeGreaterThanOrEqual(0);
  });

  test('nets with other layers behind the cut have no plan', () => {
    const plans = Array.from({ length: 60 }, (_, seed) =>
      planRows(splitNet(randomNet(seed), outputsOf(randomNet(seed), 'pruned', null).cut)),
    );
    expect(plans.filter((plan) => plan !== null).length).toBeGreaterThan(5);
    expect(plans.filter((plan) => plan === null).length).toBeGreaterThan(5);
  });
});

test.each(Object.keys(modules as object))('%s-wasm.ts is what its source compiles to', async (name) => {
  expect(readFileSync(path.join(root, `src/engine/${name}-wasm.ts`), 'utf8')).toBe(
    await (wasmText as (name: string) => Promise<string>)(name),
  );
});
