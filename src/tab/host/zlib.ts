import { Unzlib, zlibSync } from 'fflate';
import { Buffer, type Bytes } from './buffer.ts';

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = table[(value ^ bytes[i]!) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

export const deflateSync = (bytes: Uint8Array): Uint8Array => zlibSync(bytes);

const stepBytes = 2 ** 16;

/** Unpacks no more than so many bytes, and nothing that is not as its checksum says. Throws Error. */
export function inflateSync(packed: Uint8Array, { maxOutputLength }: { maxOutputLength: number }): Bytes {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Unzlib((part) => {
    length += part.length;
    parts.push(part);
  });
  for (let at = 0; at < packed.length; at += stepBytes) {
    stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    if (length > maxOutputLength)
      throw Object.assign(new RangeError('more than may be unpacked'), { code: 'ERR_BUFFER_TOO_LARGE' });
  }
  const bytes = Buffer.concat(parts);
  if (packed.length < 6 || adler32(bytes) !== checksumOf(packed)) throw new Error('incorrect data check');
  return bytes;
}

const checksumOf = ({ buffer, byteOffset, length }: Uint8Array): number =>
  new DataView(buffer, byteOffset).getUint32(length - 4);

/** Bytes after which the sums still fit into 32 bits. Source: RFC 1950, 9. */
const unreduced = 5552,
  base = 65_521;

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length; at += unreduced) {
    for (let i = at; i < Math.min(bytes.length, at + unreduced); i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= base;
    b %= base;
  }
  return ((b << 16) | a) >>> 0;
}
