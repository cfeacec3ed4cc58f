import type { GoodnetError } from '../../../base/errors.ts';
import type { Shape } from '../../net.ts';
import { Constant } from '../constant.ts';
import type { Node } from '../node.ts';
import { imageAxes, type NewLayer, type Tensor, type Wiring } from '../wiring.ts';

/** Whether one score is above a half; the class that some scores name, the first of the highest; whether two such classes are one. */
export interface Vote {
  kind: 'half' | 'class' | 'agreement' | 'verdict';
  scores: readonly Tensor[];
}

/** A row of numbers whose images stand in the last axis. */
export interface Turned {
  kind: 'turned';
  row: Tensor;
}

/** What a name of a graph stands for. */
export type Value = Tensor | Constant | Vote | Turned;

/** An operator: what the outputs of a node stand for. */
export type Operator = (site: Site) => Value | Value[];

/** A node where it stands in the net. */
export class Site {
  constructor(
    readonly node: Node,
    readonly opset: number,
    readonly wiring: Wiring,
    /** What its inputs stand for; undefined for one that is left out. */
    readonly values: readonly (Value | undefined)[],
    /** How many nodes read a tensor of the graph. */
    private readonly reads: ReadonlyMap<string, number>,
  ) {}

  get label(): string {
    return this.node.label;
  }

  refuse(cause: string): GoodnetError {
    return this.node.refuse(cause);
  }

  has = (input: number): boolean => this.values[input] !== undefined;

  /** Refuses inputs beyond so many. */
  takes(inputs: number): void {
    if (this.values.slice(inputs).some((value) => value !== undefined))
      throw this.refuse(`it has ${this.values.length} inputs, it takes ${inputs}`);
  }

  tensor(input = 0): Tensor {
    const value = this.values[input];
    if (value === undefined) throw this.refuse(`its input ${input} is missing`);
    if (!(value instanceof Constant) && value.kind === 'turned')
      throw this.refuse(`its input ${input} has its images in the last axis`);
    if (value instanceof Constant || value.kind !== 'tensor')
      throw this.refuse(`its input ${input} does not come from the image`);
    return value;
  }

  /** An input that turned answers with its images in front again. */
  turned(input: number): Tensor {
    const value = this.values[input];
    if (value === undefined || value instanceof Constant || value.kind !== 'turned')
      throw this.refuse(`its input ${input} has its images in front`);
    return value.row;
  }

  isConstant = (input: number): boolean => this.values[input] instanceof Constant;

  constant(input: number): Constant {
    const value = this.values[input];
    if (!(value instanceof Constant)) throw this.refuse(`its input ${input} is no constant`);
    return value;
  }

  /** A tensor of the file that is a weight. */
  weight(input: number, shape?: Shape): Constant {
    const found = this.constant(input);
    if (found.type !== 'float32') throw this.refuse(`its weight ${found.name} holds integers`);
    if (!found.isStored) throw this.refuse(`its input ${input} is computed, no weight of the file`);
    if (shape !== undefined && found.shape.join() !== shape.join())
      throw this.refuse(`its weight ${found.name} has the shape ${found.shape.join('x')}, not ${shape.join('x')}`);
    return found;
  }

  /** One number that an input gives, or what it is where there is none. */
  number(input: number, fallback: number): number {
    if (!this.has(input)) return fallback;
    const { numbers, name } = this.constant(input);
    if (numbers.length !== 1) throw this.refuse(`its ${name} holds ${numbers.length} numbers, not one`);
    return numbers[0]!;
  }

  /** Whole numbers that an attribute gives, or an input from an opset on; undefined where there are none. */
  integers(attribute: string, input: number, fromOpset: number): readonly number[] | undefined {
    if (this.opset < fromOpset) return this.node.ints(attribute);
    if (!this.has(input)) return undefined;
    const { numbers } = this.constant(input);
    if (!numbers.every(Number.isInteger)) throw this.refuse(`its input ${input} holds the number of images`);
    return numbers;
  }

  /** How many nodes read what an input stands for. */
  readers(input: number): number {
    return this.reads.get(this.node.inputs[input]!)!;
  }

  /** Its input as channels, rows and columns. */
  image(input = 0): Tensor {
    const tensor = this.tensor(input);
    if (tensor.shape.length !== 3)
      throw this.refuse(`its input has ${tensor.shape.length + 1} axes, not images, channels, rows and columns`);
    const found = this.wiring.laidOut(this.label, tensor, imageAxes) ?? this.wiring.sorted(this.label, tensor);
    if (found === null) throw this.refuse('its input does not have its channels in one place');
    return found;
  }

  /** Its input as a row of numbers, however they stand in memory. */
  row(input = 0): Tensor {
    const tensor = this.tensor(input);
    if (tensor.shape.length !== 1)
      throw this.refuse(`its input has ${tensor.shape.length + 1} axes, not images and features`);
    return this.wiring.held(this.label, tensor, [tensor.shape[0]!]);
  }

  /** Its input as a row of numbers in ONNX's order. */
  inOrder(input = 0): Tensor {
    const found = this.wiring.laidOut(this.label, this.row(input), [0]);
    if (found === null) throw this.refuse('its input is a flattened image, whose numbers stand in another order here');
    return found;
  }

  readonly imageOf = imageOf;

  /** An axis of a tensor, which ONNX counts with that of the images. */
  axis(given: number, rank: number): number {
    const axis = given < 0 ? given + rank : given - 1;
    if (!(axis >= 0 && axis < rank)) throw this.refuse(`its axis is ${given}, which is none of one image`);
    return axis;
  }

  /** A layer on an image: an image again. */
  onImage(layer: NewLayer, image: Tensor, part = ''): Tensor {
    const { id, held } = this.wiring.call(`${this.label}${part}`, layer, [image]);
    return imageOf(id, held);
  }

  /** A layer on each number of its input in its place. */
  onEach(layer: NewLayer, tensor = this.tensor(), part = ''): Tensor {
    return this.wiring.inPlace(`${this.label}${part}`, layer, tensor);
  }
}

/** Rows, columns and channels in memory as ONNX's image. */
export function imageOf(id: string, held: Shape): Tensor {
  const [rows, columns, channels] = held as [number, number, number];
  const order = [
    { size: rows, stride: columns },
    { size: columns, stride: 1 },
    { size: channels, stride: rows * columns },
  ];
  return { kind: 'tensor', id, held, shape: [channels, rows, columns], order };
}
