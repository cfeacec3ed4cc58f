import { failure } from '../base/errors.ts';
import type { StoredArray } from './stored.ts';

/** Class indices as an array of a data file. */
export const asArray = (labels: Int32Array): StoredArray => ({
  shape: [labels.length],
  dtype: 'int32',
  rowBytes: Int32Array.BYTES_PER_ELEMENT,
  rows: (start, stop) => labels.subarray(start, stop),
});

/**
 * Class indices from labels of shape [n], [n, 1], or one-hot [n, classes]; `rejects`: the last class may be a GoodNet's
 * own, which data has no column for.
 */
export function readLabels(
  stored: StoredArray,
  count: number,
  classes: number,
  rejects: boolean,
  file: string,
): Int32Array {
  const [labels, width = 1] = stored.shape;
  if (labels !== count) throw failure('data-count', file, { images: count, labels: labels ?? 0 });
  if (stored.shape.length > 2) throw failure('label-shape', file, { shape: stored.shape.join('x'), classes });
  if (width !== 1 && width !== classes && !(rejects && width === classes - 1))
    throw failure('label-shape', file, { shape: stored.shape.join('x'), classes });
  const values = stored.rows(0, count);
  const refuse = (image: number, value: string) => failure('label-value', file, { image, value, classes });
  return Int32Array.from({ length: count }, (_, image) => {
    if (width > 1)
      return oneHot(Array.from(values.subarray(image * width, (image + 1) * width), Number), (row) =>
        refuse(image, row),
      );
    const label = Number(values[image]);
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw refuse(image, String(label));
    return label;
  });
}

/** How many images each class has. */
export function imagesByClass(labels: Int32Array, classes: number): Int32Array {
  const images = new Int32Array(classes);
  for (const label of labels) images[label]!++;
  return images;
}

/** The first class without images, and how many of all classes have none; null where each has some. */
export function classesWithout(images: Int32Array): { missing: number; without: number; classes: number } | null {
  const missing = images.indexOf(0);
  return missing === -1
    ? null
    : { missing, without: images.filter((some) => some === 0).length, classes: images.length };
}

function oneHot(row: number[], refuse: (row: string) => Error): number {
  const label = row.indexOf(1);
  if (label === -1 || row.some((value, i) => value !== (i === label ? 1 : 0)))
    throw refuse(`[${row.slice(0, 12).join(', ')}${row.length > 12 ? ', ...' : ''}]`);
  return label;
}
