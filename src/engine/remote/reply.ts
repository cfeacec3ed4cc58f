import { readSafetensors, type Tensor, writeSafetensors } from '../../formats/safetensors.ts';
import type { Tally } from '../tally.ts';
import { protocol } from './hello.ts';

/** What a reply is a reply to: SHA-256 of the net, of the pixels and of the whole request. */
export interface Echo {
  model: string;
  data: string;
  request: string;
}

const counted = ['hits', 'goodnetHits', 'rejected', 'robust', 'goodnetRobust'] as const satisfies (keyof Tally)[];

/** Sums as a safetensors file that says what they are a reply to. */
export const sentSums = (echo: Echo, sums: Float64Array): Uint8Array<ArrayBuffer> =>
  sent(echo, 'sums', { shape: [sums.length], values: sums });

/** Tallies as a safetensors file: [stops, 5]. */
export const sentTallies = (echo: Echo, tallies: readonly Tally[]): Uint8Array<ArrayBuffer> =>
  sent(echo, 'tallies', {
    shape: [tallies.length, counted.length],
    values: Int32Array.from(tallies.flatMap((tally) => counted.map((name) => tally[name]))),
  });

function sent(echo: Echo, name: string, tensor: Tensor): Uint8Array<ArrayBuffer> {
  return writeSafetensors({ metadata: { protocol: String(protocol), ...echo }, tensors: new Map([[name, tensor]]) });
}

/** The sums of so many channels in a reply. Throws an error for what is none, or of something else. */
export function receivedSums(reply: Uint8Array, echo: Echo, channels: number): Float64Array {
  const { values } = received(reply, echo, 'sums', [channels]);
  if (!(values instanceof Float64Array) || !values.every(Number.isFinite)) throw new Error('its sums are no numbers');
  return values;
}

/** The tallies of so many stops over so many images in a reply. Throws an error for what is none, or of something else. */
export function receivedTallies(reply: Uint8Array, echo: Echo, stops: number, images: number): Tally[] {
  const { values } = received(reply, echo, 'tallies', [stops, counted.length]);
  if (!(values instanceof Int32Array) || !values.every((count) => count >= 0 && count <= images))
    throw new Error('its tallies are no numbers of images');
  return Array.from(
    { length: stops },
    (_, stop) =>
      Object.fromEntries(counted.map((name, i) => [name, values[stop * counted.length + i]!])) as unknown as Tally,
  );
}

function received(reply: Uint8Array, echo: Echo, name: string, shape: readonly number[]): Tensor {
  const { metadata, tensors } = readSafetensors(reply, 'its answer');
  const expected = Object.entries({ protocol: String(protocol), ...echo });
  if (!expected.every(([key, value]) => metadata[key] === value)) throw new Error('it answers something else');
  const tensor = tensors.get(name);
  if (tensor === undefined || tensors.size > 1 || tensor.shape.join() !== shape.join())
    throw new Error(`it answers no ${name} of this shape`);
  return tensor;
}
