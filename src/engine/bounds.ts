import type * as tf from '@tensorflow/tfjs-core';
import { failure } from '../base/errors.ts';
import { type Call, type Layer, sizeOf } from '../models/net.ts';
import { limit, mostFactors, type Reach, reachOf } from './kernels/reach.ts';

/** From where on factors are measured. */
const loose = 2 ** 12;

/** What runs a net that goodnet has scored. */
export type Runtime = 'TensorFlow' | 'onnxruntime';

/**
 * Upper bounds of the magnitudes in every tensor of a net, for all images that it has computed so far. They say where a number could overflow:
 * what becomes of infinities and of NaN differs from library to library, so a net whose scores may come of them is refused.
 * Bounds follow from the layers' weights; a tensor is measured only where they do not suffice.
 */
export class Bounds {
  private readonly known = new Map<string, number>();
  /** The largest product of some of the factors of each tensor that is a product; null where it is one factor. */
  private readonly products = new Map<string, number | null>();
  /** What is one of several numbers of a tensor, which others may be multiplied with. */
  private readonly chosen = new Set<string>();
  private readonly reaches = new Map<Layer, Reach>();
  /** What is multiplied again, by layers behind it. */
  private readonly multiplied = new Set<string>();

  /** `calls` are all those of the net in `file`; `runtime`: what multiplies their factors in another order. */
  constructor(
    private readonly file: string,
    calls: readonly Call[],
    private readonly runtime: Runtime,
  ) {
    for (const { id, layer, inputs } of calls.filter(({ inputs }) => inputs.length > 0).reverse()) {
      const { factors } = this.reachOf(layer);
      if (factors === undefined || factors.begins) continue;
      if (factors.multiplies || this.multiplied.has(id)) for (const input of inputs) this.multiplied.add(input);
    }
  }

  /** Holds the values that a tensor gets from outside, too. */
  include(id: string, values: Float32Array): void {
    this.widen(id, largestOf(values));
  }

  /** Bounds what `call` answers to `given`. Throws `output-not-finite` where its numbers may not be finite. */
  follow(call: Call, given: readonly tf.Tensor[]): void {
    const { id, layer, inputs } = call;
    const { within, answer, divides } = this.reachOf(layer);
    const last = divides ? [1 / leastOf(given.at(-1)!.dataSync<'float32'>())] : [];
    const others = inputs.length - last.length;
    let bounds = [...inputs.slice(0, others).map((input) => this.known.get(input)!), ...last];
    if (within !== null && !(within(bounds) < limit)) {
      bounds = [...given.slice(0, others).map((tensor) => largestOf(tensor.dataSync<'float32'>())), ...last];
      if (!(within(bounds) < limit)) {
        throw failure('output-not-finite', this.file, {
          cause: `, or not surely: layer ${layer.name} (${layer.className}) reaches numbers that overflow`,
        });
      }
    }
    this.multiply(call, given, last);
    this.widen(id, answer(bounds));
  }

  /** Follows the factors of products, `last` the reciprocal of a divisor. Throws `output-not-finite`, too. */
  private multiply({ id, layer, inputs, shape }: Call, given: readonly tf.Tensor[], last: readonly number[]): void {
    const { factors } = this.reachOf(layer);
    if (factors === undefined) return;
    const products = inputs.map((input) => (factors.begins ? undefined : this.products.get(input)));
    const ofProducts = products.some((known) => known !== undefined);
    const joins = inputs.length > 1 && products.includes(null); // by a constant alone a single factor is no row
    const ofRows = products.some((known) => known != null);
    const inRow = factors.multiplies && (inputs.length > 2 || ofRows || joins);
    const isChosen = inputs.some((input) => this.chosen.has(input));
    if (inputs.length === 1 && (isChosen || (factors.chooses && given[0]!.size > given[0]!.shape[0] * sizeOf(shape))))
      this.chosen.add(id);
    const inputsStay = {
      'as an input': ofProducts,
      'as all inputs': !isChosen && products.every((known) => known !== undefined),
    };
    const stays = typeof factors.stays === 'string' ? inputsStay[factors.stays] : factors.stays;
    const isProduct = this.multiplied.has(id) && stays;
    const isFactor = factors.joins || !(factors.multiplies || ofRows);
    if (isFactor && isProduct) this.products.set(id, this.products.get(id) ?? null);
    if (isFactor || (!inRow && !isProduct)) return;
    const largest = (magnitude: (input: number) => number): number =>
      factors.largest([...products.map((known, i) => known ?? magnitude(i)), ...last].map((x) => Math.max(1, x)));
    const known = largest((i) => this.known.get(inputs[i]!)!);
    const most = known < loose ? known : largest((i) => largestOf(given[i]!.dataSync<'float32'>()));
    if (inRow && !(most < mostFactors))
      throw failure('output-not-finite', this.file, {
        cause: `, or not surely: layer ${layer.name} (${layer.className}) multiplies factors of up to ${most.toExponential(0)}, which ${this.runtime} takes in another order`,
      });
    if (isProduct) this.products.set(id, Math.max(this.products.get(id) ?? 0, most));
  }

  private widen(id: string, bound: number): void {
    this.known.set(id, Math.max(this.known.get(id) ?? 0, bound));
  }

  private reachOf(layer: Layer): Reach {
    const known = this.reaches.get(layer);
    if (known !== undefined) return known;
    const reach = reachOf(layer, this.runtime === 'onnxruntime');
    this.reaches.set(layer, reach);
    return reach;
  }
}

/** The least magnitude. */
const leastOf = (values: Float32Array): number =>
  values.reduce((least, value) => Math.min(least, Math.abs(value)), Infinity);

/** The largest magnitude; NaN if there is one among them. Without their sign, the bits of floats are in the order of the magnitudes, NaN last. */
function largestOf(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const { length } = bits;
  let most = 0;
  for (let i = 0; i < length; i++) most = Math.max(most, bits[i]! & 0x7fffffff);
  return new Float32Array(Int32Array.of(most).buffer)[0]!;
}
