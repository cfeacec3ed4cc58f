import type { Dataset, Group } from 'h5wasm';
import { failure } from '../base/errors.ts';
import type { MemoryFiles } from './memory-files.ts';

type Owner = Pick<Group | Dataset, 'file_id' | 'path'>;
type Library = MemoryFiles['library'];

/** libhdf5's H5T_STRING, H5T_STR_SPACEPAD and the most bytes that one attribute may take. */
const textClass = 3,
  spacePadded = 2,
  mostBytes = 2 ** 28;

/** The names of an object's attributes. `at` and `file` are for messages. Throws `hdf5-attribute` where one stands there twice. */
export function attributeNames(
  { Module }: Library,
  { file_id, path }: Owner,
  at: string,
  file: string,
): ReadonlySet<string> {
  const listed = Module.get_attribute_names(file_id, path);
  const names = new Set(listed);
  if (names.size < listed.length)
    throw failure('hdf5-attribute', file, { at, name: 'an attribute', cause: 'is there twice' });
  return names;
}

/**
 * The text of an attribute, or its list of texts; null if there is none of that name. As h5py and Keras read it: bytes are UTF-8, whatever
 * character set is declared. An empty list of any type is a list of no texts. Throws `hdf5-attribute` for all else: other types,
 * padding with blanks, which h5py takes off, more than one axis, bytes behind a NUL.
 */
export function attributeText(library: Library, owner: Owner, name: string, file: string): string | string[] | null {
  const at = owner.path.replace(/^\//, '');
  if (!attributeNames(library, owner, at, file).has(name)) return null;
  const { Module } = library;
  const refuse = (cause: string) => failure('hdf5-attribute', file, { at, name, cause });
  const {
    shape,
    type,
    vlen,
    size,
    total_size: count,
    strpad,
  } = Module.get_attribute_metadata(owner.file_id, owner.path, name);
  if (shape === null || shape.length > 1) throw refuse('is neither one text nor a list of texts');
  if (shape.length === 1 && count === 0) return [];
  if (type !== textClass) throw refuse('is no text');
  if (!vlen && strpad === spacePadded) throw refuse('is padded with blanks');
  if (size * count > mostBytes) throw refuse(`takes ${size * count} bytes`);
  const texts = vlen ? pointedTo(library, owner, name, count) : slices(library, owner, name, size, count);
  const decoded = texts.map((bytes) => {
    const text = decode(bytes);
    if (text === null) throw refuse('is no text in UTF-8');
    return text;
  });
  return shape.length === 0 ? decoded[0]! : decoded;
}

/** Texts of `size` bytes each. */
function slices(library: Library, owner: Owner, name: string, size: number, count: number): Uint8Array[] {
  return reading(library, owner, name, size * count, (heap, start) =>
    Array.from({ length: count }, (_, i) => heap.slice(start + i * size, start + (i + 1) * size)),
  ).map(withoutPadding);
}

/** Texts that end with a NUL, by pointers to them. */
function pointedTo(library: Library, owner: Owner, name: string, count: number): Uint8Array[] {
  return reading(library, owner, name, count * Uint32Array.BYTES_PER_ELEMENT, (heap, start) => {
    try {
      const pointers = new DataView(heap.buffer, start, count * Uint32Array.BYTES_PER_ELEMENT);
      return Array.from({ length: count }, (_, i) => {
        const text = pointers.getUint32(i * Uint32Array.BYTES_PER_ELEMENT, true);
        return text === 0 ? new Uint8Array(0) : heap.slice(text, heap.indexOf(0, text));
      });
    } finally {
      library.Module.reclaim_vlen_memory(owner.file_id, owner.path, name, BigInt(start));
    }
  });
}

/** Reads an attribute's bytes into the library's memory, and what `take` makes of them there. */
function reading<T>(
  { Module }: Library,
  { file_id, path }: Owner,
  name: string,
  bytes: number,
  take: (heap: Uint8Array, start: number) => T,
): T {
  const memory = Module as unknown as {
    HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  const pointer = memory._malloc(Math.max(1, bytes));
  if (pointer === 0) throw new Error('out of memory');
  try {
    if (Module.get_attribute_data(file_id, path, name, BigInt(pointer)) < 0) throw new Error('an attribute is damaged');
    return take(memory.HEAPU8, pointer);
  } finally {
    memory._free(pointer);
  }
}

/** Up to the NULs at the end. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  return bytes.subarray(0, last + 1);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Null where the bytes are no UTF-8, or hold a NUL. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
