import type { Dataset } from '../../data/dataset.ts';
import { ofChannel, type PixelScale } from '../../data/layout.ts';
import { pixelsOf, shownRange } from '../../data/pixels.ts';
import type { PixelRange } from '../../engine/training/trigger-gradients.ts';

const looked = 128;

/** The images of a dataset that are looked at, where not all need to be: some spread over it. */
export function lookedAt({ count }: Pick<Dataset, 'count'>): number[] {
  const some = Math.min(looked, count);
  return Array.from({ length: some }, (_, i) => Math.floor((i * count) / some));
}

/** What black and white are among the images as they are stored: 0..255, 0..1 or -1..1, whichever holds them. */
export function storedRange(data: Dataset): [black: number, white: number] {
  return shownRange(
    lookedAt(data).map((image) => pixelsOf(data.stored, image)),
    data.stored.byteUnits,
  );
}

/** The least and the greatest pixel as the net takes them. */
export function pixelRange(data: Dataset, { scale, mean, std }: PixelScale): PixelRange {
  const [black, white] = storedRange(data);
  const channels = Array.from({ length: Math.max(mean.length, std.length) }, (_, c) =>
    [black, white].map((value) => (value * scale - ofChannel(mean, c)) / ofChannel(std, c)),
  );
  return { least: channels.map((ends) => Math.min(...ends)), most: channels.map((ends) => Math.max(...ends)) };
}
