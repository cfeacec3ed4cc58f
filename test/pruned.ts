import type { Proposal } from '../src/defense/defense.ts';
import { bestStage, type Pruned } from '../src/defense/pruning/pruned.ts';
import type { PruningTrace } from '../src/defense/pruning/trace.ts';

/** What pruning counted, by what its record says. */
export function prunedOf({
  proposals,
}: {
  proposals: readonly Proposal[];
}): Omit<Pruned, 'test' | 'reason' | 'orderIsGiven'> {
  const { layer, prunes, rankLayer, ranking, sweep, checkpoints } = proposals[0]!.trace() as PruningTrace;
  const counts = ({ correct, hits, robust }: PruningTrace['sweep']['steps'][number]) => ({ correct, hits, robust });
  return {
    target: { layer: { name: layer }, prunes, rankLayer },
    ranking: {
      meanActivation: Float64Array.from(ranking.meanActivation),
      order: Int32Array.from(ranking.order),
    },
    validation: {
      sizes: { clean: sweep.clean, poisoned: sweep.poisoned },
      steps: sweep.steps.map(({ step, channel, goodnet, ...pruned }) => ({
        step,
        channel,
        pruned: counts({ step, channel, goodnet, ...pruned }),
        goodnet,
      })),
    },
    picks: checkpoints,
    best: proposals[0]!.candidates.find(({ stage }) => stage === bestStage)?.channelsPruned ?? null,
  };
}
