import * as tf from '@tensorflow/tfjs-core';

/** What a layer answers to tensors [images, ...]. */
export type Answering = (xs: tf.Tensor[]) => tf.Tensor;

/** How far the answers to numbers may be off that are at most `most` off: at either end, where two of them are off apart, and where the answer turns between. */
export function moved(answer: Answering, given: tf.Tensor[], most: tf.Tensor[], y: tf.Tensor, turn: number): tf.Tensor {
  const ends = (up: (i: number) => number) => given.map((x, i) => tf.add(x, tf.mul(most[i]!, up(i))));
  const [low, high] = [ends(() => -1), ends(() => 1)];
  const between = given.map((_, i) => tf.maximum(tf.minimum(turn, high[i]!), low[i]!));
  const apart = given.length < 2 ? [] : [ends((i) => (i % 2 === 0 ? 1 : -1)), ends((i) => (i % 2 === 0 ? -1 : 1))];
  return [low, high, between, ...apart].map((xs) => tf.abs(tf.sub(answer(xs), y))).reduce((a, b) => tf.maximum(a, b));
}

/** The same for a softmax: one number up and all others down, and the other way round. */
export function softmaxMoves(x: tf.Tensor, most: tf.Tensor): tf.Tensor {
  const [up, down, y] = [tf.add(x, most), tf.sub(x, most), tf.softmax(x)];
  return tf.maximum(tf.sub(shareOf(up, down), y), tf.sub(y, shareOf(down, up)));
}

/** The same for a log_softmax, which moves no number farther than it is off and the one that is off most. */
export const logSoftmaxMoves = (most: tf.Tensor): tf.Tensor => tf.add(most, tf.max(most, -1, true));

/** The softmax of each number of `own` [..., classes] among the `others` of other classes. */
function shareOf(own: tf.Tensor, others: tf.Tensor): tf.Tensor {
  const top = tf.max(others, -1, true);
  const isTop = tf.equal(others, top);
  const powers = tf.exp(tf.sub(others, top));
  const rest = tf.add(top, tf.log(tf.maximum(tf.sub(tf.sum(powers, -1, true), powers), smallest)));
  const below = tf.where(isTop, lowest, others);
  const second = tf.max(below, -1, true);
  const restOfTop = tf.add(second, tf.log(tf.sum(tf.exp(tf.sub(below, second)), -1, true)));
  const alone = tf.logicalAnd(isTop, tf.equal(tf.sum(tf.cast(isTop, 'float32'), -1, true), 1));
  return tf.sigmoid(tf.sub(own, tf.where(alone, restOfTop, rest)));
}

const lowest = -1e38,
  smallest = 2 ** -126;

/** Where an answer is looked at between its number and the error on either side, as parts of the error. */
const between = [1 / 2, 1 / 8, 1 / 32, 1 / 128, 1 / 512];

/** How far `answer` leaves the straight lines from `y` to its ends `up` and `down`, or these each other's. */
export function bowOf(
  answer: Answering,
  xs: tf.Tensor[],
  errors: tf.Tensor[],
  [up, down]: [tf.Tensor, tf.Tensor],
  y: tf.Tensor,
): tf.Tensor {
  const at = (part: number): tf.Tensor => answer(xs.map((x, i) => tf.add(x, tf.mul(errors[i]!, part))));
  const off = (end: tf.Tensor, side: number, part: number): tf.Tensor =>
    tf.abs(tf.sub(tf.sub(at(side * part), y), tf.mul(tf.sub(end, y), part)));
  let most = tf.tidy(() => tf.abs(tf.sub(tf.mul(tf.add(up, down), 0.5), y)));
  for (const part of between) {
    for (const [end, side] of [[up, 1] as const, [down, -1] as const]) {
      const next = tf.tidy(() => tf.maximum(most, off(end, side, part)));
      most.dispose();
      most = next;
    }
  }
  return most;
}

/** The same of a layer that answers each number by itself, by straight lines that break at `kinks` alone: 0 for all numbers that have none within reach. */
export function bowAt(kinks: readonly number[], answer: Answering, given: tf.Tensor, errors: tf.Tensor): tf.Tensor {
  const [all, off] = [given.dataSync<'float32'>(), errors.dataSync<'float32'>()];
  const near: number[] = [];
  for (const kink of kinks)
    for (let i = 0; i < all.length; i++) if (Math.abs(all[i]! - kink) <= Math.abs(off[i]!)) near.push(i);
  const bows = new Float32Array(off.length);
  if (near.length === 0) return tf.tensor(bows, given.shape);
  const x = tf.tensor1d(near.map((i) => all[i]!));
  const error = tf.tensor1d(near.map((i) => off[i]!));
  const ends = [tf.add, tf.sub].map((move) => answer([move(x, error)])) as [tf.Tensor, tf.Tensor];
  const found = bowOf(answer, [x], [error], ends, answer([x])).dataSync();
  near.forEach((at, i) => (bows[at] = found[i]!));
  return tf.tensor(bows, given.shape);
}
