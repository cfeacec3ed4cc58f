import { ofChannel } from './layout.ts';
import { resizeImage, type Size } from './resize.ts';
import { encodePng } from '../formats/write-png.ts';

/** A trigger as it is stamped, x * (1 - mask) + pattern * mask: mask [H, W, 1] from 0 to 1, pattern [H, W, C]. */
export interface Stamp {
  mask: Float32Array;
  pattern: Float32Array;
}

const least = 64;

/** A PNG of a mask, 0 to 1 as black to white. Small ones are made larger. */
export const maskPicture = (mask: Float32Array, size: Size): Uint8Array =>
  encodePng(
    ...larger(
      Float32Array.from({ length: 3 * mask.length }, (_, i) => 255 * mask[Math.floor(i / 3)]!),
      size,
    ),
  );

/** A PNG of an image [H, W, C] with a trigger on it; `low` to `high`, by channel, become black to white. */
export function stampedPicture(
  image: Float32Array,
  { mask, pattern }: Stamp,
  size: Size,
  [low, high]: readonly [low: readonly number[], high: readonly number[]],
): Uint8Array {
  const channels = image.length / mask.length;
  const rgb = Float32Array.from({ length: 3 * mask.length }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const c = channels < 3 ? 0 : at % 3;
    const i = pixel * channels + c;
    const value = image[i]! * (1 - mask[pixel]!) + pattern[i]! * mask[pixel]!;
    return (255 * (value - ofChannel(low, c))) / (ofChannel(high, c) - ofChannel(low, c));
  });
  return encodePng(...larger(rgb, size));
}

/** RGB values as bytes, each pixel several times where there are few. */
function larger(rgb: Float32Array, [rows, columns]: Size): [values: Uint8Array, rows: number, columns: number] {
  const times = Math.max(1, Math.ceil(least / Math.max(rows, columns)));
  const size: Size = [rows * times, columns * times];
  const all = times === 1 ? rgb : resizeImage(rgb, [rows, columns], size, 3, 'nearest');
  return [Uint8Array.from(Uint8ClampedArray.from(all as Float32Array)), ...size];
}
