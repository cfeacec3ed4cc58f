import type { Dataset } from '../../data/dataset.ts';
import type { Examples } from './train.ts';

/** Pixels of so many bytes stay in memory. Images past it are read again each time. */
const keptBytes = 1 << 26;

/** A dataset's images in any order. */
export function examplesOf(data: Pick<Dataset, 'images' | 'labels'>): Examples {
  const kept = new Map<number, Float32Array>();
  let bytes = 0;
  const image = (number: number): Float32Array => {
    const known = kept.get(number);
    if (known !== undefined) return known;
    const pixels = data.images(number, number + 1);
    bytes += pixels.byteLength;
    if (bytes <= keptBytes) kept.set(number, pixels);
    return pixels;
  };
  return {
    labels: data.labels,
    images: (numbers) => {
      const size = image(numbers[0]!).length;
      const all = new Float32Array(numbers.length * size);
      numbers.forEach((number, i) => all.set(image(number), i * size));
      return all;
    },
  };
}
