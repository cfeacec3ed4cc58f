import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dataFormat } from '../../src/settings/data-format.ts';
import { splitFiles } from '../../src/settings/split-files.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { openSplit } from '../../src/data/splits.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { rank } from '../../src/defense/pruning/rank.ts';
import { sweep } from '../../src/defense/pruning/sweep.ts';
import type { Evaluator } from '../../src/engine/evaluator.ts';
import { Here } from '../../src/engine/here.ts';
import { openEvaluator } from '../../src/engine/open-evaluator.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { loadModel, root, startEngine, testEngine, testWorld } from '../support.ts';

beforeAll(startEngine);

/** Everything that is asked of an evaluator: sums, tallies, answers, and what rounding changes. */
async function answersOf(evaluator: Evaluator): Promise<unknown> {
  const { config } = resolveConfig(
    {
      models: ['-'],
      clean: { validation: 'examples/clean_valid.h5' },
      attacks: { patch: { validation: 'examples/poisoned_valid.h5' } },
      scale: '1/255',
    },
    {},
    null,
  );
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  const parts = splitNet(model, chooseTarget(model, {}).target.cut);
  const data = await openSplit(splitFiles(config, 'validation')!, testWorld(root), dataFormat(config), model);
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
  data.clean.close();
  data.attacks.forEach((each) => each.close());
  return { ranking, steps, answers, changed };
}

test('this thread and threads answer the same', async () => {
  const here = await answersOf(new Here());
  for (const workers of [1, 2])
    expect(await answersOf(await openEvaluator({ workers, engine: testEngine }, testWorld(root)))).toEqual(here);
});
