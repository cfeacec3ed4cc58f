import { type Static, type TObject, Type } from '@sinclair/typebox';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
import { images, nullable, oneOf, perAttack, percentage } from '../../verdict/figure-schema.ts';
import { percent } from '../../verdict/metrics.ts';
import type { Keep } from '../defense.ts';
import type { Measured, Pruned } from './pruned.ts';

const index = Type.Integer({ minimum: 0 });
const rates = {
  correct: images,
  hits: perAttack(images),
  accuracy: percentage,
  asr: perAttack(percentage),
  robust: perAttack(images),
  robustAccuracy: perAttack(percentage),
};
const step = Type.Object({
  step: images,
  channel: nullable(index),
  ...rates,
  goodnet: Type.Object({ ...rates, rejectedClean: images, rejectedPoisoned: perAttack(images) }),
});

/** What the record of a model says of its pruning. */
export const pruningTrace = {
  layer: Type.String(),
  prunes: oneOf('outputs', 'inputs'),
  rankLayer: Type.String(),
  layerIsDefault: Type.Boolean(),
  ranking: Type.Object({ meanActivation: Type.Array(Type.Number()), order: Type.Array(index) }),
  sweep: Type.Object({ clean: images, poisoned: perAttack(images), steps: Type.Array(step, { minItems: 1 }) }),
  checkpoints: Type.Array(Type.Object({ dropPoints: Type.Number(), step: nullable(images) })),
};

export type PruningTrace = Static<TObject<typeof pruningTrace>>;

/** A net's pruning as its record has it. */
export function traceOf(
  { target, reason, ranking, validation, picks }: Pruned,
  keep: Keep = (each) => each,
): PruningTrace {
  return {
    layer: target.layer.name,
    prunes: target.prunes,
    rankLayer: target.rankLayer,
    layerIsDefault: reason !== null,
    ranking: { meanActivation: [...ranking.meanActivation], order: [...ranking.order] },
    sweep: {
      clean: validation.sizes.clean,
      poisoned: validation.sizes.poisoned,
      steps: validation.steps.map(({ step, channel, pruned, goodnet }, i) =>
        keep(
          {
            step,
            channel,
            ...withRates(pruned, validation),
            goodnet: { ...goodnetCounts(goodnet), ...withRates(goodnet, validation) },
          },
          i,
        ),
      ),
    },
    checkpoints: [...picks],
  };
}

const goodnetCounts = ({ correct, hits, robust, rejectedClean, rejectedPoisoned }: GoodNetCounts): GoodNetCounts => ({
  correct,
  hits,
  robust,
  rejectedClean,
  rejectedPoisoned,
});

/** Counts with the percentages that they are. */
function withRates({ correct, hits, robust }: Counts, { sizes }: Pick<Measured, 'sizes'>) {
  const shares = (counts: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(counts).map(([attack, count]) => [attack, percent(count, sizes.poisoned[attack]!)!]),
    );
  return {
    correct,
    hits,
    accuracy: percent(correct, sizes.clean)!,
    asr: shares(hits),
    robust,
    robustAccuracy: shares(robust),
  };
}
