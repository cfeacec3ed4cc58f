import { failure } from '../errors.ts';
import { type OpenFile, openFile, type PinnedFile } from '../files.ts';
import { type Hdf5Array, type Hdf5File, openHdf5 } from '../keras/hdf5.ts';
import type { Model } from '../keras/model.ts';
import { readLabels } from './labels.ts';
import { checkPixelScale, chooseLayout, type Layout, type PixelScale, toChannelsLast } from './layout.ts';

/** Images with one label each, read in slices. */
export interface Dataset {
  file: string;
  sha256: string;
  /** Size of the file. */
  bytes: number;
  /** Number of images. */
  count: number;
  /** Memory that one image takes while it is read: as stored, and as the net takes it. */
  imageBytes: number;
  /** Class index of each image: the true class, or the attacker's target on poisoned data. */
  labels: Int32Array;
  /** Images `start` (inclusive) to `stop` (exclusive) as the net takes them: N,H,W,C, scaled. */
  images(start: number, stop: number): Float32Array;
  close(): void;
}

/** How images and labels are stored, for all data files of a run. */
export interface DataFormat extends PixelScale {
  dataName: string;
  labelName: string;
  layout: Layout | 'auto';
  /** Whether the net may be a GoodNet, whose last class no data has. */
  rejects: boolean;
}

/** Opens an HDF5 file of images and labels and checks it against the net. `path` is where `pinned.file` stands. Throws GoodnetError only. */
export async function openDataset(path: string, pinned: PinnedFile, format: DataFormat, model: Model): Promise<Dataset> {
  const file = openFile(path, pinned);
  let hdf5: Hdf5File | undefined;
  const close = (): void => {
    hdf5?.close();
    file.close();
  };
  try {
    hdf5 = await openHdf5(file);
    return { ...checked(file, hdf5, format, model), close };
  } catch (error) {
    close();
    throw error;
  }
}

function checked(file: OpenFile, hdf5: Hdf5File, format: DataFormat, model: Model): Omit<Dataset, 'close'> {
  const data = array(hdf5, format.dataName, file.name);
  const count = data.shape[0] ?? 0;
  if (count === 0) throw failure('data-empty', file.name);
  const imageShape = data.shape.slice(1);
  const layout = chooseLayout(imageShape, model.inputShape, format.layout, file.name);
  checkPixelScale(format, model.inputShape, file.name);
  const labels = readLabels(array(hdf5, format.labelName, file.name), count, model.classes, format.rejects, file.name);
  return {
    file: file.name, sha256: file.sha256, bytes: file.size, count, labels,
    imageBytes: imageShape.reduce((a, b) => a * b, data.itemBytes + Float32Array.BYTES_PER_ELEMENT),
    images: (start, stop) => {
      const { images, badAt } = toChannelsLast(data.rows(start, stop), layout, imageShape, format);
      if (badAt === -1) return images;
      const image = start + Math.floor(badAt / (images.length / (stop - start)));
      throw failure('data-values', file.name, { image, value: String(images[badAt]) });
    },
  };
}

function array(hdf5: Hdf5File, name: string, file: string): Hdf5Array {
  const found = hdf5.array(name);
  if (found === null) throw failure('data-missing', file, { name, near: listed(hdf5.children('')) });
  if (/^(u?int|float)\d+$/.test(found.dtype)) return found;
  throw failure('data-dtype', file, { name, dtype: found.dtype });
}

const shownNames = 10;
const listed = (names: string[]): string => [...names.slice(0, shownNames), ...(names.length > shownNames ? [`${names.length - shownNames} more`] : [])].join(', ') || 'nothing';
