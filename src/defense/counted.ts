import type { Tally } from '../engine/tally.ts';
import type { Counts, GoodNetCounts } from '../verdict/figures.ts';

/** What was counted of a net, and of the GoodNet of it and the original. */
export interface CountedNet {
  net: Counts;
  goodnet: GoodNetCounts;
}

/** What was counted on the images of an attack. */
export interface AttackTally {
  name: string;
  tally: Tally;
  knowsTrueLabels: boolean;
}

/** Tallies of a split's datasets as counts of the two nets. */
export function countedOf(clean: Tally, attacks: readonly AttackTally[]): CountedNet {
  const byAttack = (count: (tally: Tally) => number, of = attacks) =>
    Object.fromEntries(of.map(({ name, tally }) => [name, count(tally)]));
  const known = attacks.filter(({ knowsTrueLabels }) => knowsTrueLabels);
  return {
    net: {
      correct: clean.hits,
      hits: byAttack(({ hits }) => hits),
      robust: byAttack(({ robust }) => robust, known),
    },
    goodnet: {
      correct: clean.goodnetHits,
      hits: byAttack(({ goodnetHits }) => goodnetHits),
      robust: byAttack(({ goodnetRobust }) => goodnetRobust, known),
      rejectedClean: clean.rejected,
      rejectedPoisoned: byAttack(({ rejected }) => rejected),
    },
  };
}
