// The room data: images with labels in front of a net.
// It may import models and what lies below.
import type { FolderReading } from '../settings/config.ts';
import type { ImageFile, StampSetting } from '../settings/split-files.ts';
import { failure } from '../base/errors.ts';
import type { HeldFile } from '../base/files.ts';
import type { Model } from '../models/net.ts';
import { readLabels } from './labels.ts';
import { checkPixelScale, chooseLayout, type Layout, type PixelScale } from './layout.ts';
import { type Resize, resized } from './resize.ts';
import { type ScaledImages, scaled } from './scaled.ts';
import { type ArrayNames, openSource } from './source.ts';
import type { DataPlace, ReadInput, Source, StoredArray, StoredImages } from './stored.ts';
import { stamped } from './trigger.ts';

/** Images with one label each in front of a net, read in slices. */
export interface Dataset extends ScaledImages {
  /** What it was read from, but for a file that another thread has open. */
  inputs: ReadInput[];
  /** The file that holds the images, open for other threads; null where it is none, or the clean images' own. */
  held: HeldFile | null;
  close(): void;
}

/** How images and labels are stored, for all data of a run. */
export interface DataFormat extends ArrayNames, PixelScale {
  layout: Layout | 'auto';
  /** What the names of class folders mean. */
  folders: FolderReading;
  /** How images of another size than the net's are brought to it; null: they are refused. */
  resize: Resize | null;
  /** Whether the net may be a GoodNet, whose last class no data has. */
  rejects: boolean;
}

/** Whether the names of its class folders could be read otherwise, and no setting says how they are meant. */
export const hasOtherReading = ({ stored }: Dataset): boolean => stored.otherLabels !== null;

/** Opens images and labels and checks them against the net. Throws GoodnetError only. */
export async function openDataset(
  pinned: ImageFile,
  format: DataFormat,
  model: Model,
  place: DataPlace,
): Promise<Dataset> {
  const source = await openSource(
    pinned,
    format,
    { input: model.inputShape, classes: model.classes, ...format },
    place,
  );
  try {
    const stored = checked(source, format, model);
    const { file, sha256, bytes } = source;
    return {
      ...scaled(stored, format),
      inputs: sha256 === null ? [] : [{ file, sha256, bytes, samples: stored.labels.length }],
      held: source.held,
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** The images of a clean dataset with a trigger on them. They are read from it: it must stay open. Throws GoodnetError only. */
export async function stampDataset(
  clean: Dataset,
  setting: StampSetting,
  format: DataFormat,
  model: Model,
  place: DataPlace,
): Promise<Dataset> {
  const { stored, inputs } = await stamped(clean.stored, setting, model.classes, place, format.bounds);
  return { ...scaled(stored, format), inputs, held: null, close: () => undefined };
}

function checked(
  { file, layout: own, data: unsized, label, otherLabel, trueLabel }: Source,
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
