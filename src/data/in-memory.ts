import { isZip } from '../formats/archive.ts';
import { isHdf5 } from '../formats/hdf5.ts';
import { isSafetensors, readSafetensors, type Tensor } from '../formats/safetensors.ts';
import { arrayOf } from '../formats/whole-arrays.ts';
import { type Bounds, defaultBounds } from '../base/limits.ts';
import type { FileBytes } from '../models/format.ts';
import type { Model } from '../models/net.ts';
import type { Reading } from '../models/reading.ts';
import type { ImageFile } from '../settings/split-files.ts';
import { type ArrayNames, chosenArrays, type NamedArrays, npzArrays, trueLabelName } from './arrays.ts';
import type { DataFormat, Dataset } from './dataset.ts';
import { scaled } from './scaled.ts';
import { storedFor } from './stored-for.ts';
import type { StoredArray } from './stored.ts';

/** The bytes of a data file and their SHA-256. */
export interface DataBytes {
  bytes: Uint8Array;
  sha256: string;
}

/**
 * Images with their labels out of an HDF5, .npz or safetensors file in memory, in front of a net. Needs nothing of
 * Node's. Throws GoodnetError only.
 */
export async function datasetIn(
  { bytes, sha256 }: DataBytes,
  { file, data, label }: ImageFile,
  format: DataFormat,
  model: Model,
  reading: Reading,
): Promise<Dataset> {
  const { bounds = defaultBounds } = format;
  const names = { dataName: data ?? format.dataName, labelName: label ?? format.labelName };
  const arrays = await arraysIn({ name: file, bytes }, names, bounds, reading);
  const content = { file, layout: null, otherLabel: null, ...chosenArrays(arrays, names, bounds, file) };
  const stored = storedFor(content, format, model);
  const inputs = [{ file, sha256, bytes: bytes.length, samples: stored.labels.length }];
  return { ...scaled(stored, format), inputs, held: null, close: () => undefined };
}

/** The arrays of a file in the format that its bytes are of: HDF5 as soon as they could be, as for `openSource`. */
async function arraysIn(
  file: FileBytes,
  { dataName, labelName }: ArrayNames,
  bounds: Bounds,
  reading: Reading,
): Promise<NamedArrays> {
  const { name, bytes } = file;
  if (isZip(bytes)) return npzArrays(bytes, bounds, name);
  if (isSafetensors(bytes) && !isHdf5(bytes)) return tensorArrays(bytes, name);
  const { names, arrays } = await reading.arrays(file, [dataName, labelName, trueLabelName], bounds.memoryBytes);
  return {
    names,
    array: (path) => {
      const found = arrays.get(path);
      return found === undefined ? null : arrayOf(found, path, name);
    },
    close: () => undefined,
  };
}

/** The tensors of a safetensors file as arrays. */
function tensorArrays(bytes: Uint8Array, file: string): NamedArrays {
  const { tensors } = readSafetensors(bytes, file);
  return {
    names: [...tensors.keys()],
    array: (name) => {
      const tensor = tensors.get(name);
      return tensor === undefined ? null : storedIn(tensor);
    },
    close: () => undefined,
  };
}

function storedIn({ shape, values }: Tensor): StoredArray {
  const row = shape.slice(1).reduce((a, b) => a * b, 1);
  return {
    shape: [...shape],
    dtype: values.constructor.name.replace(/^Big|Array$/g, '').toLowerCase(),
    rowBytes: row * values.BYTES_PER_ELEMENT,
    rows: (start, stop) => values.slice(start * row, stop * row),
  };
}
