import { type Static, type TObject, Type } from '@sinclair/typebox';
import { images, nullable } from '../../verdict/figure-schema.ts';
import { withIndices } from '../reversal/anomaly.ts';
import { type Searched, smallest } from '../reversal/search.ts';
import type { Attempt } from '../retraining/attempts.ts';
import type { Original, Retrained } from '../retraining/candidates.ts';
import { attemptsTrace } from '../retraining/trace.ts';

/** A round: the trigger of every class, as far as figures tell, and the trainings that were to unlearn the smallest. */
export interface Round {
  triggers: Searched[];
  attempts: Attempt[];
}

/** What unlearning round after round brought to light. */
export interface Unlearned {
  original: Original;
  nets: Retrained[];
  /** Clean images, and those of the class with the fewest. */
  images: number;
  fewest: number;
  rounds: Round[];
}

/** What files and tables call the net of a round by. */
export const stageOf = (round: number): string => `unlearned_${round}`;

const index = Type.Integer({ minimum: 0 });
const trigger = Type.Object({
  target: index,
  steps: Type.Integer({ minimum: 1 }),
  sizes: Type.Array(Type.Number({ minimum: 0 }), {
    description: 'sums of the mask after each round of searches that the class was in',
  }),
  l1: Type.Number({ minimum: 0, description: 'sum of the mask' }),
  success: Type.Number({ minimum: 0, maximum: 1 }),
  reached: Type.Boolean({ description: 'whether 98% of the images were given the class' }),
  anomalyIndex: nullable(Type.Number()),
});

/** What the record of a model says of its unlearning. */
export const unlearningTrace = {
  unlearning: Type.Optional(
    Type.Object({
      images,
      fewest: images,
      rounds: Type.Array(
        Type.Object({ triggers: Type.Array(trigger), unlearned: Type.Array(index), attempts: attemptsTrace }),
      ),
    }),
  ),
};

export type UnlearningTrace = Static<TObject<typeof unlearningTrace>>;

/** A net's unlearning as its record has it; each round unlearns the triggers of `together` classes. */
export const traceOf = ({ images, fewest, rounds }: Unlearned, together: number): UnlearningTrace => ({
  unlearning: {
    images,
    fewest,
    rounds: rounds.map(({ triggers, attempts }) => ({
      triggers: withIndices(triggers),
      unlearned: smallest(triggers, together).map(({ target }) => target),
      attempts,
    })),
  },
});
