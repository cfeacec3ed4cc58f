import type { Call } from '../models/net.ts';
import { operations } from '../models/work.ts';
import type { Parts } from './parts.ts';

/** Operations that an image takes at most: the net up to the cut once, the rest for each number of channels that are off. */
export function operationsAnImage({ cut, prefix, suffix, shapes, channels }: Parts): number {
  const inAll = (calls: readonly Call[]): number =>
    calls.reduce((sum, { layer: { className, options, weights }, inputs, shape }) => {
      const needs = weights.map((weight): [string, readonly number[]] => [weight.name, weight.shape]);
      return sum + operations({ className, options, needs, inputs: inputs.map((id) => shapes.get(id)!), shape });
    }, 0);
  return inAll(prefix) + (cut === null ? 1 : channels + 1) * inAll(suffix);
}
