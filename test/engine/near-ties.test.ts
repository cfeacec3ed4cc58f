import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openSplit } from '../../src/data/splits.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { Here } from '../../src/engine/here.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { nearTies } from '../../src/verdict/rounding.ts';
import { asStored, fixtures, loadModel, startEngine, testEngine, testWorld } from '../support.ts';

beforeAll(startEngine);

test.runIf(testEngine === 'wasm')(
  'images within rounding are told with the two best classes of their net',
  async () => {
    const folder = path.join(fixtures, 'rounding');
    const { model } = await loadModel(path.join(folder, 'fused_window.keras'));
    const parts = splitNet(model, chooseTarget(model, {}).target.cut);
    const files = { clean: { file: 'clean.h5' }, attacks: [['p', { file: 'poisoned.h5' }] satisfies [string, object]] };
    const data = await openSplit(files, testWorld(folder), asStored, model);
    const { splits, close } = await new Here().open(parts, [data]);
    const [clean, poisoned] = [splits[0]!.clean, splits[0]!.attacks.get('p')!];
    const everyChannel = Int32Array.from({ length: parts.channels }, (_, c) => c);

    expect(await nearTies(clean, [new Int32Array()])).toEqual([[]]);
    const [before, after] = await nearTies(poisoned, [new Int32Array(), everyChannel]);
    expect(after).toEqual([]); // nothing is left of the trigger
    expect(before!.map(({ image }) => image)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    const network = new Network(parts);
    for (const { image, classes, apart } of before!) {
      const features = network.features(poisoned.data.images(image, image + 1), 1);
      const scores = [...network.scores(features, Int32Array.of(0))];
      const [best, second] = [...scores].sort((a, b) => b - a);
      expect([classes.map((each) => scores[each]), apart]).toEqual([[best, second], best! - second!]);
    }
    network.dispose();
    await close();
    [data.clean, ...data.attacks.values()].forEach((each) => each.close());
  },
);
