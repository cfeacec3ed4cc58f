import type { StoredImages } from './stored.ts';
import { resizeImage, type Size } from './resize.ts';
import { encodePng } from '../formats/write-png.ts';

const side = 4,
  gap = 4,
  background = 128;
/** Longest side of a picture on the sheet, in pixels: small ones are repeated up to the first, large ones thinned out to the second. */
const [least, most] = [96, 256];

/** A PNG of the first 16 images, for people to look at; `white` is the stored value that is shown as white. */
export function contactSheet({ data, layout }: StoredImages, white: number): Uint8Array {
  const count = Math.min(side * side, data.shape[0]!);
  const [, ...shape] = data.shape;
  const [height, width, channels = 1] =
    layout === 'NCHW' ? [shape[1]!, shape[2]!, shape[0]!] : [shape[0]!, shape[1]!, shape[2]];
  const longest = Math.max(height, width);
  const zoom = longest < least ? Math.floor(least / longest) : Math.min(1, most / longest);
  const cell: Size = [Math.max(1, Math.round(height * zoom)), Math.max(1, Math.round(width * zoom))];
  const [rows, columns] = [side * (cell[0] + gap) + gap, side * (cell[1] + gap) + gap];
  const sheet = new Uint8Array(rows * columns * 3).fill(background);
  const values = data.rows(0, count);
  const size = height * width * channels;
  for (let i = 0; i < count; i++) {
    const rgb = Uint8ClampedArray.from({ length: height * width * 3 }, (_, at) => {
      const [pixel, c] = [Math.floor(at / 3), Math.min(channels - 1, at % 3)];
      return (
        (Number(values[i * size + (layout === 'NCHW' ? c * height * width + pixel : pixel * channels + c)]) * 255) /
        white
      );
    });
    const picture = resizeImage(new Uint8Array(rgb.buffer), [height, width], cell, 3, 'nearest') as Uint8Array;
    const [top, left] = [gap + Math.floor(i / side) * (cell[0] + gap), gap + (i % side) * (cell[1] + gap)];
    for (let row = 0; row < cell[0]; row++)
      sheet.set(picture.subarray(row * cell[1] * 3, (row + 1) * cell[1] * 3), ((top + row) * columns + left) * 3);
  }
  return encodePng(sheet, rows, columns);
}
