import type { ModelReport } from './record/report.ts';

/** Attacks that a table has columns for. */
export const mostAttacks = 4;

/** A model for tables that have a column for each attack: where there are too many, each set of figures has the attack with its highest ASR alone, under one name for all. */
export function fewAttacks(model: ModelReport): ModelReport {
  const { sweep, candidates } = model;
  const attacks = Object.keys(sweep.poisoned);
  if (attacks.length <= mostAttacks) return model;
  const name = `highest of ${attacks.length} attacks`;
  const only = <F extends { asr: Record<string, number | null> }>(figures: F): F => {
    const worst = attacks.reduce((most, attack) =>
      (figures.asr[attack] ?? -1) > (figures.asr[most] ?? -1) ? attack : most,
    );
    const one = (byAttack: object): object =>
      worst in byAttack ? { [name]: (byAttack as Record<string, unknown>)[worst] } : {};
    return Object.fromEntries(
      Object.entries(figures as object).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === 'object' && value !== null && !Array.isArray(value) ? one(value) : value,
      ]),
    ) as F;
  };
  return {
    ...model,
    candidates: candidates.map((candidate) => ({
      ...candidate,
      validation: only(candidate.validation),
      test: candidate.test && only(candidate.test),
    })),
    sweep: {
      ...sweep,
      poisoned: { [name]: Math.max(...Object.values(sweep.poisoned)) },
      steps: sweep.steps.map(({ goodnet, ...pruned }) => ({ ...only(pruned), goodnet: only(goodnet) })),
    },
  };
}
