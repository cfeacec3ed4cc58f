import * as tf from '@tensorflow/tfjs-core';
import type { Call, Layer } from '../keras/model.ts';
import { kernels, type Weights } from './kernels/layers.ts';

/** The net's weights as tensors, created once and held until `dispose`. */
export class WeightTensors {
  private readonly byLayer = new Map<Layer, Weights>();

  of(layer: Layer): Weights {
    const known = this.byLayer.get(layer);
    if (known !== undefined) return known;
    const made = Object.fromEntries(layer.weights.map(({ name, values, shape }) => [name, tf.tensor(values, [...shape])]));
    this.byLayer.set(layer, made);
    return made;
  }

  dispose(): void {
    for (const weights of this.byLayer.values()) tf.dispose(weights);
    this.byLayer.clear();
  }
}

/** How a call is computed. */
export interface Computing {
  compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
}

const plain: Computing = {
  compute({ layer: { className, options }, shape }, given, weights) {
    const kernel = kernels[className];
    if (kernel === undefined) throw new Error(`No kernel for ${className}`);
    return kernel(given, options, weights, shape);
  },
};

/**
 * Runs `calls` in order on the `known` tensors and answers those in `wanted`, each as `computing` does it.
 * Takes over `known`: each tensor is released after its last reader. The caller releases the answers.
 */
export function runCalls(calls: readonly Call[], known: Map<string, tf.Tensor>, wanted: readonly string[], weights: WeightTensors, computing: Computing = plain): tf.Tensor[] {
  const readers = new Map<string, number>();
  const count = (id: string, by: number) => readers.set(id, (readers.get(id) ?? 0) + by);
  for (const call of calls) call.inputs.forEach((id) => count(id, 1));
  wanted.forEach((id) => count(id, 1));
  const release = (id: string) => {
    count(id, -1);
    if (readers.get(id)! <= 0) known.get(id)?.dispose();
  };
  for (const call of calls) {
    const { id, layer, inputs } = call;
    const given = inputs.map((input) => known.get(input)!);
    const held = weights.of(layer);
    const output = tf.tidy(() => {
      const y = computing.compute(call, given, held);
      return given.includes(y) ? tf.clone(y) : y;
    });
    known.set(id, output);
    inputs.forEach(release);
  }
  for (const [id, tensor] of known) if (!readers.has(id)) tensor.dispose();
  return wanted.map((id) => known.get(id)!);
}
