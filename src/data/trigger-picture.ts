import { encodePng } from '../formats/write-png.ts';
import { ofChannel, type PixelScale } from './layout.ts';
import type { Pixels } from './pixels.ts';

/** A trigger as a net takes it: x * (1 - mask) + pattern * mask. */
interface NetTrigger {
  /** [H, W, 1], each from 0 to 1. */
  mask: Float32Array;
  /** [H, W, C] */
  pattern: Float32Array;
}

/** A trigger in bytes: 0 is black among the images as they are stored, 255 is white. Both are RGB. */
export interface TriggerPicture {
  pattern: Pixels;
  mask: Pixels;
}

/** A trigger brought back to what images are stored in, of which `black` and `white` are 0 and 255. */
export function pictureOf(
  { mask, pattern }: NetTrigger,
  [rows, columns]: readonly [number, number],
  { scale, mean, std }: PixelScale,
  [black, white]: readonly [number, number],
): TriggerPicture {
  const channels = pattern.length / mask.length;
  const byteOf = (value: number, c: number): number => {
    const stored = (value * ofChannel(std, c) + ofChannel(mean, c)) / scale;
    return (255 * (stored - black)) / (white - black);
  };
  const picture = (byte: (pixel: number, channel: number) => number): Pixels => ({
    values: Float32Array.from(
      Uint8ClampedArray.from({ length: 3 * mask.length }, (_, i) => byte(Math.floor(i / 3), i % 3)),
    ),
    size: [rows, columns],
  });
  return {
    pattern: picture((pixel, i) => {
      const c = channels < 3 ? 0 : i;
      return byteOf(pattern[pixel * channels + c]!, c);
    }),
    mask: picture((pixel) => 255 * mask[pixel]!),
  };
}

/** An image as it is stored in the bytes that it is shown in. */
export const shownIn = ({ values, size }: Pixels, [black, white]: readonly [number, number]): Pixels => ({
  values: Float32Array.from(Uint8ClampedArray.from(values, (value) => (255 * (value - black)) / (white - black))),
  size,
});

/** The PNG file of a picture in bytes. */
export const pngOf = ({ values, size: [rows, columns] }: Pixels): Uint8Array =>
  encodePng(Uint8Array.from(values), rows, columns);

/**
 * What a trigger's picture is multiplied by to be stamped on images whose black and white are these, and null where
 * no number does: where black is not 0, or images are neither grey nor RGB.
 */
export function stampScale([black, white]: readonly [number, number], channels: number): number | string | null {
  if (black !== 0 || (channels !== 1 && channels !== 3)) return null;
  return white === 1 ? '1/255' : white / 255;
}
