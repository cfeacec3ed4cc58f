import type { Dataset } from 'h5wasm';
import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { ByteSource } from './byte-source.ts';
import { addressOf, type Tree } from './hdf5-tree.ts';
import type { MemoryFiles } from './memory-files.ts';
import { isPlainNumber } from './number-layout.ts';

/** The filters of libhdf5 that honest files use. Source: H5Zpublic.h. */
const filters: Record<number, string> = { 1: 'gzip', 2: 'shuffle', 3: 'fletcher32', 4: 'szip' };

const bytesOf = (shape: readonly number[], itemBytes: number): bigint =>
  shape.reduce((product, length) => product * BigInt(length), BigInt(itemBytes));

/** Checks layout, filters, sizes and the bits of the numbers of a dataset before a value is read. */
export function checkLayout(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void {
  const { metadata } = dataset;
  const { name, size } = source;
  if (metadata.virtual_sources) throw failure('hdf5-link', name, { at: path });
  const filter = dataset.filters.find(({ id }) => filters[id] === undefined);
  if (filter !== undefined)
    throw failure('hdf5-filter', name, { at: path, filter: `${filter.name || 'filter'} (${filter.id})` });
  const ratio = metadata.chunks ? limits.packingRatio : 1; // only chunks can be packed
  for (const bytes of [bytesOf(metadata.shape ?? [], metadata.size), bytesOf(metadata.chunks ?? [], metadata.size)]) {
    if (bytes > BigInt(size) * BigInt(ratio))
      throw failure('hdf5-size', name, { at: path, bytes: String(bytes), size });
  }
  if (!metadata.array_type && metadata.type <= 1 && !isPlainNumber(source, addressOf(tree.library, dataset)))
    throw failure('hdf5-numbers', name, { at: path });
}

/** As `checkLayout`; values without chunks may lie in another file, which shows when one of them is read. */
export function checkValues(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void {
  checkLayout(tree, dataset, path, source);
  const { shape, chunks, size } = dataset.metadata;
  if (!chunks && shape && !shape.includes(0))
    readBytes(
      tree.library,
      dataset,
      shape.map(() => 1n),
      0,
      size,
    );
}

/** What memory holds before it is read into, and where it is read into again. */
const before = 0xa5,
  otherwise = 0x5a;

/**
 * The bytes of some values. Where a file says that what it does not hold is not to be filled in, libhdf5 leaves memory
 * as it was: that is refused, since each library would take it for other numbers. The library's own slice() ignores
 * that, and libhdf5's status.
 */
export function readBytes(
  library: MemoryFiles['library'],
  dataset: Dataset,
  count: bigint[],
  start: number,
  itemBytes: number,
): ArrayBuffer {
  const over = (byte: number): ArrayBuffer => readOver(byte, library, dataset, count, start, itemBytes);
  const bytes = over(before);
  if (mayBeUnwritten(bytes, itemBytes) && differ(bytes, over(otherwise)))
    throw new Error('some of its values were never written');
  return bytes;
}

/** Whether some item holds nothing but the byte that was there before. */
function mayBeUnwritten(bytes: ArrayBuffer, itemBytes: number): boolean {
  const Items = { 1: Uint8Array, 2: Uint16Array, 4: Float32Array, 8: Float64Array }[itemBytes] ?? Uint8Array;
  const [item] = new Items(new Uint8Array(Items.BYTES_PER_ELEMENT).fill(before).buffer);
  return new Items(bytes).includes(item!);
}

function differ(one: ArrayBuffer, other: ArrayBuffer): boolean {
  const [a, b] = [new Uint8Array(one), new Uint8Array(other)];
  return a.some((byte, i) => byte !== b[i]);
}

function readOver(
  byte: number,
  { Module }: MemoryFiles['library'],
  dataset: Dataset,
  count: bigint[],
  start: number,
  itemBytes: number,
): ArrayBuffer {
  const bytes = count.reduce((product, size) => product * size, BigInt(itemBytes));
  if (bytes > BigInt(limits.readBytes)) throw new Error(`${bytes} bytes in one read`);
  const library = Module as unknown as LowLevel;
  const pointer = library._malloc(Math.max(1, Number(bytes)));
  if (pointer === 0) throw new Error('out of memory');
  library.HEAPU8.fill(byte, pointer, pointer + Number(bytes));
  try {
    const scalar = count.length === 0;
    const offset = count.map((_, axis) => BigInt(axis === 0 ? start : 0));
    const status = library.get_dataset_data(
      dataset.file_id,
      dataset.path,
      scalar ? null : count,
      scalar ? null : offset,
      scalar ? null : count.map(() => 1n),
      BigInt(pointer),
    );
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
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    strides: bigint[] | null,
    pointer: bigint,
  ): number;
}
