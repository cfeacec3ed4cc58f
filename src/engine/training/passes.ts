import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../../base/errors.ts';
import { type Call, type Edits, type Layer, type Model, sizeOf, type Weight } from '../../models/net.ts';
import { computed } from '../graph.ts';
import { onTensorflow } from '../kernels/activation.ts';
import { backward } from '../kernels/backward.ts';
import { kernels, type Weights } from '../kernels/layers.ts';
import { leadingTo } from '../parts.ts';
import { elementary } from './elementary.ts';

/** Of what gradients are asked for. */
export interface Wanted {
  weights: boolean;
  input: boolean;
}

/** Gradients of a pass, summed over its images: of weights by their path, and of the input. The caller releases them. */
export interface Gradients {
  weights: Map<string, tf.Tensor>;
  input: tf.Tensor | null;
}

/** What a pass remembers takes so many bytes at most, unless one image alone takes more. */
const passBytes = 1 << 28;

/** A net forward and back on the engine of this thread: what its answers at some calls owe to its weights and its input. */
export class Passes {
  /** The weights that are trained, in the order of the net. */
  readonly trained: readonly Weight[];
  /** How many images a pass takes at once. */
  readonly most: number;
  private readonly calls: readonly Call[];
  /** The tensors through which the gradients flow. */
  private readonly flows = new Set<string>();
  private readonly held: ReadonlyMap<string, tf.Tensor>;

  /** `ends` are ids of elementary calls, `edits` weights that differ from the file's. Throws `no-gradient`. */
  constructor(
    private readonly model: Model,
    private readonly ends: readonly string[],
    private readonly wanted: Wanted,
    edits: Edits = new Map(),
  ) {
    this.calls = leadingTo(elementary(model.calls), ends);
    const byPath = new Map(this.calls.flatMap(({ layer }) => layer.weights).map((weight) => [weight.path, weight]));
    const trained = new Set(wanted.weights ? this.calls.flatMap(({ layer }) => trainedOf(layer)) : []);
    this.trained = [...byPath.values()].filter(({ path }) => trained.has(path));
    if (wanted.input) this.flows.add(model.input);
    for (const { id, layer, inputs } of this.calls) {
      const owes = inputs.some((input) => this.flows.has(input));
      if (owes || (wanted.weights && trainedOf(layer).length > 0)) this.flows.add(id);
    }
    for (const { id, layer } of this.calls) if (this.flows.has(id)) checkGradient(layer, model.file);
    const numbers = this.calls.reduce((sum, { shape }) => sum + sizeOf(shape), sizeOf(model.inputShape));
    this.most = Math.max(1, Math.floor(passBytes / (2 * Float32Array.BYTES_PER_ELEMENT * numbers)));
    this.held = new Map(
      [...byPath].map(([path, { values, shape }]) => [path, tf.tensor(edits.get(path) ?? values, [...shape])]),
    );
  }

  /** The tensor of a weight, which a step of training changes. */
  weight(path: string): tf.Tensor {
    return this.held.get(path)!;
  }

  /**
   * Computes `count` images, and back from the gradients that `slopes` makes of the answers at the ends, row-major.
   * Throws `engine-failed`.
   */
  run(images: Float32Array, count: number, slopes: (answers: Float32Array[]) => Float32Array[]): Gradients {
    const known = new Map<string, tf.Tensor>([
      [this.model.input, tf.tensor(images, [count, ...this.model.inputShape])],
    ]);
    const found: Gradients = { weights: new Map(), input: null };
    const flowing = new Map<string, tf.Tensor>();
    try {
      for (const call of this.calls) known.set(call.id, this.forward(call, known));
      const ends = this.ends.map((id) => known.get(id)!);
      const given = slopes(ends.map((end) => end.dataSync<'float32'>()));
      ends.forEach((end, i) => addTo(flowing, this.ends[i]!, tf.tensor(given[i]!, end.shape)));
      for (const call of [...this.calls].reverse()) {
        this.back(call, known, flowing, found.weights);
        take(known, call.id)?.dispose();
      }
      if (this.wanted.input)
        found.input = take(flowing, this.model.input) ?? tf.zerosLike(known.get(this.model.input)!);
      return found;
    } catch (error) {
      tf.dispose([...found.weights.values()]);
      throw error;
    } finally {
      tf.dispose([...known.values(), ...flowing.values()]);
    }
  }

  dispose(): void {
    tf.dispose([...this.held.values()]);
  }

  private forward({ layer, inputs, shape }: Call, known: ReadonlyMap<string, tf.Tensor>): tf.Tensor {
    const given = inputs.map((id) => known.get(id)!);
    return tf.tidy(() =>
      computed(this.model.file, layer, () => {
        const y = kernels[layer.className]!(given, layer.options, this.weightsOf(layer), shape);
        return given.includes(y) ? tf.clone(y) : y;
      }),
    );
  }

  /** Takes the gradient of what `call` answered, and adds to those of what it was given and of its weights. */
  private back(
    { id, layer, inputs }: Call,
    known: ReadonlyMap<string, tf.Tensor>,
    flowing: Map<string, tf.Tensor>,
    weights: Map<string, tf.Tensor>,
  ): void {
    const dy = take(flowing, id);
    if (dy === undefined) return;
    const trained = this.wanted.weights ? trainedOf(layer) : [];
    const onward = inputs.some((input) => this.flows.has(input));
    const entry = backward[layer.className]!;
    const call = {
      inputs: inputs.map((input) => known.get(input)!),
      y: known.get(id)!,
      options: layer.options,
      weights: this.weightsOf(layer),
    };
    const found = tf.tidy(() =>
      computed(this.model.file, layer, () => {
        const slope = entry.behind?.(dy, call) ?? dy;
        return {
          inputs: onward ? entry.inputs(slope, call).map(apart(dy)) : [],
          weights: trained.length > 0 ? entry.weights!(slope, call) : {},
        };
      }),
    );
    dy.dispose();
    found.inputs.forEach((slope, i) =>
      this.flows.has(inputs[i]!) ? addTo(flowing, inputs[i]!, slope) : slope.dispose(),
    );
    for (const { name, path } of layer.weights) {
      const slope = found.weights[name];
      if (slope === undefined) continue;
      if (trained.includes(path)) addTo(weights, path, slope);
      else slope.dispose();
    }
  }

  private weightsOf({ weights }: Layer): Weights {
    return Object.fromEntries(weights.map(({ name, path }) => [name, this.held.get(path)!]));
  }
}

/** The paths of the weights of a layer that Keras trains. */
function trainedOf({ className, trainable, weights }: Layer): string[] {
  if (!trainable || className === 'Normalization') return [];
  return weights.filter(({ name }) => !name.startsWith('moving_')).map(({ path }) => path);
}

/** Throws `no-gradient` where training could not go by what a layer answers. */
function checkGradient({ name, className, options }: Layer, file: string): void {
  const refuse = (cause: string) => failure('no-gradient', file, { layer: name, className, cause });
  if (onTensorflow()) throw refuse('gradients are computed on the engine wasm alone');
  if (backward[className] === undefined) throw refuse('no gradient of this class is known');
  const { max_value: most, negative_slope: slope, threshold } = options as Record<string, number | null>;
  if (className === 'ReLU' && slope === 0 && most != null && most <= Math.max(0, threshold!))
    throw refuse('its answer has no slope anywhere');
}

/** Tensors that can be released one by one, and beside dy. */
const apart =
  (dy: tf.Tensor) =>
  (tensor: tf.Tensor, i: number, all: readonly tf.Tensor[]): tf.Tensor =>
    tensor === dy || all.indexOf(tensor) < i ? tf.clone(tensor) : tensor;

function take(tensors: Map<string, tf.Tensor>, id: string): tf.Tensor | undefined {
  const found = tensors.get(id);
  tensors.delete(id);
  return found;
}

/** Adds to the tensor of `id`, which takes over the addend where it is the first. */
function addTo(tensors: Map<string, tf.Tensor>, id: string, addend: tf.Tensor): void {
  const before = tensors.get(id);
  tensors.set(id, before === undefined ? addend : tf.add(before, addend));
  if (before !== undefined) tf.dispose([before, addend]);
}
