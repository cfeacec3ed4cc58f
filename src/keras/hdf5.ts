import type { Attribute, Dataset, Entity, File, Group, Metadata } from 'h5wasm';
import { failure } from '../errors.ts';
import { limits } from '../limits.ts';
import { memoryFiles, type MemoryFiles } from './memory-files.ts';
import { isPlainNumber } from './number-layout.ts';

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
  /** Checks everything in the file as if it were read, for a file that is passed on whole: links, layouts, filters, values stored elsewhere. */
  checkAll(): void;
  close(): void;
}

const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Opens an HDF5 file inside the library's own memory file system, in which nothing but that file can be opened:
 * its bytes come from `source` as they are needed. Throws `not-hdf5`, `lfs-pointer`, `file-empty` or another `hdf5-` error.
 */
export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  checkSignature(source);
  const files = await memoryFiles();
  const mount = files.mount(source);
  const guarded: Guarded = (call, bytes = 0) => guard(source.name, () => files.straying(() => files.growing(limits.libraryBytes + source.size + bytes, call)));
  const file = guarded(() => files.admitting(mount, () => new files.library.File(mount, 'r')));
  const tree = new Tree(file, source.name, files.library);
  return {
    attribute: (path, name) => guarded(() => attributeOf(tree.at(path), name)),
    children: (path) => guarded(() => {
      const group = tree.at(path);
      return isGroup(group) ? [...tree.names(path, group)] : [];
    }),
    array: (path) => guarded(() => arrayAt(tree, path, source, guarded)),
    checkAll: () => guarded(() => tree.datasets().forEach(([path, dataset]) => checkValues(tree, dataset, path, source))),
    close: () => {
      file.close();
      files.unmount(mount);
    },
  };
}

function checkSignature(source: ByteSource): void {
  if (source.size === 0) throw failure('file-empty', source.name);
  const head = new Uint8Array(Math.min(64, source.size));
  source.read(head, 0);
  if (signature.every((byte, i) => head[i] === byte)) return;
  if (new TextDecoder().decode(head).startsWith('version https://git-lfs')) throw failure('lfs-pointer', source.name);
  throw failure('not-hdf5', source.name);
}

/** Runs a call into libhdf5 that takes `bytes` for the values it reads. */
type Guarded = <T>(call: () => T, bytes?: number) => T;

/** Runs a call into libhdf5 and turns its failures into one typed error. `stray`: a file that the call wanted to open besides its own. */
function guard<T>(name: string, call: () => { result: T; stray: null } | { stray: string; result?: undefined }): T {
  let outcome;
  try {
    outcome = call();
  } catch (error) {
    if (error instanceof Error && error.name === 'GoodnetError') throw error;
    const cause = error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error);
    throw failure('hdf5-damaged', name, { cause: cause === '' || cause.includes('not defined') ? 'it is cut short or its structure is damaged' : cause });
  }
  if (outcome.stray !== null) throw failure('hdf5-external', name, { other: outcome.stray });
  return outcome.result;
}

const kindOf = (entity: Entity | null): string => String((entity as { type?: unknown } | null)?.type);
export const isGroup = (entity: Entity | null): entity is Group => kindOf(entity) === 'Group' || kindOf(entity) === 'File';
export const isDataset = (entity: Entity | null): entity is Dataset => kindOf(entity) === 'Dataset';

/** What stands where in a file. Walks hard links only: soft, external and user-defined links are refused. */
class Tree {
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly file: File, private readonly name: string, readonly library: MemoryFiles['library']) {}

  at(path: string): Entity | null {
    let group: Group = this.file;
    let at = '';
    const parts = path.split('/').filter(Boolean);
    for (const [depth, part] of parts.entries()) {
      if (!this.names(at, group).has(part)) return null;
      at = depth === 0 ? part : `${at}/${part}`;
      const entity = this.child(group, part, at);
      if (depth === parts.length - 1) return entity;
      if (!isGroup(entity)) return null;
      group = entity;
    }
    return group;
  }

  /** Every dataset, by all of its names. */
  datasets(): [path: string, dataset: Dataset][] {
    const found: [string, Dataset][] = [];
    const open: [path: string, depth: number, group: Group][] = [['', 0, this.file]];
    for (let objects = 0; open.length > 0;) {
      const [path, depth, group] = open.pop()!;
      if (depth > limits.groupDepth) throw failure('hdf5-objects', this.name, { cause: `groups inside groups over ${limits.groupDepth} deep` });
      for (const name of this.names(path, group)) {
        if (++objects > limits.fileObjects) throw failure('hdf5-objects', this.name, { cause: `over ${limits.fileObjects} objects` });
        const at = path === '' ? name : `${path}/${name}`;
        const entity = this.child(group, name, at);
        if (isGroup(entity)) open.push([at, depth + 1, entity]);
        else found.push([at, entity]);
      }
    }
    return found;
  }

  private child(group: Group, name: string, at: string): Group | Dataset {
    if (this.isLink(at)) throw failure('hdf5-link', this.name, { at });
    const entity = group.get(name);
    if (isGroup(entity) || isDataset(entity)) return entity;
    throw failure('hdf5-link', this.name, { at });
  }

  /** Whether a soft or external link stands there. Asked before the object is: that would follow it. */
  private isLink(at: string): boolean {
    return this.file.get_link(at) !== null || (this.file.get_external_link(at) as { filename?: string }).filename !== undefined;
  }

  /** The names in a group. */
  names(path: string, group: Group): ReadonlySet<string> {
    const key = path.split('/').filter(Boolean).join('/');
    const names = this.known.get(key) ?? new Set(group.keys());
    if (names.size > limits.groupMembers) throw failure('hdf5-objects', this.name, { cause: `${names.size} objects in ${key || 'its root'}, at most ${limits.groupMembers} are read` });
    this.known.set(key, names);
    return names;
  }
}

function attributeOf(entity: Entity | null, name: string): string | string[] | null {
  if (!isGroup(entity) && !isDataset(entity)) return null;
  const attribute: Attribute | undefined = entity.attrs[name];
  const value = attribute?.json_value;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.flat().map(String) : null;
}

/** The filters of libhdf5 that honest files use. Source: H5Zpublic.h. */
const filters: Record<number, string> = { 1: 'gzip', 2: 'shuffle', 3: 'fletcher32', 4: 'szip' };

const bytesOf = (shape: readonly number[], itemBytes: number): bigint => shape.reduce((product, length) => product * BigInt(length), BigInt(itemBytes));

/** Checks layout, filters, sizes and the bits of the numbers of a dataset before a value is read. */
function checkLayout(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void {
  const { metadata } = dataset;
  const { name, size } = source;
  if (metadata.virtual_sources) throw failure('hdf5-link', name, { at: path });
  const filter = dataset.filters.find(({ id }) => filters[id] === undefined);
  if (filter !== undefined) throw failure('hdf5-filter', name, { at: path, filter: `${filter.name || 'filter'} (${filter.id})` });
  const ratio = metadata.chunks ? limits.packingRatio : 1; // only chunks can be packed
  for (const bytes of [bytesOf(metadata.shape ?? [], metadata.size), bytesOf(metadata.chunks ?? [], metadata.size)]) {
    if (bytes > BigInt(size) * BigInt(ratio)) throw failure('hdf5-size', name, { at: path, bytes: String(bytes), size });
  }
  if (!metadata.array_type && metadata.type <= 1 && !isPlainNumber(source, addressOf(tree.library, dataset))) throw failure('hdf5-numbers', name, { at: path });
}

/** Where in the file the header of a dataset stands. */
function addressOf({ Module }: MemoryFiles['library'], dataset: Dataset): number {
  const reference = (Module as unknown as { create_object_reference(file: bigint, path: string): Uint8Array }).create_object_reference(dataset.file_id, dataset.path);
  return Number(new DataView(Uint8Array.from(reference).buffer).getBigUint64(0, true));
}

/** As `checkLayout`; values without chunks may lie in another file, which shows when one of them is read. */
function checkValues(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void {
  checkLayout(tree, dataset, path, source);
  const { shape, chunks, size } = dataset.metadata;
  if (!chunks && shape && !shape.includes(0)) readBytes(tree.library, dataset, shape.map(() => 1n), 0, size);
}

/** How often libhdf5 holds a chunk while it unpacks it. */
const buffersEach = 4;

function arrayAt(tree: Tree, path: string, source: ByteSource, guarded: Guarded): Hdf5Array | null {
  const dataset = tree.at(path);
  if (!isDataset(dataset)) return null;
  checkLayout(tree, dataset, path, source);
  const { name } = source;
  const { metadata } = dataset;
  const shape = [...(metadata.shape ?? [])];
  const dtype = dtypeOf(metadata);
  const rowBytes = shape.slice(1).reduce((product, length) => product * length, metadata.size);
  const chunkBytes = (metadata.chunks ?? []).reduce((product, length) => product * length, metadata.size);
  return {
    shape,
    dtype,
    rowBytes,
    rows: (start, stop) => guarded(() => {
      const decode = decoders[dtype];
      if (decode === undefined) throw failure('data-dtype', name, { name: path, dtype });
      const count = shape.map((size, axis) => BigInt(axis === 0 ? stop - start : size));
      return decode(readBytes(tree.library, dataset, count, start, metadata.size));
    }, (stop - start) * rowBytes + buffersEach * chunkBytes),
  };
}

/** The library's own slice() ignores libhdf5's status and would hand out stale memory when a read fails. */
function readBytes({ Module }: MemoryFiles['library'], dataset: Dataset, count: bigint[], start: number, itemBytes: number): ArrayBuffer {
  const bytes = count.reduce((product, size) => product * size, BigInt(itemBytes));
  if (bytes > BigInt(limits.readBytes)) throw new Error(`${bytes} bytes in one read`);
  const library = Module as unknown as LowLevel;
  const pointer = library._malloc(Math.max(1, Number(bytes)));
  if (pointer === 0) throw new Error('out of memory');
  try {
    const scalar = count.length === 0;
    const offset = count.map((_, axis) => BigInt(axis === 0 ? start : 0));
    const status = library.get_dataset_data(dataset.file_id, dataset.path, scalar ? null : count, scalar ? null : offset,
      scalar ? null : count.map(() => 1n), BigInt(pointer));
    if (status < 0) throw new Error('its values are damaged');
    return library.HEAPU8.slice(pointer, pointer + Number(bytes)).buffer;
  } finally {
    library._free(pointer);
  }
}

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

/** The element type in numpy's words, or the kind of it where it is neither integer nor float. */
function dtypeOf({ type, signed, size, array_type }: Metadata): string {
  const kind = array_type ? undefined : ({ 0: signed ? 'int' : 'uint', 1: 'float' } as Record<number, string>)[type];
  return kind === undefined ? otherKinds[type] ?? `HDF5 class ${type}` : `${kind}${size * 8}`;
}

/** libhdf5's H5T_class_t, as h5py makes them. */
const otherKinds: Record<number, string> = { 2: 'time', 3: 'string', 4: 'bit field', 5: 'opaque', 6: 'compound or complex', 7: 'reference', 8: 'enum or bool', 9: 'variable-length', 10: 'array' };
