// The room formats: HDF5, zip, npy, PNG, JPEG, WebP and JSON as such.
// It may import base.
import { failure, firstLine } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { type ByteSource, inMemory } from './byte-source.ts';
import { decoderOf, dtypeOf, type TypedArray } from './element-types.ts';
import { attributeNames, attributeText } from './hdf5-attributes.ts';
import { isDataset, isGroup, Tree } from './hdf5-tree.ts';
import { checkLayout, checkValues, readBytes } from './hdf5-values.ts';
import { holds } from './magic.ts';
import { memoryFiles } from './memory-files.ts';
import { superblockFault, superblockHead } from './number-layout.ts';

/** One HDF5 dataset: its shape, its element type in numpy's words, and its values by rows of the first axis. */
export interface Hdf5Array {
  shape: number[];
  dtype: string;
  /** Memory that one row takes while it is read. */
  rowBytes: number;
  /** Rows `start` (inclusive) to `stop` (exclusive), row-major. */
  rows(start: number, stop: number): TypedArray;
}

/** One whose values are still in its file. */
export interface ArrayInFile extends Hdf5Array {
  /** The same as `rows`, as bytes in the order of this machine. */
  bytes: (start: number, stop: number) => ArrayBuffer;
}

/** An open HDF5 file. Everything it can reach is inside that one file. */
export interface Hdf5File {
  /**
   * The text, or the texts, of an attribute; null if there is none. Throws `hdf5-attribute` for one of another kind.
   */
  attribute(path: string, name: string): string | string[] | null;
  children(path: string): string[];
  array(path: string): ArrayInFile | null;
  /**
   * All that is in the file, checked as if it were read: links, layouts, filters, values stored elsewhere. The root
   * stands at ''.
   */
  contents(): Contents;
  /** Throws `hdf5-damaged`. */
  close(): void;
}

/** Every group and dataset of a file by its path, with the names of its attributes. */
export type Contents = ReadonlyMap<string, { kind: 'group' | 'dataset'; attributes: ReadonlySet<string> }>;

const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Opens an HDF5 file inside the library's own memory file system, in which nothing but that file can be opened: its
 * bytes come from `source` as they are needed. Throws `not-hdf5`, `lfs-pointer`, `file-empty` or another `hdf5-` error.
 */
export async function openHdf5(whole: ByteSource): Promise<Hdf5File> {
  const source = behindUserBlock(whole);
  const fault = source.size > superblockHead ? superblockFault(source) : null;
  if (fault !== null) throw failure('hdf5-damaged', source.name, { cause: fault });
  const files = await memoryFiles();
  const mount = files.mount(source);
  const guarded: Guarded = (call, bytes = 0) =>
    guard(source.name, () => files.straying(() => files.growing(limits.libraryBytes + source.size + bytes, call)));
  const file = guarded(() => files.admitting(mount, () => new files.library.File(mount, 'r')));
  const tree = new Tree(file, source.name, files.library);
  return {
    attribute: (path, name) =>
      guarded(() => {
        const owner = tree.at(path);
        return isGroup(owner) || isDataset(owner) ? attributeText(files.library, owner, name, source.name) : null;
      }),
    children: (path) =>
      guarded(() => {
        const group = tree.at(path);
        return isGroup(group) ? [...tree.names(path, group)] : [];
      }),
    array: (path) => guarded(() => arrayAt(tree, path, source, guarded)),
    contents: () =>
      guarded(
        () =>
          new Map(
            tree.items().map(({ path, entity }) => {
              if (isDataset(entity)) checkValues(tree, entity, path, source);
              return [
                path,
                {
                  kind: isDataset(entity) ? ('dataset' as const) : ('group' as const),
                  attributes: attributeNames(files.library, entity, path, source.name),
                },
              ];
            }),
          ),
      ),
    close: () => {
      try {
        guarded(() => file.close()); // what is damaged may show only then
      } finally {
        files.unmount(mount);
      }
    },
  };
}

/** A file from where HDF5 starts: in front of it may stand a block of the user's own, which no library reads. */
function behindUserBlock(source: ByteSource): ByteSource {
  if (source.size === 0) throw failure('file-empty', source.name);
  const start = startOf(source);
  if (start === 0) return source;
  if (start !== null)
    return {
      name: source.name,
      size: source.size - start,
      read: (target, at) => source.read(target, start + at),
    };
  const head = new Uint8Array(Math.min(64, source.size));
  source.read(head, 0);
  if (new TextDecoder().decode(head).startsWith('version https://git-lfs')) throw failure('lfs-pointer', source.name);
  const known = others.find((magic) => holds(head, magic));
  throw known === undefined ? failure('not-hdf5', source.name) : failure('other-format', source.name, known);
}

/** Whether HDF5 starts somewhere in these bytes. */
export const isHdf5 = (bytes: Uint8Array): boolean => startOf(inMemory('', bytes)) !== null;

/** Where HDF5 starts; null if nowhere. Source: the HDF5 File Format Specification, II.A. */
function startOf(source: ByteSource): number | null {
  const found = new Uint8Array(signature.length);
  for (let at = 0; at + found.length <= source.size; at = at === 0 ? smallestUserBlock : 2 * at) {
    source.read(found, at);
    if (signature.every((byte, i) => found[i] === byte)) return at;
  }
  return null;
}

const smallestUserBlock = 512;

/** Files that come in the place of HDF5 ones, by the text that stands in them. */
const others = [
  {
    at: 0,
    text: '\x93NUMPY',
    kind: 'a lone array of numpy (.npy)',
    fix: 'store images and labels in one file: `numpy.savez("data.npz", data=x, label=y)`',
  },
  {
    at: 4,
    text: 'TFL3',
    kind: 'a TensorFlow Lite model, whose weights may be quantized',
    fix: 'name the Keras model that it was made of',
  },
  ...['<!DOCTYPE', '<!doctype', '<html', '<HTML'].map((text) => ({
    at: 0,
    text,
    kind: 'a web page, not the file itself',
    fix: 'download the file behind it, on GitHub by its raw link',
  })),
  {
    at: 0,
    text: '{',
    kind: 'a text in JSON',
    fix: 'name an HDF5 file (.h5) here; the architecture of a weights-only file goes to `architecture`',
  },
  {
    at: 0,
    text: '\x80',
    kind: 'a pickle, as Python and PyTorch write them',
    fix: 'save the model in Keras as `.keras` or `.h5`, or export it as ONNX; the data as HDF5 or `.npz`',
  },
];

/** Runs a call into libhdf5 that takes `bytes` for the values it reads. */
type Guarded = <T>(call: () => T, bytes?: number) => T;

/**
 * Runs a call into libhdf5 and turns its failures into one typed error. `stray`: a file that the call wanted to open
 * besides its own.
 */
function guard<T>(name: string, call: () => { result: T; stray: null } | { stray: string; result?: undefined }): T {
  let outcome;
  try {
    outcome = call();
  } catch (error) {
    if (error instanceof Error && error.name === 'GoodnetError') throw error;
    const cause = firstLine(error);
    throw failure('hdf5-damaged', name, {
      cause: cause === '' || cause.includes('not defined') ? 'it is cut short or its structure is damaged' : cause,
    });
  }
  if (outcome.stray !== null) throw failure('hdf5-external', name, { other: outcome.stray });
  return outcome.result;
}

/** How often libhdf5 holds a chunk while it unpacks it. */
const buffersEach = 4;

function arrayAt(tree: Tree, path: string, source: ByteSource, guarded: Guarded): ArrayInFile | null {
  const dataset = tree.at(path);
  if (!isDataset(dataset)) return null;
  checkLayout(tree, dataset, path, source);
  const { name } = source;
  const { metadata } = dataset;
  const shape = [...(metadata.shape ?? [])];
  const dtype = dtypeOf(metadata);
  const rowBytes = shape.slice(1).reduce((product, length) => product * length, metadata.size);
  const chunkBytes = (metadata.chunks ?? []).reduce((product, length) => product * length, metadata.size);
  const bytes = (start: number, stop: number): ArrayBuffer => {
    const count = shape.map((size, axis) => BigInt(axis === 0 ? stop - start : size));
    return guarded(
      () => readBytes(tree.library, dataset, count, start, metadata.size),
      (stop - start) * rowBytes + buffersEach * chunkBytes,
    );
  };
  return {
    shape,
    dtype,
    rowBytes,
    bytes,
    rows: (start, stop) => decoderOf(dtype, path, name)(bytes(start, stop)),
  };
}
