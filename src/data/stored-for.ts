import { failure } from '../base/errors.ts';
import type { Model } from '../models/net.ts';
import type { DataFormat } from './dataset.ts';
import { readLabels } from './labels.ts';
import { checkPixelScale, chooseLayout } from './layout.ts';
import { resized } from './resize.ts';
import type { Source, StoredArray, StoredImages } from './stored.ts';

/** What a source holds, wherever it is. */
export type Content = Pick<Source, 'file' | 'layout' | 'data' | 'label' | 'otherLabel' | 'trueLabel'>;

/** Images with their labels, checked against a net. Throws GoodnetError only. */
export function storedFor(
  { file, layout: own, data: unsized, label, otherLabel, trueLabel }: Content,
  format: DataFormat,
  model: Model,
): StoredImages {
  const count = unsized.shape[0] ?? 0;
  if (count === 0) throw failure('data-empty', file);
  const [rows, columns] = model.inputShape;
  const layout = chooseLayout(
    unsized.shape.slice(1),
    model.inputShape,
    own ?? format.layout,
    format.resize !== null,
    file,
  );
  const data = format.resize === null ? unsized : resized(unsized, layout, [rows!, columns!], format.resize);
  checkPixelScale(format, model.inputShape, file);
  const labelsOf = (stored: StoredArray) => readLabels(stored, count, model.classes, format.rejects, file);
  const byteUnits = own !== null || (/^u?int/.test(unsized.dtype) && unsized.dtype !== 'int8');
  return {
    file,
    data,
    layout,
    byteUnits,
    labels: labelsOf(label),
    otherLabels: otherLabel && labelsOf(otherLabel),
    trueLabels: trueLabel && labelsOf(trueLabel),
  };
}
