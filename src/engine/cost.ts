import { type Call, sizeOf } from '../models/net.ts';
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

/** Bytes of the tensors of an image that are there at once, at most, while the whole net is computed: each goes after its last reader. */
export function livingBytesAnImage({ prefix, suffix, shapes }: Parts): number {
  const calls = [...prefix, ...suffix];
  const lastReader = new Map(calls.flatMap(({ inputs }, i) => inputs.map((id) => [id, i] as const)));
  const living = new Set(calls.flatMap(({ inputs }) => inputs).slice(0, 1));
  let most = 0;
  calls.forEach(({ id }, i) => {
    living.add(id);
    const numbers = [...living].reduce((sum, each) => sum + sizeOf(shapes.get(each)!), 0);
    most = Math.max(most, numbers * Float32Array.BYTES_PER_ELEMENT);
    for (const each of living) if ((lastReader.get(each) ?? Infinity) <= i) living.delete(each);
  });
  return most;
}
