import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../models/net.ts';
import { bytes, type KernelMemory } from './engine-memory.ts';
import { errorCode } from './product-code.ts';

/** What errors.as.ts exports; numbers that are not counts, shares or keys are places in memory. */
interface ErrorCode {
  addRoundings(...numbers: number[]): void;
  addBends(...numbers: number[]): void;
  clampErrors(...numbers: number[]): void;
  largestOf(errors: number, count: number, most: number, step: number): void;
  sizesOf(x: number, count: number, out: number): void;
  flush(x: number, count: number, out: number): void;
  largestIn(x: number, count: number): number;
}

/**
 * How many errors of a number are followed side by side; and in so many, the last ones, it is followed how far bent
 * answers leave a straight line.
 */
export const worlds = 7,
  bent = 3;

/**
 * What is drawn for some images side by side, alike for all of them: two keys, by which each number has its own, and
 * what all numbers of a layer have in one of the worlds.
 */
export interface Drawn {
  images: number;
  keys: readonly [number, number];
  one: number;
}

/** Errors [worlds * images, ...], and the largest sizes of them [images, ...]. */
export interface Errors {
  errors: tf.Tensor;
  most: tf.Tensor;
}

const names = {
  roundings: 'GoodnetAddRoundings',
  bends: 'GoodnetAddBends',
  clamp: 'GoodnetClampErrors',
  largest: 'GoodnetLargestErrors',
  sizes: 'GoodnetSizes',
  flush: 'GoodnetFlush',
  each: 'GoodnetLargestOfEach',
} as const;

/** Cauchy's distribution of scale 1: however many meet in a sum, it is spread as if each were 1 and none cancelled. */
const quantiles = Float32Array.from({ length: 2 ** 12 }, (_, i) => Math.tan(Math.PI * ((i + 0.5) / 2 ** 12 - 0.5)));

/** Gives an engine, which has been started, the kernels of this file, which compute in this memory. */
export function registerErrors(memory: KernelMemory): void {
  const code = memory.exportsOf<ErrorCode>(errorCode());
  const cauchy = memory.at(memory.holding(quantiles));

  /** Errors of `shape`, image by image: `make` is told how far an image lies in, its numbers, and what is drawn. */
  const made = (
    [images = 1, ...shape]: readonly number[],
    drawn: readonly Drawn[],
    make: (from: number, count: number, out: number, most: number, ...rest: number[]) => void,
  ): tf.TensorInfo[] => {
    const [errors, most] = [memory.output([worlds * images, ...shape]), memory.output([images, ...shape])];
    const [out, largest] = [memory.at(errors), memory.at(most)];
    const count = sizeOf(shape);
    let from = 0;
    for (const { images: some, keys, one } of drawn)
      for (let image = 0; image < some; image++, from += bytes * count)
        make(from, count, out + from, largest + from, bytes * images * count, one, ...keys, cauchy);
    return [errors, most];
  };

  memory.add(names.roundings, ({ inputs, attrs }) => {
    const { sizes, before } = inputs as { sizes: tf.TensorInfo; before?: tf.TensorInfo };
    const { share, flushed, drawn } = attrs as unknown as { share: number; flushed: number; drawn: Drawn[] };
    const [size, old] = [memory.at(sizes), before && memory.at(before)];
    return made(sizes.shape, drawn, (from, count, ...rest) =>
      code.addRoundings(size + from, count, share, flushed, old === undefined ? 0 : old + from, ...rest),
    );
  });

  memory.add(names.bends, ({ inputs, attrs }) => {
    const { untold, bows, before } = inputs as Record<'untold' | 'bows' | 'before', tf.TensorInfo>;
    const [size, bow, old] = [untold, bows, before].map((tensor) => memory.at(tensor)) as [number, number, number];
    return made(untold.shape, (attrs as unknown as { drawn: Drawn[] }).drawn, (from, count, ...rest) =>
      code.addBends(size + from, bow + from, count, old + from, ...rest),
    );
  });

  memory.add(names.clamp, ({ inputs, attrs }) => {
    const { x, errors } = inputs as Record<'x' | 'errors', tf.TensorInfo>;
    const { least, highest, drawn } = attrs as unknown as { least: number; highest: number; drawn: Drawn[] };
    const [given, old] = [memory.at(x), memory.at(errors)];
    return made(x.shape, drawn, (from, count, ...rest) =>
      code.clampErrors(given + from, count, least, highest, old + from, ...rest),
    );
  });

  memory.add(names.largest, ({ inputs }) => {
    const { errors } = inputs as { errors: tf.TensorInfo };
    const [rows = worlds, ...shape] = errors.shape;
    const most = memory.output([rows / worlds, ...shape]);
    const count = sizeOf(most.shape);
    code.largestOf(memory.at(errors), count, memory.at(most), bytes * count);
    return most;
  });

  const addEach = (name: string, make: (x: number, count: number, y: number) => void): void =>
    memory.add(name, ({ inputs }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const y = memory.output(x.shape);
      make(memory.at(x), sizeOf(x.shape), memory.at(y));
      return y;
    });
  addEach(names.sizes, (...numbers) => code.sizesOf(...numbers));
  addEach(names.flush, (...numbers) => code.flush(...numbers));

  memory.add(names.each, ({ inputs }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const images = x.shape[0]!;
    const count = sizeOf(x.shape) / images;
    const found = Array.from({ length: images }, (_, image) =>
      code.largestIn(memory.at(x) + bytes * image * count, count),
    );
    return memory.holding(Float32Array.from(found));
  });
}

const run = (name: string, inputs: tf.NamedTensorMap, attrs: object): Errors => {
  const [errors, most] = tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap) as unknown as tf.Tensor[];
  return { errors: errors!, most: most! };
};

/**
 * Errors `before`, and `share` of these sizes [images, ...], and `flushed` where there are any: upwards; by what is
 * drawn for all of them; twice by Cauchy's distribution; upwards; twice up or down.
 */
export const addRoundings = (
  sizes: tf.Tensor,
  share: number,
  flushed: number,
  before: tf.Tensor | null,
  drawn: readonly Drawn[],
): Errors => run(names.roundings, { sizes, ...(before && { before }) }, { share, flushed, drawn });

/**
 * Errors `before`, and what bends make of them: `untold` [images, ...] upwards, by what is drawn for all of them, and
 * twice spread evenly; in the last worlds `bows` [bent * images, ...] by Cauchy's distribution.
 */
export const addBends = (untold: tf.Tensor, bows: tf.Tensor, before: tf.Tensor, drawn: readonly Drawn[]): Errors =>
  run(names.bends, { untold, bows, before }, { drawn });

/** What becomes of the errors of `x` behind a clamp between `least` and `highest`. */
export const clampErrors = (
  x: tf.Tensor,
  [least, highest]: readonly [number, number],
  errors: tf.Tensor,
  drawn: readonly Drawn[],
): Errors => run(names.clamp, { x, errors }, { least, highest, drawn });

/** The largest sizes [images, ...] of errors. */
export const largestOf = (errors: tf.Tensor): tf.Tensor => tf.engine().runKernel(names.largest, { errors });

/** A size of which two multiply to a normal number. */
export const leastSize = 2 ** -62;

/** Sizes, at least `leastSize` but for 0. */
export const sizesOf = (x: tf.Tensor): tf.Tensor => tf.engine().runKernel(names.sizes, { x });

/** Numbers below the smallest normal float32 made 0, as TensorFlow's threads and many GPUs make them. */
export const flushed = (x: tf.Tensor): tf.Tensor => tf.engine().runKernel(names.flush, { x });

/** The largest size of each image's numbers [images, ...]; what is no number is larger than all. */
export const largestOfEach = (x: tf.Tensor): Float32Array =>
  tf.tidy(() => tf.engine().runKernel<tf.Tensor>(names.each, { x }).dataSync<'float32'>());
