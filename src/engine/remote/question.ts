import { type Static, Type } from '@sinclair/typebox';
import { failure } from '../../base/errors.ts';
import { checkerInPlace, parsedBy } from '../../base/schema.ts';
import type { Layout, PixelScale } from '../../data/layout.ts';
import { exactJson } from '../../formats/exact-json.ts';
import type { TypedArray } from '../../formats/element-types.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../formats/safetensors.ts';
import type { Piece } from '../chunks.ts';
import type { CutNames } from '../parts.ts';
import { protocol } from './hello.ts';
import { sha256 } from './sha256.ts';

/** What is to be computed of a chunk of images: everything that it takes but the net. */
export interface Question {
  /** SHA-256 of the net as it was sent. */
  model: string;
  /** Null where it is not cut. */
  cut: CutNames | null;
  chunk: Piece;
  layout: Layout;
  scale: PixelScale;
  pixels: Pixels;
  /** What tallies take besides; null where sums are asked for. */
  counts: Counts | null;
}

/** Images as they are stored: integers 0..255 in bytes, all else rounded to float32, as it is where the net takes them. */
export interface Pixels extends Tensor {
  values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Labels, and the numbers of channels of `order` that are pruned. */
export interface Counts {
  labels: Int32Array;
  trueLabels: Int32Array | null;
  order: Int32Array;
  stops: readonly number[];
}

/** A question with the SHA-256 of its pixels. */
export type Asked = Question & { data: string };

const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const place = Type.Integer({ minimum: 0 });
const values = Type.Array(Type.Number(), { minItems: 1, maxItems: 65_536 });
const headerSchema = Type.Object({
  protocol: Type.Literal(protocol),
  model: hash,
  data: hash,
  cut: Type.Union([
    Type.Null(),
    Type.Object({
      layer: Type.String(),
      of: Type.Union([Type.Literal('outputs'), Type.Literal('inputs')]),
      rankAt: Type.Union([Type.String(), Type.Null()]),
    }),
  ]),
  chunk: Type.Tuple([place, place]),
  layout: Type.Union([Type.Literal('NCHW'), Type.Literal('NHWC')]),
  scale: Type.Object({ scale: Type.Number(), mean: values, std: values }),
  stops: Type.Union([Type.Null(), Type.Array(place, { minItems: 1, maxItems: 2 ** 20 })]),
});
const check = checkerInPlace(headerSchema);
const headerName = 'goodnet';

/** Bytes where all numbers are 0..255 and none is -0, which is another float; else float32. */
export function sentValues(stored: TypedArray): Pixels['values'] {
  const isBig = stored instanceof BigInt64Array || stored instanceof BigUint64Array;
  const numbers = isBig ? Float64Array.from(stored as BigInt64Array, Number) : stored;
  return areBytes(numbers) ? new Uint8Array(numbers) : new Float32Array(numbers);
}

function areBytes(numbers: ArrayLike<number>): boolean {
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!;
    if ((value & 255) !== value || Object.is(value, -0)) return false;
  }
  return true;
}

/** A question as a safetensors file, and the hash of its pixels. */
export async function sentQuestion(question: Question): Promise<{ body: Uint8Array<ArrayBuffer>; data: string }> {
  const { model, cut, chunk, layout, scale, pixels, counts } = question;
  const data = await sha256(bytesOf(pixels));
  const header: Static<typeof headerSchema> = {
    protocol,
    model,
    data,
    cut,
    chunk: [...chunk],
    layout,
    scale: { scale: scale.scale, mean: [...scale.mean], std: [...scale.std] },
    stops: counts && [...counts.stops],
  };
  const tensors = new Map<string, Tensor>([['pixels', pixels]]);
  for (const name of ['labels', 'trueLabels', 'order'] as const) {
    const list = counts?.[name];
    if (list) tensors.set(name, { shape: [list.length], values: list });
  }
  return { body: writeSafetensors({ metadata: { [headerName]: exactJson(header) }, tensors }), data };
}

/** The question in a body. Throws `request-invalid` or `safetensors` for what is none, damaged, or not what it says. */
export async function receivedQuestion(body: Uint8Array, counting: boolean): Promise<Asked> {
  const { metadata, tensors } = readSafetensors(body, 'request');
  const header = parsedBy(check, metadata[headerName] ?? '');
  if (header === null) throw refused(`its metadata are not a question of protocol ${protocol}`);
  const pixels = tensors.get('pixels');
  if (!isPixels(pixels)) throw refused('its pixels are neither uint8 nor float32');
  const [start, stop] = header.chunk;
  const count = stop - start;
  if (count < 1 || pixels.shape[0] !== count) throw refused('it has not the images that it names');
  if ((await sha256(bytesOf(pixels))) !== header.data) throw refused('its pixels have another SHA-256');
  const list = (name: string, length?: number): Int32Array => {
    const values = tensors.get(name)?.values;
    if (!(values instanceof Int32Array) || (length !== undefined && values.length !== length))
      throw refused(`its ${name} are not there, or not as int32`);
    return values;
  };
  const { model, data, cut, chunk, layout, scale, stops } = header;
  if ((stops !== null) !== counting) throw refused(counting ? 'it has no stops' : 'it has stops');
  const counts = stops && {
    labels: list('labels', count),
    trueLabels: tensors.has('trueLabels') ? list('trueLabels', count) : null,
    order: list('order'),
    stops,
  };
  return { model, data, cut, chunk, layout, scale, pixels, counts };
}

/** Whether channels and stops are those of a net that is cut so. Throws `request-invalid`. */
export function checkCounts({ order, stops }: Counts, channels: number): void {
  const isPlace = (channel: number): boolean => channel >= 0 && channel < channels;
  if (new Set(order).size < order.length || !order.every(isPlace)) throw refused('its order names no such channels');
  const isNext = (stop: number, i: number): boolean => (i === 0 ? stop === 0 : stop > stops[i - 1]!);
  if (!stops.every(isNext) || stops.at(-1)! > order.length) throw refused('its stops are not in its order');
}

const isPixels = (tensor: Tensor | undefined): tensor is Pixels =>
  tensor?.values instanceof Uint8Array || tensor?.values instanceof Float32Array;

const bytesOf = ({ values }: Pixels): Uint8Array<ArrayBuffer> =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const refused = (cause: string) => failure('request-invalid', 'request', { cause });
