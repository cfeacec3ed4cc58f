import { failure } from '../base/errors.ts';

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Bytes in this machine's order to the values that they are, by element type. */
export const decoders: Record<string, (bytes: ArrayBuffer) => TypedArray> = {
  int8: (b) => new Int8Array(b),
  uint8: (b) => new Uint8Array(b),
  bool8: (b) => new Uint8Array(b).map((value) => (value === 0 ? 0 : 1)),
  int16: (b) => new Int16Array(b),
  uint16: (b) => new Uint16Array(b),
  int32: (b) => new Int32Array(b),
  uint32: (b) => new Uint32Array(b),
  int64: (b) => new BigInt64Array(b),
  uint64: (b) => new BigUint64Array(b),
  float16: (b) => Float32Array.from(new Uint16Array(b), halfToNumber),
  float32: (b) => new Float32Array(b),
  float64: (b) => new Float64Array(b),
};

/** The decoder of an array. Throws `data-dtype` where its values are no numbers. */
export function decoderOf(dtype: string, name: string, file: string): (bytes: ArrayBuffer) => TypedArray {
  const decode = decoders[dtype];
  if (decode === undefined) throw failure('data-dtype', file, { name, dtype });
  return decode;
}

/** IEEE 754 binary16 bits to the number they stand for. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The element type in numpy's words, or the kind of it where it is neither integer nor float. */
export function dtypeOf({
  type,
  signed,
  size,
  array_type,
  enum_type,
}: {
  type: number;
  signed: boolean;
  size: number;
  array_type?: unknown;
  enum_type?: { members: Record<string, number> };
}): string {
  if (enum_type !== undefined && size === 1 && isTruth(enum_type.members)) return 'bool8';
  const kind = array_type ? undefined : ({ 0: signed ? 'int' : 'uint', 1: 'float' } as Record<number, string>)[type];
  return kind === undefined ? (otherKinds[type] ?? `HDF5 class ${type}`) : `${kind}${size * 8}`;
}

/** h5py keeps numpy's booleans as an enumeration of one byte. */
const isTruth = (members: Record<string, number>): boolean =>
  Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;

/** libhdf5's H5T_class_t, as h5py makes them. */
const otherKinds: Record<number, string> = {
  2: 'time',
  3: 'string',
  4: 'bit field',
  5: 'opaque',
  6: 'compound or complex',
  7: 'reference',
  8: 'enum or bool',
  9: 'variable-length',
  10: 'array',
};
