import { failure } from '../base/errors.ts';
import type { TypedArray } from './element-types.ts';

/** Element types by their names in a safetensors file, and the arrays that hold them. */
const arrays = {
  F64: Float64Array,
  F32: Float32Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;
type Dtype = keyof typeof arrays;
type Values = TypedArray;

/** Numbers with their shape, row-major. */
export interface Tensor {
  shape: readonly number[];
  values: Values;
}

/** What a safetensors file holds. */
export interface Safetensors {
  metadata: Record<string, string>;
  tensors: ReadonlyMap<string, Tensor>;
}

interface Entry {
  dtype: Dtype;
  shape: number[];
  data_offsets: [number, number];
}

const lengthBytes = 8;
const longestHeader = 1 << 24;
const metadataName = '__metadata__';

/**
 * Tensors as a safetensors file: the length of a JSON header as uint64, the header, and the numbers, all little-endian.
 * Source: https://github.com/huggingface/safetensors
 */
export function writeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer> {
  const entries: Record<string, unknown> = { [metadataName]: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const data_offsets = [end, (end += values.byteLength)];
    entries[name] = { dtype: dtypeOf(values), shape, data_offsets };
  }
  const text = new TextEncoder().encode(JSON.stringify(entries));
  const headerBytes = text.length + (-text.length & (lengthBytes - 1));
  const file = new Uint8Array(lengthBytes + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(32, lengthBytes + text.length, lengthBytes + headerBytes);
  file.set(text, lengthBytes);
  let at = lengthBytes + headerBytes;
  for (const { values } of tensors.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/** Whether a file begins as one: its header is an object of JSON. */
export const isSafetensors = (file: Uint8Array): boolean => file[lengthBytes] === '{'.charCodeAt(0);

/** Reads a safetensors file. Throws `safetensors` where something is missing, doubled, left over, or of another size than declared. */
export function readSafetensors(file: Uint8Array, name: string): Safetensors {
  const refuse = (cause: string) => failure('safetensors', name, { cause });
  if (file.length < lengthBytes) throw refuse('it ends within its first 8 bytes');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > longestHeader)
    throw refuse(`its header has ${headerBytes} bytes, at most ${longestHeader} are read`);
  const start = lengthBytes + headerBytes;
  if (start > file.length) throw refuse('it ends within its header');
  const { [metadataName]: metadata = {}, ...entries } = headerIn(file.subarray(lengthBytes, start), refuse);
  if (!isTexts(metadata)) throw refuse('its metadata is not text by name');
  const tensors = new Map<string, Tensor>();
  let end = 0;
  for (const [key, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) throw refuse(`${JSON.stringify(key)} is no tensor with dtype, shape and data_offsets`);
    const [from, to] = entry.data_offsets;
    if (from !== end || to !== from + bytesOf(entry))
      throw refuse(`${JSON.stringify(key)} has not the bytes of its shape`);
    if (start + to > file.length) throw refuse(`it ends before ${JSON.stringify(key)} does`);
    const bytes = Uint8Array.from(file.subarray(start + from, start + to));
    tensors.set(key, { shape: entry.shape, values: new arrays[entry.dtype](bytes.buffer) });
    end = to;
  }
  if (start + end !== file.length) throw refuse(`${file.length - start - end} bytes belong to no tensor`);
  return { metadata, tensors };
}

function headerIn(bytes: Uint8Array, refuse: (cause: string) => Error): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse('its header is no JSON');
  }
  if (!isObject(header)) throw refuse('its header is no object');
  return header;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isEntry(value: unknown): value is Entry {
  if (!isObject(value) || Object.keys(value).length !== 3) return false;
  const { dtype, shape, data_offsets: offsets } = value;
  return (
    typeof dtype === 'string' &&
    Object.hasOwn(arrays, dtype) &&
    Array.isArray(shape) &&
    shape.every(isSize) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isSize)
  );
}

/** Bytes of a tensor; what is beyond all files is Infinity. */
function bytesOf({ dtype, shape }: Entry): number {
  const bytes = shape.reduce((product, size) => product * size, arrays[dtype].BYTES_PER_ELEMENT);
  return Number.isSafeInteger(bytes) ? bytes : Infinity;
}

const dtypeOf = (values: Values): Dtype =>
  (Object.keys(arrays) as Dtype[]).find((name) => values instanceof arrays[name])!;
