import { crc32, inflateSync } from 'node:zlib';
import type { Picture, PictureInfo } from './picture.ts';

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Samples of a pixel by colour type: grey, RGB, palette index, grey and alpha, RGB and alpha. */
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Header extends PictureInfo {
  depth: number;
  color: number;
  interlaced: boolean;
}

/** Size and channels of a PNG, from its first bytes. Throws Error. */
export function pngInfo(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(8) !== 13 || tagOf(bytes, 8) !== 'IHDR') throw new Error('it has no PNG header');
  const [depth, color] = [bytes[24]!, bytes[25]!];
  if (samplesOf[color] === undefined || ![1, 2, 4, 8, 16].includes(depth)) throw new Error(`it has PNG colour type ${color} at ${depth} bits`);
  return { columns: view.getUint32(16), rows: view.getUint32(20), channels: color === 0 || color === 4 ? 1 : 3, depth, color, interlaced: bytes[28] === 1 };
}

/**
 * Decodes a PNG of any kind to grey or RGB at 8 bits: palettes are looked up, fewer bits are stretched, of 16 bits the upper eight stay.
 * Transparent pixels keep their colour. Source: https://www.w3.org/TR/png-3/. Throws Error.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const header = pngInfo(bytes);
  const chunks = readChunks(bytes);
  const samples = readSamples(header, chunks.get('IDAT') ?? new Uint8Array());
  const { rows, columns, channels, depth, color } = header;
  const palette = chunks.get('PLTE') ?? new Uint8Array();
  const transparency = chunks.get('tRNS');
  const width = samplesOf[color]!;
  const values = new Uint8Array(rows * columns * channels);
  const hasAlpha = color === 4 || color === 6;
  const alpha = hasAlpha || transparency !== undefined ? new Uint8Array(rows * columns).fill(255) : null;
  const toByte = (sample: number): number => (depth === 16 ? sample >> 8 : depth === 8 ? sample : (sample * 255) / ((1 << depth) - 1));
  for (let pixel = 0, at = 0; pixel < rows * columns; pixel++, at += width) {
    if (color === 3) {
      const index = samples[at]!;
      if (3 * index + 2 >= palette.length) throw new Error(`it names colour ${index} of a palette of ${palette.length / 3}`);
      for (let c = 0; c < 3; c++) values[pixel * 3 + c] = palette[3 * index + c]!;
      if (alpha !== null) alpha[pixel] = transparency![index] ?? 255;
      continue;
    }
    for (let c = 0; c < channels; c++) values[pixel * channels + c] = toByte(samples[at + c]!);
    if (alpha === null) continue;
    if (hasAlpha) alpha[pixel] = toByte(samples[at + channels]!);
    else if (Array.from({ length: channels }, (_, c) => (transparency![2 * c]! << 8) | transparency![2 * c + 1]!).every((key, c) => key === samples[at + c])) alpha[pixel] = 0;
  }
  return { rows, columns, channels, values, alpha };
}

/** The chunks that matter by name, the parts of IDAT joined. */
function readChunks(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = new Map<string, Uint8Array[]>();
  for (let at = pngSignature.length; ;) {
    if (at + 12 > bytes.length) throw new Error('it ends early');
    const [length, name] = [view.getUint32(at), tagOf(bytes, at)];
    if (at + 12 + length > bytes.length) throw new Error('it ends early');
    const content = bytes.subarray(at + 8, at + 8 + length);
    const needed = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(name);
    if (needed && crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) throw new Error(`the checksum of its ${name} is wrong`);
    if (name === 'IEND') return new Map([...parts].map(([key, list]) => [key, list.length === 1 ? list[0]! : Buffer.concat(list)]));
    if (needed) parts.set(name, parts.get(name) ?? []).get(name)!.push(content);
    at += 12 + length;
  }
}

const tagOf = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at + 4, at + 8));

/** First row and column, and their steps, of the passes of an interlaced image. */
const adam7 = [[0, 0, 8, 8], [0, 4, 8, 8], [4, 0, 8, 4], [0, 2, 4, 4], [2, 0, 4, 2], [0, 1, 2, 2], [1, 0, 2, 1]] as const;

/** Deflate packs no better than 1032 to 1: a larger image would only fill the memory. */
const largestRatio = 1032;

/** Raw samples [rows, columns, samples of a pixel]. */
function readSamples({ rows, columns, depth, color, interlaced }: Header, packed: Uint8Array): Uint8Array | Uint16Array {
  const width = samplesOf[color]!;
  const passes = (interlaced ? adam7 : [[0, 0, 1, 1] as const]).map(([top, left, down, right]) => {
    const [height, across] = [Math.ceil((rows - top) / down), Math.ceil((columns - left) / right)];
    return { top, left, down, right, height: across > 0 ? height : 0, across, rowBytes: Math.ceil((across * width * depth) / 8) };
  });
  const size = passes.reduce((sum, { height, rowBytes }) => sum + height * (rowBytes + 1), 0);
  if (size > packed.length * largestRatio) throw new Error('it ends early');
  const raw = inflateSync(packed, { maxOutputLength: Math.max(1, size) });
  if (raw.length < size) throw new Error('it ends early');
  const samples = depth === 16 ? new Uint16Array(rows * columns * width) : new Uint8Array(rows * columns * width);
  const step = Math.max(1, (width * depth) >> 3);
  let at = 0;
  for (const { top, left, down, right, height, across, rowBytes } of passes) {
    let above = new Uint8Array(rowBytes);
    for (let y = 0; y < height; y++, at += rowBytes + 1) {
      const row = raw.subarray(at + 1, at + 1 + rowBytes);
      unfilter(raw[at]!, row, above, step);
      above = row;
      for (let i = 0; i < across * width; i++) {
        const to = ((top + y * down) * columns + left + Math.floor(i / width) * right) * width + (i % width);
        if (depth === 8) samples[to] = row[i]!;
        else if (depth === 16) samples[to] = (row[2 * i]! << 8) | row[2 * i + 1]!;
        else samples[to] = (row[(i * depth) >> 3]! >> (8 - depth - ((i * depth) & 7))) & ((1 << depth) - 1);
      }
    }
  }
  return samples;
}

/** Undoes a row's filter in place; `step` is the distance to the pixel on the left in bytes. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (filter > 4) throw new Error(`it has a row filter ${filter}`);
  if (filter === 0) return;
  for (let i = 0; i < row.length; i++) {
    const [left, up, corner] = [i < step ? 0 : row[i - step]!, above[i]!, i < step ? 0 : above[i - step]!];
    row[i] = row[i]! + (filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner));
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
