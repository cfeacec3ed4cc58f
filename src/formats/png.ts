import { inflateSync } from 'node:zlib';
import type { Picture, PictureInfo } from './picture.ts';
import { type PngChunks, readChunks, tagOf } from './png-chunks.ts';

/** Samples of a pixel by colour type: grey, RGB, palette index, grey and alpha, RGB and alpha. */
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Bits of a sample that each colour type may have. */
const depthsOf: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Header extends PictureInfo {
  depth: number;
  color: number;
  interlaced: boolean;
}

/** Size and channels of a PNG, from its first bytes. Throws Error. */
export function pngInfo(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(8) !== 13 || tagOf(bytes, 8) !== 'IHDR')
    throw new Error('it has no PNG header');
  const [depth, color, compression, filter, interlace] = bytes.subarray(24, 29) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (depthsOf[color]?.includes(depth) !== true) throw new Error(`it has PNG colour type ${color} at ${depth} bits`);
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw new Error(
      `it has compression ${compression}, filter ${filter} and interlace ${interlace}, which PNG does not know`,
    );
  return {
    columns: view.getUint32(16),
    rows: view.getUint32(20),
    channels: color === 0 || color === 4 ? 1 : 3,
    depth,
    color,
    interlaced: interlace === 1,
  };
}

/**
 * Decodes a PNG of any kind to grey or RGB at 8 bits: palettes are looked up, fewer bits are stretched, of 16 bits the upper eight stay.
 * Transparent pixels keep their colour. Source: https://www.w3.org/TR/png-3/. Throws Error.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const header = pngInfo(bytes);
  const chunks = readChunks(bytes);
  checkColors(header, chunks);
  const samples = readSamples(header, chunks.packed);
  const { rows, columns, channels, depth, color } = header;
  const palette = chunks.palette ?? new Uint8Array();
  const { transparency } = chunks;
  const width = samplesOf[color]!;
  const values = new Uint8Array(rows * columns * channels);
  const hasAlpha = color === 4 || color === 6;
  const alpha = hasAlpha || transparency !== null ? new Uint8Array(rows * columns).fill(255) : null;
  const toByte = (sample: number): number =>
    depth === 16 ? sample >> 8 : depth === 8 ? sample : (sample * 255) / ((1 << depth) - 1);
  for (let pixel = 0, at = 0; pixel < rows * columns; pixel++, at += width) {
    if (color === 3) {
      const index = samples[at]!;
      if (3 * index + 2 >= palette.length)
        throw new Error(`it names colour ${index} of a palette of ${palette.length / 3}`);
      for (let c = 0; c < 3; c++) values[pixel * 3 + c] = palette[3 * index + c]!;
      if (alpha !== null) alpha[pixel] = transparency![index] ?? 255;
      continue;
    }
    for (let c = 0; c < channels; c++) values[pixel * channels + c] = toByte(samples[at + c]!);
    if (alpha === null) continue;
    if (hasAlpha) alpha[pixel] = toByte(samples[at + channels]!);
    else if (
      Array.from({ length: channels }, (_, c) => (transparency![2 * c]! << 8) | transparency![2 * c + 1]!).every(
        (key, c) => key === samples[at + c],
      )
    )
      alpha[pixel] = 0;
  }
  return { rows, columns, channels, values, alpha };
}

/** Palette and transparency as the colour type takes them. */
function checkColors({ color }: Header, { palette, transparency }: PngChunks): void {
  const colors = (palette?.length ?? 0) / 3;
  if (color === 3 && palette === null) throw new Error('it has a palette of 0 colours');
  if (palette !== null && (color === 0 || color === 4)) throw new Error('it has a palette beside grey pixels');
  if (palette !== null && (!Number.isInteger(colors) || colors < 1 || colors > 256))
    throw new Error(`its palette has ${palette.length} bytes`);
  if (transparency === null) return;
  const fits = color === 3 ? transparency.length <= 256 : transparency.length === { 0: 2, 2: 6 }[color];
  if (!fits) throw new Error(`its tRNS has ${transparency.length} bytes at colour type ${color}`);
}

/** First row and column, and their steps, of the passes of an interlaced image. */
const adam7 = [
  [0, 0, 8, 8],
  [0, 4, 8, 8],
  [4, 0, 8, 4],
  [0, 2, 4, 4],
  [2, 0, 4, 2],
  [0, 1, 2, 2],
  [1, 0, 2, 1],
] as const;

/** Deflate packs no better than 1032 to 1: a larger image would only fill the memory. */
const largestRatio = 1032;

/** Raw samples [rows, columns, samples of a pixel]. */
function readSamples(
  { rows, columns, depth, color, interlaced }: Header,
  packed: Uint8Array,
): Uint8Array | Uint16Array {
  const width = samplesOf[color]!;
  const passes = (interlaced ? adam7 : [[0, 0, 1, 1] as const]).map(([top, left, down, right]) => {
    const [height, across] = [Math.ceil((rows - top) / down), Math.ceil((columns - left) / right)];
    return {
      top,
      left,
      down,
      right,
      height: across > 0 ? height : 0,
      across,
      rowBytes: Math.ceil((across * width * depth) / 8),
    };
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
    row[i] =
      row[i]! + (filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner));
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
