import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../base/errors.ts';
import type { Call, Layer } from '../models/net.ts';
import { Bounds, type Runtime } from './bounds.ts';
import { forKernels, kernels, type Weights } from './kernels/layers.ts';
import { listening } from './listen.ts';

/**
 * The weights of the net in `file` as tensors, and bounds of what is computed with them. Kernels of products are held
 * as these take them.
 */
export class WeightTensors {
  private readonly byLayer = new Map<Layer, Weights>();

  readonly bounds: Bounds;

  /** `calls` are all those of the net. */
  constructor(
    readonly file: string,
    calls: readonly Call[],
    runtime: Runtime = 'TensorFlow',
  ) {
    this.bounds = new Bounds(file, calls, runtime);
  }

  /** For kernels, created once and held until `dispose`. */
  of(layer: Layer): Weights {
    const known = this.byLayer.get(layer);
    if (known !== undefined) return known;
    const made = tf.tidy(() => forKernels(layer, weightsOf(layer)));
    this.byLayer.set(layer, made);
    return made;
  }

  dispose(): void {
    for (const weights of this.byLayer.values()) tf.dispose(weights);
    this.byLayer.clear();
  }
}

/** The weights of a layer as its file has them. */
const weightsOf = (layer: Layer): Weights =>
  Object.fromEntries(layer.weights.map(({ name, values, shape }) => [name, tf.tensor(values, [...shape])]));

/** How a call is computed. */
export interface Computes {
  compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
}

/**
 * The same with every layer computed in another way, up to where a net depends on the channels that are off, and on
 * from there for each list of them.
 */
export interface Computing extends Computes {
  branch(off: Int32Array): Computing;
  /** For each image whether its class stands, whatever rounding makes of its scores, row-major with `outputs` a row. */
  decided?(scores: Float32Array, outputs: number): boolean[];
  /** Releases what it holds between calls. */
  dispose?(): void;
}

const plain: Computes = {
  compute({ layer: { className, options }, shape }, given, weights) {
    const kernel = kernels[className];
    if (kernel === undefined) throw new Error(`No kernel for ${className}`);
    return kernel(given, options, weights, shape);
  },
};

/**
 * Runs `calls` in order on the `known` tensors and answers those in `wanted`, each as `computing` does it. Takes over
 * `known`: each tensor is released after its last reader. The caller releases the answers. Throws `engine-failed` and
 * `output-not-finite`.
 */
export function runCalls(
  calls: readonly Call[],
  known: Map<string, tf.Tensor>,
  wanted: readonly string[],
  weights: WeightTensors,
  computing: Computes = plain,
): tf.Tensor[] {
  const readers = new Map<string, number>();
  const count = (id: string, by: number) => readers.set(id, (readers.get(id) ?? 0) + by);
  for (const call of calls) call.inputs.forEach((id) => count(id, 1));
  wanted.forEach((id) => count(id, 1));
  const release = (id: string) => {
    count(id, -1);
    if (readers.get(id)! <= 0) known.get(id)?.dispose();
  };
  try {
    for (const call of calls) {
      const given = call.inputs.map((id) => known.get(id)!);
      if (computing === plain) weights.bounds.follow(call, given);
      known.set(call.id, answerOf(call, given, weights, computing));
      call.inputs.forEach(release);
    }
  } catch (error) {
    tf.dispose([...known.values()]);
    throw error;
  }
  for (const [id, tensor] of known) if (!readers.has(id)) tensor.dispose();
  return wanted.map((id) => known.get(id)!);
}

function answerOf(call: Call, given: tf.Tensor[], weights: WeightTensors, computing: Computes): tf.Tensor {
  const { layer } = call;
  const held = computed(weights.file, layer, () => weights.of(layer));
  return tf.tidy(() =>
    computed(weights.file, layer, () => {
      const y = computing.compute(call, given, held);
      return given.includes(y) ? tf.clone(y) : y;
    }),
  );
}

/**
 * What the engine answers for a layer of the net in `file`. What it throws or prints meanwhile is a failure; TensorFlow
 * throws, and prints what is none.
 */
export function computed<T>(file: string, { name, className }: Pick<Layer, 'name' | 'className'>, work: () => T): T {
  try {
    return tf.getBackend() === 'wasm' ? listening(work) : work();
  } catch (error) {
    throw failure('engine-failed', file, {
      layer: name,
      className,
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}
