import * as tf from '@tensorflow/tfjs-core';
import { type Drawn, worlds } from '../kernels/errors.ts';
import { streamOf } from './salt.ts';

/** Images side by side that are of one trial: chance has it otherwise for each trial. */
export interface ImagesOfTrial {
  trial: number;
  images: number;
}

/** Spread evenly between so far below and above 0 numbers have a mean square of 1. */
const evenly = (drawn: number): number => 2 * Math.sqrt(3) * (drawn / 2 ** 32 - 0.5);

/** What is drawn for images of these trials: by the file, anew for each `draw`. */
export const drawnFor = (sha256: string, groups: readonly ImagesOfTrial[], draw: number): Drawn[] =>
  groups.map(({ trial, images }) => {
    const next = streamOf(sha256, draw, trial);
    return { images, keys: [next(), next()], one: evenly(next()) };
  });

/** A tensor [images, ...] for each world. */
export const wide = (tensor: tf.Tensor): tf.Tensor => tf.concat(Array.from({ length: worlds }, () => tensor));

/** What stands in one world of a tensor [worlds * images, ...]. */
export const ofWorld = (tensor: tf.Tensor, world: number): tf.Tensor => {
  const images = tensor.shape[0] / worlds;
  return tf.slice(tensor, [world * images], [images]);
};
