import h5wasm, { type Attribute, Dataset, type Entity, File, Group, type Metadata, Module } from 'h5wasm';
import { failure } from '../errors.ts';

/** Bytes that can be read at any offset: a file on disk, or an array in memory. Offsets and sizes in bytes. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  read(target: Uint8Array, offset: number): number;
}

export type TypedArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array
  | BigInt64Array | BigUint64Array | Float32Array | Float64Array;

/** One HDF5 dataset: its shape, its element type in numpy's words, and its values by rows of the first axis. */
export interface Hdf5Array {
  shape: number[];
  dtype: string;
  /** Memory that one row takes while it is read. */
  rowBytes: number;
  /** Rows `start` (inclusive) to `stop` (exclusive), row-major. */
  rows(start: number, stop: number): TypedArray;
}

/** An open HDF5 file. Everything it can reach is inside that one file. */
export interface Hdf5File {
  attribute(path: string, name: string): string | string[] | null;
  children(path: string): string[];
  array(path: string): Hdf5Array | null;
  close(): void;
}

const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
let opened = 0;

/**
 * Opens an HDF5 file inside the library's own memory file system, which holds nothing but that file:
 * its bytes come from `source` as they are needed. Throws `not-hdf5`, `lfs-pointer`, `file-empty` or `hdf5-damaged`.
 */
export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  checkSignature(source);
  const FS = await quietFileSystem();
  const mount = `/in-${opened++}`;
  const node = FS.createFile('/', mount.slice(1), {}, true, false);
  node.usedBytes = source.size;
  node.stream_ops = {
    ...node.stream_ops,
    read: (_stream, heap, at, length, offset) =>
      source.read(new Uint8Array(heap.buffer, heap.byteOffset + at, length), offset),
  };
  const file = guarded(source.name, () => new File(mount, 'r'));
  return {
    attribute: (path, name) => guarded(source.name, () => attributeOf(entityAt(file, path, source.name), name)),
    children: (path) => guarded(source.name, () => {
      const group = entityAt(file, path, source.name);
      return group instanceof Group ? group.keys() : [];
    }),
    array: (path) => guarded(source.name, () => arrayAt(file, path, source)),
    close: () => {
      file.close();
      FS.unlink(mount);
    },
  };
}

/** The library's memory file system, with libhdf5's own error traces switched off: every failure becomes one typed error instead. */
export async function quietFileSystem(): Promise<MemoryFileSystem> {
  const FS = (await h5wasm.ready).FS as unknown as MemoryFileSystem;
  const stderr = FS.getStream(2);
  stderr.stream_ops = { ...stderr.stream_ops, write: (_stream, _heap, _at, length) => length };
  return FS;
}

/** The part of Emscripten's FS that is used here and that the library's types leave out. */
interface MemoryFileSystem {
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): { usedBytes: number; stream_ops: StreamOps };
  getStream(descriptor: number): { stream_ops: StreamOps };
  unlink(path: string): void;
  writeFile(path: string, bytes: Uint8Array): void;
  readFile(path: string): Uint8Array;
}

type Transfer = (stream: unknown, heap: Int8Array, at: number, length: number, offset: number) => number;
interface StreamOps { read?: Transfer; write?: Transfer }

function checkSignature(source: ByteSource): void {
  if (source.size === 0) throw failure('file-empty', source.name);
  const head = new Uint8Array(Math.min(64, source.size));
  source.read(head, 0);
  if (signature.every((byte, i) => head[i] === byte)) return;
  if (new TextDecoder().decode(head).startsWith('version https://git-lfs')) throw failure('lfs-pointer', source.name);
  throw failure('not-hdf5', source.name);
}

/** Runs a call into libhdf5 and turns its failures into one typed error. */
function guarded<T>(name: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && error.name === 'GoodnetError') throw error;
    const cause = error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error);
    throw failure('hdf5-damaged', name, { cause: cause === '' || cause.includes('not defined') ? 'it is cut short or its structure is damaged' : cause });
  }
}

/** Walks hard links only: soft, external and user-defined links are refused. */
function entityAt(file: File, path: string, name: string): Entity | null {
  let group: Group = file;
  const parts = path.split('/').filter(Boolean);
  for (const [depth, part] of parts.entries()) {
    if (!group.keys().includes(part)) return null;
    const at = parts.slice(0, depth + 1).join('/');
    if (file.get_link(at) !== null) throw failure('hdf5-link', name, { at });
    const entity = group.get(part);
    if (!(entity instanceof Group) && !(entity instanceof Dataset)) throw failure('hdf5-link', name, { at });
    if (depth === parts.length - 1) return entity;
    if (!(entity instanceof Group)) return null;
    group = entity;
  }
  return group;
}

function attributeOf(entity: Entity | null, name: string): string | string[] | null {
  if (!(entity instanceof Group) && !(entity instanceof Dataset)) return null;
  const attribute: Attribute | undefined = entity.attrs[name];
  const value = attribute?.json_value;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.flat().map(String) : null;
}

/** No honest data packs better than this: a larger array in so small a file is there to fill the memory. */
const largestRatio = 1000;

function arrayAt(file: File, path: string, { name, size }: ByteSource): Hdf5Array | null {
  const dataset = entityAt(file, path, name);
  if (!(dataset instanceof Dataset)) return null;
  const metadata = dataset.metadata;
  if (metadata.virtual_sources) throw failure('hdf5-link', name, { at: path });
  const shape = [...(metadata.shape ?? [])];
  const dtype = dtypeOf(metadata);
  const bytes = shape.reduce((product, length) => product * BigInt(length), BigInt(metadata.size));
  if (bytes > BigInt(size) * BigInt(largestRatio)) throw failure('hdf5-size', name, { at: path, bytes: String(bytes), size });
  return {
    shape,
    dtype,
    rowBytes: shape.slice(1).reduce((product, length) => product * length, metadata.size),
    rows: (start, stop) => guarded(name, () => {
      const decode = decoders[dtype];
      if (decode === undefined) throw failure('data-dtype', name, { name: path, dtype });
      const count = shape.map((size, axis) => BigInt(axis === 0 ? stop - start : size));
      return decode(readBytes(dataset, count, start, metadata.size));
    }),
  };
}

/** The library's own slice() ignores libhdf5's status and would hand out stale memory when a read fails. */
function readBytes(dataset: Dataset, count: bigint[], start: number, itemBytes: number): ArrayBuffer {
  const bytes = count.reduce((product, size) => product * size, BigInt(itemBytes));
  if (bytes > maxReadBytes) throw new Error(`${bytes} bytes in one read`);
  const library = Module as unknown as LowLevel;
  const pointer = library._malloc(Math.max(1, Number(bytes)));
  if (pointer === 0) throw new Error('out of memory');
  try {
    const scalar = count.length === 0;
    const offset = count.map((_, axis) => BigInt(axis === 0 ? start : 0));
    const status = library.get_dataset_data(dataset.file_id, dataset.path, scalar ? null : count, scalar ? null : offset,
      scalar ? null : count.map(() => 1n), BigInt(pointer));
    if (status < 0) throw new Error('its values are damaged, stored elsewhere, or packed by another filter than gzip, shuffle or szip');
    return library.HEAPU8.slice(pointer, pointer + Number(bytes)).buffer;
  } finally {
    library._free(pointer);
  }
}

const maxReadBytes = 1n << 30n;

interface LowLevel {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  get_dataset_data(file: bigint, path: string, count: bigint[] | null, offset: bigint[] | null, strides: bigint[] | null, pointer: bigint): number;
}

/** Bytes in this machine's order to the values that they are, by element type. */
export const decoders: Record<string, (bytes: ArrayBuffer) => TypedArray> = {
  int8: (b) => new Int8Array(b), uint8: (b) => new Uint8Array(b),
  int16: (b) => new Int16Array(b), uint16: (b) => new Uint16Array(b),
  int32: (b) => new Int32Array(b), uint32: (b) => new Uint32Array(b),
  int64: (b) => new BigInt64Array(b), uint64: (b) => new BigUint64Array(b),
  float16: (b) => Float32Array.from(new Uint16Array(b), halfToNumber),
  float32: (b) => new Float32Array(b), float64: (b) => new Float64Array(b),
};

/** IEEE 754 binary16 bits to the number they stand for. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Bytes of one value of an element type such as `uint8`. */
export const itemBytes = (dtype: string): number => Number(/\d+$/.exec(dtype)?.[0]) / 8;

/** The element type in numpy's words, or the kind of it where it is neither integer nor float. */
function dtypeOf({ type, signed, size, array_type }: Metadata): string {
  const kind = array_type ? undefined : ({ 0: signed ? 'int' : 'uint', 1: 'float' } as Record<number, string>)[type];
  return kind === undefined ? otherKinds[type] ?? `HDF5 class ${type}` : `${kind}${size * 8}`;
}

/** libhdf5's H5T_class_t, as h5py makes them. */
const otherKinds: Record<number, string> = { 2: 'time', 3: 'string', 4: 'bit field', 5: 'opaque', 6: 'compound or complex', 7: 'reference', 8: 'enum or bool', 9: 'variable-length', 10: 'array' };
