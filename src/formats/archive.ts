import { Inflate, zipSync } from 'fflate';
import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';

/** An opened zip: its entries in the archive's order, with their unpacked sizes in bytes. */
export interface Archive {
  sizes: ReadonlyMap<string, number>;
  /** The unpacked bytes of an entry, checked against its size and checksum. */
  bytes(entry: string): Uint8Array;
}

/** One entry as the central directory declares it. Sizes and offsets in bytes. */
interface Entry {
  name: string;
  renamed: boolean;
  method: number;
  checksum: number;
  packed: number;
  size: number;
  at: number;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * Opens a zip in memory; nothing is unpacked before it is asked for. `name` is the file that messages name.
 * Throws `zip-damaged` or `zip-unsafe`. Source of the layout: PKWARE's APPNOTE 6.3.
 */
export function openZip(name: string, bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = new Map<string, Entry>();
    for (const entry of directory(view, bytes)) {
      const cause = entries.has(entry.name) ? 'is there twice' : danger(entry);
      if (cause !== null) throw failure('zip-unsafe', name, { entry: printable(entry.name), cause });
      entries.set(entry.name, entry);
    }
    const total = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
    if (total > limits.zipBytes)
      throw failure('zip-unsafe', name, {
        entry: 'the content',
        cause: `unpacks to ${total} bytes, over ${limits.zipBytes}`,
      });
    const starts = dataStarts(view, bytes, [...entries.values()]);
    return {
      sizes: new Map([...entries].map(([entry, { size }]) => [entry, size])),
      bytes: (wanted) => {
        const entry = entries.get(wanted);
        const start = starts.get(wanted);
        if (entry === undefined || start === undefined)
          throw failure('zip-damaged', name, { cause: `${wanted} is missing` });
        const unpacked = unpack(bytes.subarray(start, start + entry.packed), entry);
        if (unpacked === null || crc32(unpacked) !== entry.checksum)
          throw failure('zip-damaged', name, { cause: `${printable(wanted)} is not what its size and checksum say` });
        return unpacked;
      },
    };
  } catch (error) {
    if (error instanceof RangeError)
      throw failure('zip-damaged', name, { cause: error.message === twoWays ? twoWays : 'it ends too early' });
    throw error;
  }
}

/** A zip of stored entries, as Keras writes it. The same entries always give the same bytes. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // Zip keeps local time without a zone: the same wall clock everywhere.
  return zipSync(Object.fromEntries(entries), { level: 0, mtime: new Date(1980, 0, 1) });
}

/**
 * What the central directory lists. Throws RangeError: the archive ends too early, or readers of zips would not agree where its directory is.
 * Python, and so Keras, looks for it right in front of the end record, and goes by its size and not by its count.
 */
function* directory(view: DataView, bytes: Uint8Array): Generator<Entry> {
  const end = endRecord(bytes);
  const [count, size, start] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  if (view.getUint16(end + 20, true) !== 0 || start + size !== end) throw new RangeError(twoWays);
  // Zip64 structures, which only archives over 4 GiB or 65,535 entries need, would name another directory.
  if (count > limits.zipEntries || (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50))
    throw new RangeError(twoWays);
  let at = start;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError();
    const [length, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const flags = view.getUint16(at + 8, true);
    yield {
      name: nameAt(bytes, at + 46, length),
      method: flags & encrypted ? -1 : view.getUint16(at + 10, true),
      renamed: hasField(view, at + 46 + length, extra, unicodePath),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    at += 46 + length + extra + view.getUint16(at + 32, true);
  }
  if (at !== end) throw new RangeError(twoWays);
}

/** A mark of UTF-8 in front of a name is part of it. */
const nameAt = (bytes: Uint8Array, at: number, length: number): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, at + length));

const twoWays = 'its directory can be read in two ways';
const endBytes = 22;

/**
 * Where the end record of a zip stands: at its end. In a comment behind it Python looks for another, and takes a file in
 * which it finds half of one for no zip. Throws RangeError if it stands nowhere, or not there.
 */
function endRecord(bytes: Uint8Array): number {
  const at = bytes.length - endBytes;
  const signature = [0x50, 0x4b, 5, 6];
  if (at >= 0 && signature.every((byte, i) => bytes[at + i] === byte)) return at;
  throw new RangeError(endsAsZip(bytes) ? twoWays : undefined);
}

/** How far from the end of a file some reader may look for an end record: Python begins a byte before the others. */
const widest = 2 ** 17;

/** Whether a file is one that readers which begin at its end, as Python's do, might take for a zip. */
export function endsAsZip(bytes: Uint8Array): boolean {
  for (let at = Math.max(0, bytes.length - widest); at + 4 <= bytes.length; at++)
    if (
      bytes[at] === 0x50 &&
      bytes[at + 1] === 0x4b &&
      [5, 6].includes(bytes[at + 2]!) &&
      bytes[at + 3] === bytes[at + 2]! + 1
    )
      return true;
  return false;
}

/** The extra field that gives an entry another name: newer Pythons go by it. */
const unicodePath = 0x7075;

function hasField(view: DataView, start: number, bytes: number, wanted: number): boolean {
  for (let at = start; at + 4 <= start + bytes; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === wanted) return true;
  return false;
}

const encrypted = 0x2041;

/** Why an entry is not to be trusted; null if it is. */
function danger({ name, renamed, method, packed, size }: Entry): string | null {
  if (name === '' || /^\/|\\|^[A-Za-z]:|[\0-\x1f]/.test(name) || name.split('/').includes('..'))
    return 'has a name that leaves the archive';
  if (renamed) return 'has two names';
  if (method === -1) return 'is encrypted';
  if (method !== 0 && method !== 8) return `is packed by method ${method}`;
  if (method === 0 && packed !== size) return 'declares two sizes';
  return size > packed * limits.packingRatio
    ? `unpacks to ${Math.round(size / Math.max(1, packed))} times its size`
    : null;
}

/** Where each entry's data begins. Its local header, which is all that some readers look at, must say the same of it, and no two entries may share bytes. */
function dataStarts(view: DataView, bytes: Uint8Array, entries: readonly Entry[]): Map<string, number> {
  const starts = new Map<string, number>();
  let free = 0;
  for (const { name, at, method, packed, size } of [...entries].sort((a, b) => a.at - b.at)) {
    const length = view.getUint16(at + 26, true);
    const start = at + 30 + length + view.getUint16(at + 28, true);
    const same = nameAt(bytes, at + 30, length) === name;
    if (
      view.getUint32(at, true) !== 0x04034b50 ||
      !same ||
      at < free ||
      at > free + mostBetween ||
      start + packed > bytes.length
    )
      throw new RangeError();
    if (view.getUint16(at + 8, true) !== method || !saysSizes(view, at, packed, size)) throw new RangeError(twoWays);
    free = start + packed;
    starts.set(name, start);
  }
  return starts;
}

/** Bytes that may stand behind the data of an entry: its checksum and sizes. */
const mostBetween = 24;

const sizesFollow = 0x0008,
  inExtraField = 0xffffffff;

/** Whether the local header at `at` gives these sizes, or leaves them to what stands behind the data or in a field of its own. */
function saysSizes(view: DataView, at: number, packed: number, size: number): boolean {
  if (view.getUint16(at + 6, true) & sizesFollow) return true;
  return [
    [18, packed],
    [22, size],
  ].every(([place, expected]) => [expected, inExtraField].includes(view.getUint32(at + place!, true)));
}

/** Unpacks no more than what was declared; null if there is more, or less. */
function unpack(packed: Uint8Array, { method, size }: Entry): Uint8Array | null {
  if (method === 0) return packed;
  const unpacked = new Uint8Array(size);
  let filled = 0;
  const stream = new Inflate((part) => {
    if (filled + part.length <= size) unpacked.set(part, filled);
    filled += part.length;
  });
  try {
    for (let at = 0; at < packed.length && filled <= size; at += block)
      stream.push(packed.subarray(at, at + block), at + block >= packed.length);
  } catch {
    return null;
  }
  return filled === size ? unpacked : null;
}

const block = 1 << 16;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = table[(value ^ bytes[i]!) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** A name from inside the archive, cut short and without characters that a terminal obeys. */
const printable = (name: string): string => name.slice(0, 60).replaceAll(/[^\x20-\x7e]/g, '?');
