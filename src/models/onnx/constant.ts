import { type Shape, sizeOf } from '../net.ts';
import { asMeant, gathered, isSameOrder, type Order, permuted, scattered } from './order.ts';
import { type Proto, typeName, types } from './schema.ts';

/** What the numbers of a constant are, by the words of `types`. */
export type ConstantType = 'float32' | 'int64' | 'int32' | 'bool';

/** A tensor that is the same for every image. Its numbers may stand in the file in another order than it has. */
export class Constant {
  private constructor(
    /** What the file calls it. */
    readonly name: string,
    readonly shape: Shape,
    readonly type: ConstantType,
    /** Its numbers, or the bytes of float32 in the file, in the order in which they stand there. */
    private readonly held: readonly number[] | Uint8Array,
    private readonly order: Order,
    /** What becomes of it, in whatever shape. */
    private readonly uses: { asNumbers: boolean } = { asNumbers: false },
  ) {}

  /** Throws a plain Error for a tensor that no net here computes with. */
  static of(name: string, tensor: Proto<'TensorProto'>): Constant {
    const refuse = (cause: string) => new Error(`its tensor ${name || 'without a name'} ${cause}`);
    const { dims, data_type: type, float_data: floats, raw_data: raw } = tensor;
    if (tensor.data_location || tensor.external_data.length > 0) throw refuse('stands in another file');
    if (tensor.segment !== undefined) throw refuse('is a segment of another');
    const size = dims.reduce((product, length) => product * BigInt(length), 1n);
    if (dims.some((length) => length < 0)) throw refuse(`has the shape ${dims.join('x')}`);
    if (type === types.float32) {
      const held = floats ?? raw ?? new Uint8Array();
      if ((floats !== undefined && raw !== undefined) || hasOthers(tensor, [])) throw refuse('holds its numbers twice');
      if (BigInt(held.length) !== size * 4n)
        throw refuse(`holds ${held.length} bytes, its shape ${dims.join('x')} takes ${size * 4n}`);
      return new Constant(name, dims, 'float32', held, asMeant(dims));
    }
    const whole = wholeTypes.find((each) => types[each] === type);
    if (whole === undefined) throw refuse(`is of ${typeName(type)}; nets are computed in float32`);
    const { own, width } = wholes[whole];
    if (floats !== undefined || hasOthers(tensor, [own]) || (raw !== undefined && tensor[own].length > 0))
      throw refuse('holds its numbers twice');
    const numbers = raw === undefined ? tensor[own] : integers(raw, width);
    if (numbers === null || BigInt(numbers.length) !== size)
      throw refuse(`does not hold the numbers of its shape ${dims.join('x')}`);
    if (whole === 'bool' && numbers.some((number) => number !== 0 && number !== 1))
      throw refuse('holds what is neither true nor false');
    return new Constant(name, dims, whole, numbers, asMeant(dims));
  }

  /** Numbers that no file holds. */
  static holding(numbers: readonly number[], type: ConstantType, shape: Shape = [numbers.length]): Constant {
    checkAxes(shape);
    return new Constant('', shape, type, numbers, asMeant(shape));
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether its numbers stand in the file, where they can be changed. */
  get isStored(): boolean {
    return this.held instanceof Uint8Array;
  }

  /** Whether the net reads its numbers, beside layers that have it for a weight. */
  get isReadAsNumbers(): boolean {
    return this.uses.asNumbers;
  }

  /** Its bytes in the file. */
  get bytes(): Uint8Array {
    return this.held as Uint8Array;
  }

  /** Its numbers, the last axis innermost. */
  get numbers(): readonly number[] {
    if (this.size > mostNumbers)
      throw new Error(`its constant ${this.name} has ${this.size} numbers, at most ${mostNumbers} are computed with`);
    this.uses.asNumbers = true;
    return this.held instanceof Uint8Array ? [...this.floats(asMeant(this.shape))] : this.held;
  }

  /** Its numbers in an order that says where each stands among them. */
  floats(order: Order): Float32Array {
    const stored = floatsIn(this.bytes);
    return isSameOrder(order, this.order) ? stored : gathered(scattered(stored, this.order), order);
  }

  /** Numbers in an order of its own as they stand in the file. */
  asStored(values: Float32Array, order: Order): Float32Array {
    return isSameOrder(order, this.order) ? values : gathered(scattered(values, order), this.order);
  }

  /** Its numbers in an order that says where each stands among them. */
  inOrder(order: Order): Float32Array {
    return gathered(Float32Array.from(this.numbers), order);
  }

  reshaped(shape: Shape): Constant {
    if (sizeOf(shape) !== this.size) throw new Error(`its constant ${this.name} is no ${shape.join('x')}`);
    checkAxes(shape);
    return new Constant(this.name, shape, this.type, this.held, this.order, this.uses);
  }

  transposed(axes: readonly number[]): Constant {
    const shape = axes.map((axis) => this.shape[axis]!);
    const order = permuted(this.order, this.shape, axes);
    if (!this.isStored || order === null) throw new Error(`its constant ${this.name} cannot be transposed`);
    return new Constant(this.name, shape, this.type, this.held, order, this.uses);
  }
}

/**
 * Whether ONNX stretches a constant over a tensor, of which `shape` is that of one image, as one number for all of it or
 * one for each channel: it adds no axis, and is none of the axis of the images.
 */
export function isForChannels({ shape: given }: Constant, { shape }: { shape: Shape }): boolean {
  const added = 1 + shape.length - given.length; // axes in front that it has not
  return added >= 0 && given.every((size, i) => size === 1 || (i + added === 1 && size === shape[0]));
}

/** Numbers of a constant that is no weight. */
export const mostNumbers = 2 ** 18;
/** Axes of a tensor; ONNX's nets of images have five where channels are shuffled. */
const mostAxes = 16;

export function checkAxes({ length }: Shape): void {
  if (length > mostAxes) throw new Error(`a tensor of it has ${length} axes, at most ${mostAxes} are read`);
}

/** Types of whole numbers: the field that holds them, and how many bytes each has in `raw_data`. */
const wholes = {
  int64: { own: 'int64_data', width: 8 },
  int32: { own: 'int32_data', width: 4 },
  bool: { own: 'int32_data', width: 1 },
} as const;
const wholeTypes = Object.keys(wholes) as (keyof typeof wholes)[];

/** Fields of a tensor that hold numbers beside the two of float32. */
const holders = ['int32_data', 'int64_data', 'string_data', 'double_data', 'uint64_data'] as const;

const hasOthers = (tensor: Proto<'TensorProto'>, own: readonly string[]): boolean =>
  holders.some((field) => !own.includes(field) && tensor[field] !== undefined && tensor[field].length > 0);

/** Float32 as files hold them, the last byte first. */
const floatsIn = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);

function integers(bytes: Uint8Array, width: 8 | 4 | 1): number[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length % width !== 0) return null;
  return Array.from({ length: bytes.length / width }, (_, i) => {
    if (width === 8) return Number(view.getBigInt64(8 * i, true));
    return width === 4 ? view.getInt32(4 * i, true) : view.getUint8(i);
  });
}
