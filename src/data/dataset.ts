// The room data: images with labels in front of a net.
// It may import models and what lies below.
import type { FolderReading } from '../settings/config.ts';
import type { ImageFile, StampSetting } from '../settings/split-files.ts';
import type { HeldFile } from '../base/files.ts';
import type { Model } from '../models/net.ts';
import type { ArrayNames } from './arrays.ts';
import type { Layout, PixelScale } from './layout.ts';
import type { Resize } from './resize.ts';
import { type ScaledImages, scaled } from './scaled.ts';
import { openSource } from './source.ts';
import type { DataPlace, ReadInput } from './stored.ts';
import { storedFor } from './stored-for.ts';
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
    const stored = storedFor(source, format, model);
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
