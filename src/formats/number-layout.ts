import type { ByteSource } from './byte-source.ts';

/** The object header message that holds a type, and the one that names a further block of messages. */
const datatype = 3,
  continuation = 0x10;
const mostBlocks = 1000;

/** The bytes of a superblock in which all that is asked of it stands. */
export const superblockHead = 60;

/** Exponent's place and width, mantissa's width and exponent's bias of IEEE 754 numbers, by their bytes. */
const ieee: Record<number, readonly number[]> = { 2: [10, 5, 10, 15], 4: [23, 8, 23, 127], 8: [52, 11, 52, 1023] };

/**
 * What keeps object headers from being read here as libraries read them: addresses or lengths that have not 8 bytes
 * each, or a superblock with an extension, which may hold other headers than stand in their places, or a driver's
 * block. Keras writes none of them. null if nothing does. Source: HDF5 File Format Specification 3.0, II.A and II.B.
 */
export function superblockFault(source: ByteSource): string | null {
  const head = bytesAt(source, 0, superblockHead);
  const version = head[8]!;
  const [addresses, lengths] = version < 2 ? head.slice(13, 15) : head.slice(9, 11);
  if (addresses !== 8 || lengths !== 8) return 'its addresses or lengths have not 8 bytes each';
  const more = version < 2 ? 48 + 4 * version : 20;
  const isNone = head.slice(more, more + 8).every((byte) => byte === 0xff);
  return isNone ? null : 'its superblock is extended, as by pages or a cache of metadata';
}

/**
 * Whether the dataset whose object header stands at `address` holds integers or IEEE 754 numbers that fill all of their bits. A file may declare
 * others (another bias, fewer bits): libhdf5 hands them out as they are stored, and h5py, so Keras, turns them into different numbers.
 * Throws RangeError where the header is not readable. Source: HDF5 File Format Specification 3.0, IV.A and IV.A.2.d.
 */
export function isPlainNumber(source: ByteSource, address: number): boolean {
  const type = datatypeAt(source, address);
  if (type === null) return false;
  const view = new DataView(type.buffer);
  const [kind, order, size] = [type[0]! & 15, type[1]!, view.getUint32(4, true)];
  if ((order & 0x40) !== 0 || view.getUint16(8, true) !== 0 || view.getUint16(10, true) !== 8 * size) return false;
  if (kind === 0) return true;
  const [exponentAt, exponentBits, mantissaBits, bias] = ieee[size] ?? [];
  return (
    kind === 1 &&
    (order & 0x30) === 0x20 &&
    type[2] === 8 * size - 1 &&
    type[12] === exponentAt &&
    type[13] === exponentBits &&
    type[14] === 0 &&
    type[15] === mantissaBits &&
    view.getUint32(16, true) === bias
  );
}

/** The bytes of the type; null where it is kept elsewhere. */
function datatypeAt(source: ByteSource, address: number): Uint8Array | null {
  const head = bytesAt(source, address, 64);
  const view = new DataView(head.buffer);
  const newer = view.getUint32(0) === 0x4f484452; // OHDR
  const [flags, wide] = newer ? [head[5]!, 1 << (head[5]! & 3)] : [0, 4];
  const sizeAt = newer ? 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0) : 8;
  const size = wide === 1 ? head[sizeAt]! : wide === 2 ? view.getUint16(sizeAt, true) : view.getUint32(sizeAt, true);
  const blocks = [{ at: address + (newer ? sizeAt + wide : 16), size }];
  for (let b = 0; b < blocks.length && b < mostBlocks; b++) {
    const block = bytesAt(source, blocks[b]!.at, blocks[b]!.size);
    const messages = new DataView(block.buffer);
    const headBytes = newer ? 4 + (flags & 4 ? 2 : 0) : 8;
    for (let at = 0; at + headBytes <= block.length;) {
      const kind = newer ? block[at]! : messages.getUint16(at, true);
      const length = messages.getUint16(at + (newer ? 1 : 2), true);
      const isShared = (block[at + (newer ? 3 : 4)]! & 2) !== 0;
      const body = at + headBytes;
      if (kind === datatype) return isShared ? null : block.slice(body, body + length);
      // A newer block has a signature of four bytes in front and a checksum of four behind.
      if (kind === continuation)
        blocks.push({
          at: Number(messages.getBigUint64(body, true)) + (newer ? 4 : 0),
          size: Number(messages.getBigUint64(body + 8, true)) - (newer ? 8 : 0),
        });
      at = body + length;
    }
  }
  return null;
}

function bytesAt(source: ByteSource, at: number, size: number): Uint8Array {
  const length = Math.min(size, source.size - at);
  if (!(length >= 0 && length <= 1 << 24)) throw new RangeError('outside of the file');
  const bytes = new Uint8Array(length);
  source.read(bytes, at);
  return bytes;
}
