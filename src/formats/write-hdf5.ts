import type { Dataset, File, Group } from 'h5wasm';
import { breathe } from '../base/breathe.ts';
import { isDataset, isGroup } from './hdf5-tree.ts';
import { memoryFiles, type MemoryFiles } from './memory-files.ts';
import { type Written, WrittenBytes } from './written-bytes.ts';

/** A group to write: its attributes, its groups and its float32 arrays by name. */
export interface GroupContent {
  attributes: Record<string, string | string[]>;
  groups: Record<string, GroupContent>;
  arrays: Record<string, { shape: readonly number[]; values: Float32Array }>;
}

/** The bytes of an HDF5 file with some arrays replaced, by path; everything else stays as it was. */
export async function replaceArrays(bytes: Uint8Array, edits: ReadonlyMap<string, Float32Array>): Promise<Uint8Array> {
  const content = WrittenBytes.of(bytes);
  await written('a', content, (file, { Module }) => {
    for (const [path, values] of edits) {
      const dataset = file.get(path);
      if (!isDataset(dataset)) throw new Error(`No dataset at ${path}`);
      writeValues(dataset, values, Module);
    }
  });
  return content.bytes;
}

/** Puts `values`, all of which the stored type can hold exactly, in place of a dataset's own. */
function writeValues(dataset: Dataset, values: Float32Array, library: LowLevel): void {
  const shape = dataset.shape!;
  if (dataset.metadata.size === 4)
    return dataset.write_slice(
      shape.map((size) => [0, size]),
      values,
    );
  const bits = Uint16Array.from(values, halfBits);
  const pointer = library._malloc(bits.byteLength);
  try {
    library.HEAPU8.set(new Uint8Array(bits.buffer), pointer);
    const sizes = shape.map(BigInt);
    if (
      library.set_dataset_data(
        dataset.file_id,
        dataset.path,
        sizes,
        sizes.map(() => 0n),
        sizes.map(() => 1n),
        BigInt(pointer),
      ) < 0
    )
      throw new Error(`Nothing was written to ${dataset.path}`);
  } finally {
    library._free(pointer);
  }
}

interface LowLevel {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  set_dataset_data(
    file: bigint,
    path: string,
    count: bigint[],
    offset: bigint[],
    strides: bigint[],
    pointer: bigint,
  ): number;
}

/** The bits of the IEEE 754 binary16 number that `value` is; `value` must be one, and finite. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
}

/** Writes a new HDF5 file. The same groups and arrays always give the same bytes. */
export const createHdf5 = (root: GroupContent, content: Written): Promise<void> =>
  written('w', content, (file) => writeGroup(file, '', root));

/**
 * A file that `write` changes or, with `w`, fills. A long `write` is a generator that yields where others may have their turn, and where `signal`
 * ends it.
 */
export async function written(
  mode: 'a' | 'w',
  content: Written,
  write: (file: File, library: MemoryFiles['library']) => Iterable<void> | void,
  signal?: AbortSignal,
): Promise<void> {
  const memory = await memoryFiles();
  const mount = memory.mountWritten(content);
  const opening = <T>(call: () => T): T => memory.admitting(mount, () => atRest(call));
  try {
    const file = opening(() => new memory.library.File(mount, mode));
    try {
      const steps = (opening(() => write(file, memory.library)) ?? [])[Symbol.iterator]();
      while (opening(() => steps.next()).done !== true) await breathe(signal);
    } finally {
      atRest(() => file.close());
    }
  } finally {
    memory.unmount(mount);
  }
}

/**
 * libhdf5 stamps the time into what it writes: while it does, the clock stands still. Its glue takes the time from the global `Date.now` and is
 * started by h5wasm itself, which passes it no other. The call ends before anyone else has a turn on this thread, so nobody else sees that clock.
 */
function atRest<T>(call: () => T): T {
  const clock = Date.now;
  Date.now = () => 0;
  try {
    return call();
  } finally {
    Date.now = clock;
  }
}

function writeGroup(file: File, path: string, { attributes, groups, arrays }: GroupContent): void {
  const here = path === '' ? file : groupAt(file, path);
  for (const [name, value] of Object.entries(attributes)) {
    const empty = Array.isArray(value) && value.length === 0;
    here.create_attribute(name, empty ? new Float32Array(0) : value, empty ? [0] : null);
  }
  for (const [name, content] of Object.entries(groups)) writeGroup(file, join(path, name), content);
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    const whole = join(path, name);
    groupAt(file, whole.slice(0, whole.lastIndexOf('/')));
    file.create_dataset({ name: whole, data: values, shape: [...shape], dtype: '<f4' });
  }
}

/** The group at `path`, made with all that it stands in. */
function groupAt(file: File, path: string): Group {
  let group: Group = file;
  for (const part of path.split('/').filter(Boolean)) {
    const next = group.keys().includes(part) ? group.get(part) : group.create_group(part);
    if (!isGroup(next)) throw new Error(`No group at ${path}`);
    group = next;
  }
  return group;
}

const join = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);
