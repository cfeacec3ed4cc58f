import { encodePng } from '../formats/write-png.ts';
import type { Pixels } from './pixels.ts';

/** A PNG of an image, `black` to `white` becoming 0 to 255. */
export function thumbnail(
  { values, size: [rows, columns] }: Pixels,
  [black, white]: readonly [number, number],
): Uint8Array {
  return encodePng(
    new Uint8Array(Uint8ClampedArray.from(values, (value) => (255 * (value - black)) / (white - black)).buffer),
    rows,
    columns,
  );
}
