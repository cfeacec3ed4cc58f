import { chooseTarget } from '../src/defense/pruning/default-layer.ts';
import { rank } from '../src/defense/pruning/rank.ts';
import { sweep } from '../src/defense/pruning/sweep.ts';
import type { Evaluator } from '../src/engine/evaluator.ts';
import { type Parts, splitNet } from '../src/engine/parts.ts';
import { example } from './example.ts';

/** Everything that evaluators are asked for: sums and tallies of a net that is cut, and tallies of one that is not. */
export async function countsOf(evaluator: Evaluator, file?: string): Promise<unknown> {
  const { model, data, closeData } = await example(file);
  try {
    const counted = async (parts: Parts, stops: readonly number[]) => {
      const { splits, close } = await evaluator.open(parts, [data]);
      const ranking = await rank(parts, splits[0]!.clean, () => undefined);
      const order = parts.cut === null ? new Int32Array() : ranking.order;
      const steps = await sweep(splits[0]!, order, stops, () => undefined);
      await close();
      return { ranking, steps };
    };
    return [
      await counted(splitNet(model, chooseTarget(model, {}).target.cut), [0, 20, 31]),
      await counted(splitNet(model, null), [0]),
    ];
  } finally {
    await evaluator.stop();
    closeData();
  }
}
