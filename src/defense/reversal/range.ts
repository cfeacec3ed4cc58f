import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import { pixelsOf, shownRange } from '../../data/pixels.ts';
import type { PixelRange } from '../../engine/training/trigger-gradients.ts';

const looked = 128;

/** The least and the greatest pixel as the net takes them: of 0..255, 0..1 or -1..1 as stored, whichever holds the images. */
export function pixelRange({ stored, count }: Dataset, { scale, mean, std }: PixelScale): PixelRange {
  const some = Array.from({ length: Math.min(looked, count) }, (_, i) =>
    Math.floor((i * count) / Math.min(looked, count)),
  );
  const [black, white] = shownRange(
    some.map((image) => pixelsOf(stored, image)),
    stored.byteUnits,
  );
  const channels = Array.from({ length: Math.max(mean.length, std.length) }, (_, c) =>
    [black, white].map((value) => (value * scale - at(mean, c)) / at(std, c)),
  );
  return { least: channels.map((ends) => Math.min(...ends)), most: channels.map((ends) => Math.max(...ends)) };
}

const at = (values: readonly number[], channel: number): number => values[values.length === 1 ? 0 : channel]!;
