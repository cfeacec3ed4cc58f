import { failure } from '../base/errors.ts';
import { defaultBounds, limits } from '../base/limits.ts';
import { mergingLayers } from './layers/merging.ts';
import { augments } from './layers/regularization.ts';
import { dtypeName, layerSpecs, parseOptions } from './layers/allow-list.ts';
import type { Dialect, Language } from './layers/spec.ts';
import { type Call, type Layer, type Model, type Shape, sizeOf, type Weight } from './net.ts';
import { excess, type Use } from './work.ts';
import { rewriteOf } from './rewritten.ts';

/** One use of a layer on some tensors. A layer that is used twice has two calls. */
export interface CallConfig {
  id: string;
  layer: string;
  inputs: string[];
}

/** A layer with the options that its config gives it. */
export interface LayerConfig {
  name: string;
  className: string;
  config: Record<string, unknown>;
  /** The shapes that the file gives for its input, batch axis first. */
  declaredShapes?: unknown[];
  /** Whether it is trained, as far as the nets around it have a say, too; it is unless this is false. */
  trainable?: boolean;
  /** Whether more in the net reads the tensors of the file that its weights are. */
  shares?: true;
}

/** A flat net as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology<D extends Language = Dialect> {
  name: string;
  dialect: D;
  layers: LayerConfig[];
  calls: CallConfig[];
  input: string;
  output: string;
  /** The number formats that its nets declare for themselves, as their configs hold them. */
  dtypes?: unknown[];
  /** The tensors that enter nets inside, each with the input layer that takes it. */
  entries?: { layer: string; tensor: string }[];
}

/** The weights that a layer needs, in Keras's order. */
export type Needs = [name: string, shape: Shape][];

/** Where weights come from: `needs` has every layer that needs some, in order, and so has the answer. */
export type WeightSource = (needs: ReadonlyMap<string, Needs>) => ReadonlyMap<string, Weight[]>;

/** Joins wiring and weights to a model; every shape is inferred and checked. `file` is the one that messages name. Throws `memory` before a weight is read. */
export function buildModel(
  topology: Topology<Language>,
  weights: WeightSource,
  file: string,
  sha256: string,
  memoryBytes = defaultBounds.memoryBytes,
): Model {
  if (topology.calls.length > limits.calls)
    throw failure('model-config', file, {
      cause: `it has ${topology.calls.length} layers, at most ${limits.calls} are read`,
    });
  const inputs = topology.calls.reduce((sum, call) => sum + call.inputs.length, 0);
  if (inputs > limits.inputs)
    throw failure('model-config', file, {
      cause: `its layers read ${inputs} tensors, at most ${limits.inputs} are read`,
    });
  const configs = new Map(topology.layers.map((entry) => [entry.name, entry]));
  const parsed = new Map(
    topology.layers.map((entry) => [
      entry.name,
      parseOptions(file, entry.name, entry.className, entry.config, topology.dialect),
    ]),
  );
  const layers = new Map<string, Layer>();
  const needs = new Map<string, Needs>();
  const shapes = new Map<string, Shape>();
  const builtFor = new Map<string, Shape>();
  const uses: Use[] = [];
  const calls = inOrder(topology, file).map(({ id, layer: name, inputs }): Call => {
    const { className, trainable = true, shares } = configs.get(name)!;
    const spec = layerSpecs.get(className)!;
    const options = parsed.get(name)!;
    const inputShapes = inputs.map((input) => shapes.get(input)!);
    return refusing(file, { name, className }, () => {
      checkInputs(className, inputs.length);
      const needed = spec.weights?.(options, inputShapes) ?? [];
      const shape = spec.output(options, inputShapes);
      checkShape(shape);
      checkSharing(needs.get(name), needed);
      const first = builtFor.get(name) ?? inputShapes[0];
      if (needed.length > 0 || className.endsWith('Normalization')) checkAxes(first, inputShapes[0]);
      if (first !== undefined) builtFor.set(name, first);
      shapes.set(id, shape);
      uses.push({ className, options, needs: needed, inputs: inputShapes, shape });
      const perChannel = spec.perChannel(options);
      const made: Layer = { name, className, options, perChannel, trainable, ...(shares && { shares }), weights: [] };
      const layer = layers.get(name) ?? made;
      layers.set(name, layer);
      if (needed.length > 0) needs.set(name, needed);
      return { id, layer, inputs, shape };
    });
  });
  const much = excess(uses);
  if (much !== null) throw failure('model-config', file, { cause: much });
  const bytes = memoryFor(needs, calls);
  if (bytes > memoryBytes) throw failure('memory', file, { what: 'its net', bytes, most: memoryBytes });
  for (const [name, found] of weights(needs)) {
    const layer = layers.get(name)!;
    layer.weights = found;
    refusing(file, layer, () => layerSpecs.get(layer.className)!.check?.(layer.options, found));
  }
  const outputs = scoresOf(calls.at(-1)!, file);
  return {
    name: topology.name,
    file,
    sha256,
    dialect: topology.dialect,
    calls,
    input: topology.input,
    inputShape: shapes.get(topology.input)!,
    output: topology.output,
    classes: Math.max(2, outputs),
    outputs,
    precision:
      [...topology.layers.map(({ config }) => config['dtype']), ...(topology.dtypes ?? [])]
        .map(dtypeName)
        .find((dtype) => dtype !== 'float32') ?? 'float32',
    ambiguousActivation: calls.some(({ layer }) => layer.options['activation'] === 'hard_sigmoid_keras2')
      ? 'hard_sigmoid'
      : null,
    augmentation: calls.find(({ layer }) => augments(layer.className))?.layer.className ?? null,
    rewritten: rewriteOf(calls, topology.dialect === 'onnx'),
  };
}

/** What is wrong with a layer, as `layer-option`. */
function refusing<T>(file: string, { name, className }: Pick<Layer, 'name' | 'className'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && error.name === 'Error')
      throw failure('layer-option', file, { layer: name, className, cause: error.message });
    throw error;
  }
}

/** Checks how many tensors a layer is called on: all but the merging ones take one. */
function checkInputs(className: string, count: number): void {
  const takes = className === 'InputLayer' ? 0 : 1;
  if (count < takes) throw new Error('it has no input');
  if (count > takes && mergingLayers[className] === undefined)
    throw new Error(`it is called on ${count} tensors, it takes ${takes}`);
}

/** Checks that the engine computes an answer of this shape. */
function checkShape(shape: Shape): void {
  const values = sizeOf(shape);
  if (values > limits.layerValues)
    throw new Error(`it answers ${values} numbers for one image, at most ${limits.layerValues} are computed`);
  if (shape.length > limits.axes)
    throw new Error(`it answers ${shape.length} axes, at most ${limits.axes} are computed`);
}

/** Checks that a layer's weights fit each of its uses. */
function checkSharing(known: Needs | undefined, needed: Needs): void {
  const shapes = (needs: Needs): string => needs.map(([name, shape]) => `${name} ${shape.join('x')}`).join(', ');
  if (known !== undefined && shapes(known) !== shapes(needed))
    throw new Error(`its uses need different weights: ${shapes(known)} and ${shapes(needed)}`);
}

/** Checks that what is built for the axes of its first use fits another. */
function checkAxes(known: Shape | undefined, shape: Shape | undefined): void {
  const axes = (of: Shape): string => `${of.length} axes, the last of ${of.at(-1)}`;
  if (known !== undefined && shape !== undefined && axes(known) !== axes(shape))
    throw new Error(`its uses have different axes: ${axes(known)}, and ${axes(shape)}`);
}

/** Bytes for all weights, as read and as the engine holds them, and for the largest answer of a layer beside its input. */
function memoryFor(needs: ReadonlyMap<string, Needs>, calls: readonly Call[]): number {
  const weights = [...needs.values()].flat().reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
  return (
    2 * Float32Array.BYTES_PER_ELEMENT * (weights + calls.reduce((most, { shape }) => Math.max(most, sizeOf(shape)), 0))
  );
}

/** How many scores the last call answers: one for each class, or a single sigmoid. */
function scoresOf({ layer, shape }: Call, file: string): number {
  const [outputs = 0] = shape;
  if (shape.length !== 1)
    throw failure('model-shape', file, { cause: `an output of shape ${shape.join('x') || 'none'}` });
  if (outputs === 1 && layer.options['activation'] !== 'sigmoid')
    throw failure('model-shape', file, {
      cause:
        'a single output without a sigmoid, which says no class (end it in a sigmoid: `Activation("sigmoid")` in Keras, `nn.Sigmoid()` in PyTorch)',
    });
  return outputs;
}

/** The calls that the output depends on, each after its inputs. */
function inOrder(topology: Topology<Language>, file: string): CallConfig[] {
  const byId = new Map(topology.calls.map((call) => [call.id, call]));
  const state = new Map<string, 'open' | 'done'>();
  const order: CallConfig[] = [];
  const visit = (id: string): void => {
    if (state.get(id) === 'done') return;
    const call = byId.get(id);
    if (call === undefined) throw failure('model-config', file, { cause: `nothing is named ${id}` });
    if (state.get(id) === 'open')
      throw failure('model-config', file, { cause: `layer ${call.layer} reads its own output` });
    state.set(id, 'open');
    call.inputs.forEach(visit);
    state.set(id, 'done');
    order.push(call);
  };
  visit(topology.output);
  const inputs = order.filter((call) => call.inputs.length === 0);
  if (inputs.length !== 1 || inputs[0]!.id !== topology.input)
    throw failure('model-config', file, { cause: 'its output does not follow from its one input' });
  return order;
}
