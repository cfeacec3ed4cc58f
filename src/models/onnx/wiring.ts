import { failure } from '../../base/errors.ts';
import type { CallConfig, LayerConfig } from '../build-model.ts';
import { layerSpecs, parseOptions } from '../layers/allow-list.ts';
import { innerId, type Shape, type Weight } from '../net.ts';
import { type Constant, isForChannels } from './constant.ts';
import { asMeant, gathered, isSameOrder, type Order, ordered, plain, stridesOf } from './order.ts';

/** A tensor of the net: what ONNX takes it for, without the axis of images, and how its numbers stand in memory here. */
export interface Tensor {
  kind: 'tensor';
  /** The call that answers it. */
  id: string;
  /** Its shape there. */
  held: Shape;
  shape: Shape;
  order: Order;
}

/** The numbers of a weight of a layer: a tensor of the file, in the order in which the layer has them; or numbers that no file holds. */
export type Source = { constant: Constant; order: Order } | { values: Float32Array };

export interface PlacedWeight {
  name: string;
  source: Source;
  /** Whether a weight before it is the same tensor of the file. */
  again?: true;
}

/** A layer without its place in the net. */
export interface NewLayer {
  className: string;
  config?: Record<string, unknown>;
  weights?: readonly PlacedWeight[];
}

/** Rows, columns and channels of ONNX's channels, rows and columns. */
export const imageAxes: readonly number[] = [1, 2, 0];

/** The layers and calls that the nodes of a graph become. */
export class Wiring {
  readonly layers: LayerConfig[] = [];
  readonly calls: CallConfig[] = [];
  /** The layer of each call. */
  private readonly byName = new Map<string, LayerConfig>();
  readonly weights = new Map<string, readonly PlacedWeight[]>();
  private readonly reshapes = new Map<string, Tensor>();
  /** What the file calls the answer of each call, first of all. */
  private readonly names = new Map<string, string>();
  /** The layer that each tensor of the file is a weight of; the first, where there are several. */
  private readonly owners = new Map<string, LayerConfig>();

  constructor(
    private readonly file: string,
    /** How many images go in at once; null where that is open. */
    readonly images: number | null,
  ) {}

  /** The image that goes in; `isTurned` where ONNX has its channels first. */
  input(name: string, shape: Shape, isTurned: boolean): Tensor {
    const order = isTurned ? ordered(shape, imageAxes) : asMeant(shape);
    const held = isTurned ? imageAxes.map((axis) => shape[axis]!) : shape;
    this.add(name, { name, className: 'InputLayer', config: { batch_shape: [null, ...held] } }, []);
    return { kind: 'tensor', id: name, held, shape, order };
  }

  /** A call of a new layer on tensors as they stand in memory: what it answers, in memory. Throws `layer-option`. */
  call(
    name: string,
    { className, config = {}, weights = [] }: NewLayer,
    inputs: readonly Tensor[],
  ): { id: string; held: Shape } {
    const options = parseOptions(this.file, name, className, config, 'onnx');
    const shapes = inputs.map(({ held }) => held);
    const spec = layerSpecs.get(className)!;
    const held = this.refusing(name, className, () => spec.output(options, shapes));
    const trainable = weights.every(({ source }) => 'constant' in source);
    const layer: LayerConfig = { name, className, config, trainable };
    this.add(
      name,
      this.alike(layer, weights) ?? layer,
      inputs.map(({ id }) => id),
    );
    if (this.byName.get(name) === layer && weights.length > 0) this.weights.set(name, this.owned(layer, weights));
    return { id: name, held };
  }

  /** A layer that does the same with the same tensors of the file: it is called again. */
  private alike(layer: LayerConfig, weights: readonly PlacedWeight[]): LayerConfig | undefined {
    const [first] = weights.map(({ source }) => 'constant' in source && this.owners.get(source.constant.name));
    const signs = (of: LayerConfig, its: readonly PlacedWeight[]): string =>
      JSON.stringify([of.className, of.config, its.map(signOf)]);
    if (!first || first.shares) return undefined;
    return signs(first, this.weights.get(first.name)!) === signs(layer, weights) ? first : undefined;
  }

  /** Fixes the layers whose weights the net reads as mere numbers, too. */
  fixNumbers(): void {
    for (const [name, weights] of this.weights)
      if (weights.some(({ source }) => 'constant' in source && source.constant.isReadAsNumbers))
        fix(this.byName.get(name)!);
  }

  /** A layer's weights. Where tensors of the file are weights of others, too, none of those layers can change. */
  private owned(layer: LayerConfig, weights: readonly PlacedWeight[]): PlacedWeight[] {
    return weights.map((weight) => {
      if (!('constant' in weight.source)) return weight;
      const { name } = weight.source.constant;
      const owner = this.owners.get(name);
      if (owner === undefined) this.owners.set(name, layer);
      else [owner, layer].forEach(fix);
      return owner === undefined ? weight : { ...weight, again: true };
    });
  }

  /** The name, or the first with a number that no layer has. */
  private free(name: string, number = 1): string {
    const numbered = number === 1 ? name : `${name}_${number}`;
    return this.byName.has(numbered) ? this.free(name, number + 1) : numbered;
  }

  private add(name: string, layer: LayerConfig, inputs: string[]): void {
    if (this.byName.has(name))
      throw failure('onnx-graph', this.file, { cause: `two of its layers would be called ${name}` });
    this.byName.set(name, layer);
    if (layer.name === name) this.layers.push(layer);
    this.calls.push({ id: name, layer: layer.name, inputs });
  }

  /** The same for a layer that answers each number in its place. */
  inPlace(name: string, layer: NewLayer, tensor: Tensor): Tensor {
    return { ...tensor, ...this.call(name, layer, [tensor]) };
  }

  /** The tensor with its axes in the order `axes` in memory; null where its numbers stand otherwise. `name`: of the layer that asks. */
  laidOut(name: string, tensor: Tensor, axes: readonly number[]): Tensor | null {
    const order = ordered(tensor.shape, axes);
    if (!isSameOrder(order, tensor.order)) return null;
    return this.held(
      name,
      { ...tensor, order },
      axes.map((axis) => tensor.shape[axis]!),
    );
  }

  /** The tensor with another shape in memory. */
  held(name: string, tensor: Tensor, shape: Shape): Tensor {
    if (tensor.held.join() === shape.join()) return tensor;
    const key = `${tensor.id} ${shape.join('x')}`;
    const known = this.reshapes.get(key);
    if (known !== undefined) return { ...known, shape: tensor.shape, order: tensor.order };
    const isFlat = shape.length === 1;
    const layer = isFlat ? { className: 'Flatten' } : { className: 'Reshape', config: { target_shape: [...shape] } };
    const found = { ...tensor, ...this.call(this.free(`${name}/${isFlat ? 'flatten' : 'reshape'}`), layer, [tensor]) };
    this.reshapes.set(key, found);
    return found;
  }

  /** The image with its channels in ONNX's order; null where more than its channels stand otherwise. */
  sorted(name: string, tensor: Tensor): Tensor | null {
    const [channels, rows, columns] = tensor.shape as [number, number, number];
    const area = rows * columns;
    const [positions, ...others] = plain([...tensor.order]);
    const isWhole = area === 1 || (positions?.size === area && positions.stride === 1);
    const inner = area === 1 ? plain(tensor.order) : others;
    if (!isWhole || inner.some(({ stride }) => stride % area !== 0)) return null;
    const there = gathered(
      Float32Array.from({ length: channels }, (_, channel) => channel),
      inner.map(({ size, stride }) => ({ size, stride: stride / area })),
    );
    const picked = Array.from({ length: channels }, (_, channel) => there.indexOf(channel));
    const held = this.held(name, tensor, [rows, columns, channels]);
    return this.picked(this.free(`${name}/channels`), { ...held, order: ordered(tensor.shape, imageAxes) }, picked);
  }

  /** Some channels of an image, or numbers of a row. */
  picked(name: string, tensor: Tensor, channels: readonly number[]): Tensor {
    const { id, held } = this.call(name, { className: 'PickedChannels', config: { channels: [...channels] } }, [
      tensor,
    ]);
    const shape = [channels.length, ...tensor.shape.slice(1)];
    return { kind: 'tensor', id, held, shape, order: ordered(shape, shape.length === 3 ? imageAxes : [0]) };
  }

  /** Keeps what the file calls an answer; what hands one on has it under another name. */
  called({ id }: Tensor, name: string): void {
    if (!this.names.has(id)) this.names.set(id, name);
  }

  /** A product that only the sum with `bias` reads, and by its own `name`, as one layer; null where it is none. */
  withBias(tensor: Tensor, bias: Constant, name: string, readers: number): Tensor | null {
    const layer = this.byName.get(tensor.id);
    const units = tensor.shape[0]!;
    const isOnce = this.calls.filter((call) => call.layer === layer?.name).length === 1;
    const isAlone = isOnce && readers === 1 && this.names.get(tensor.id) === name;
    const fits = bias.isStored && bias.size === units && tensor.shape.length === 1 && isForChannels(bias, tensor);
    if (layer?.className !== 'Dense' || layer.config['use_bias'] !== false || !isAlone || !fits) return null;
    const source = { constant: bias.reshaped([units]), order: ordered([units], [0]) };
    layer.config = { ...layer.config, use_bias: true };
    const added = this.owned(layer, [{ name: 'bias', source }]);
    this.weights.set(layer.name, [...this.weights.get(layer.name)!, ...added]);
    return tensor;
  }

  private refusing<T>(layer: string, className: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error && error.name === 'Error')
        throw failure('layer-option', this.file, { layer, className, cause: error.message });
      throw error;
    }
  }
}

/** From here on no weight of the layer may change. */
const fix = (layer: LayerConfig): void => void Object.assign(layer, { trainable: false, shares: true });

/** An order within one axis of an array, as the order of that part of it. */
export const within = (order: Order, shape: Shape, axis: number): Order =>
  order.map(({ size, stride }) => ({ size, stride: stride * stridesOf(shape)[axis]! }));

/** The values of a weight. Throws a plain Error for numbers that are none. */
export function valuesOf({ name, source }: PlacedWeight): Float32Array {
  if ('values' in source) return source.values;
  const { constant, order } = source;
  const values = constant.floats(order);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw new Error(`its weight ${constant.name} holds the value ${values[bad]}`);
  if (name === 'moving_variance' && values.some((value) => value < 0))
    throw new Error(`its weight ${constant.name} is negative, which is no variance`);
  return values;
}

/** Where the file has a weight that may change; a name that no tensor has for another. */
export const pathOf = (layer: string, { name, source, again }: PlacedWeight): Weight['path'] =>
  'constant' in source && !again ? source.constant.name : innerId(layer, name);

/** A weight by the tensor of the file that it is, and how its numbers stand there. */
const signOf = ({ name, source }: PlacedWeight): unknown =>
  'constant' in source ? [name, source.constant.name, plain(source.order)] : null;
