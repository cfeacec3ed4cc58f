import type { StoredImages } from './stored.ts';
import { resizeImage, type Size } from './resize.ts';

/** An image's values as they are stored, brought to RGB: [rows, columns, 3]. */
export interface Pixels {
  values: Float32Array;
  size: Size;
}

/** Longest side of a picture in pixels: larger images are made smaller. */
const longest = 128;

export function pixelsOf({ data, layout }: StoredImages, image: number): Pixels {
  const [, ...shape] = data.shape;
  const [rows, columns, channels = 1] =
    layout === 'NCHW' ? [shape[1]!, shape[2]!, shape[0]!] : [shape[0]!, shape[1]!, shape[2]];
  const stored = data.rows(image, image + 1);
  const values = Float32Array.from({ length: rows * columns * 3 }, (_, at) => {
    const [pixel, c] = [Math.floor(at / 3), channels < 3 ? 0 : at % 3];
    return Number(stored[layout === 'NCHW' ? c * rows * columns + pixel : pixel * channels + c]);
  });
  const share = Math.min(1, longest / Math.max(rows, columns));
  const size: Size = [Math.max(1, Math.round(rows * share)), Math.max(1, Math.round(columns * share))];
  return share === 1
    ? { values, size }
    : { values: resizeImage(values, [rows, columns], size, 3, 'bilinear') as Float32Array, size };
}

/** The values that are shown as black and white: 0..255, 0..1 or -1..1, the first that holds all of them, else their own range. `isBytes`: the pixels are known to be 0..255. */
export function shownRange(images: readonly Pixels[], isBytes: boolean): [black: number, white: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of images)
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const usual = isBytes
    ? ([[0, 255]] as const)
    : ([
        [0, 1],
        [-1, 1],
        [0, 255],
      ] as const);
  const [black, white] = usual.find((range) => low >= range[0] && high <= range[1]) ?? [low, high];
  return [black, white > black ? white : black + 1];
}
