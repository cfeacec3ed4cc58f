import { crc32, deflateSync } from 'node:zlib';
import { pngSignature } from './png-chunks.ts';

/** The bytes of a PNG file of RGB values [rows, columns, 3]. */
export function encodePng(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  header.set([8, 2], 8); // 8 bits, RGB
  const filtered = new Uint8Array(rows * (1 + 3 * columns));
  for (let row = 0; row < rows; row++)
    filtered.set(values.subarray(row * 3 * columns, (row + 1) * 3 * columns), row * (1 + 3 * columns) + 1);
  return Buffer.concat([
    Uint8Array.from(pngSignature),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filtered)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}
