import { failure } from '../base/errors.ts';
import { type PixelScale, toChannelsLast } from './layout.ts';
import type { StoredImages } from './stored.ts';

/** Stored images with their labels and the pixels that a net takes, wherever they are stored. */
export interface ScaledImages {
  stored: StoredImages;
  count: number;
  labels: Int32Array;
  trueLabels: Int32Array | null;
  /** Memory that one image takes while it is read: as stored, and as the net takes it. */
  imageBytes: number;
  /** Images `start` (inclusive) to `stop` (exclusive) as the net takes them: N,H,W,C, scaled. */
  images(start: number, stop: number): Float32Array;
}

/** Whether the names of its class folders could be read otherwise, and no setting says how they are meant. */
export const hasOtherReading = ({ stored }: ScaledImages): boolean => stored.otherLabels !== null;

/** Puts stored images into the form in which a net takes them. */
export function scaled(stored: StoredImages, format: PixelScale): ScaledImages {
  const { file, data, layout, labels, trueLabels } = stored;
  const imageShape = data.shape.slice(1);
  return {
    stored,
    count: labels.length,
    labels,
    trueLabels,
    imageBytes: data.rowBytes + imageShape.reduce((a, b) => a * b, Float32Array.BYTES_PER_ELEMENT),
    images: (start, stop) => {
      const rows = data.rows(start, stop);
      const { images, badAt } = toChannelsLast(rows, layout, imageShape, format);
      const isPlain = (pixels: Float32Array): boolean =>
        allEqual(pixels, layout === 'NCHW' ? imageShape[0]! : imageShape.at(-1)!);
      if (isPlain(images) && !isPlain(toChannelsLast(rows, layout, imageShape, asStored).images))
        throw failure('pixels-equal', file, { image: start });
      if (badAt === -1) return images;
      const image = start + Math.floor(badAt / (images.length / (stop - start)));
      throw failure('data-values', file, { image, value: String(images[badAt]) });
    },
  };
}

const asStored: PixelScale = { scale: 1, mean: [0], std: [1] };

/** Whether all pixels have one colour; looks no further than to the first that has another. */
const allEqual = (values: Float32Array, channels: number): boolean =>
  values.length > channels && values.every((value, i) => value === values[i % channels]);
