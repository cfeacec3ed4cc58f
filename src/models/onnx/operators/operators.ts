import { activations } from './activations.ts';
import { convolutions } from './convolution.ts';
import { products } from './linear.ts';
import { merging } from './merging.ts';
import { parts } from './parts.ts';
import { poolings } from './pooling.ts';
import { shapes } from './shapes.ts';
import type { Operator } from './site.ts';
import { votes } from './votes.ts';

/** Every operator that is read; one that is not here is refused by name. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    ...convolutions,
    ...poolings,
    ...activations,
    ...products,
    ...merging,
    ...shapes,
    ...parts,
    ...votes,
  }),
);
