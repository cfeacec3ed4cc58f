import { isZip } from '../formats/archive.ts';
import { readSafetensors, type Tensor } from '../formats/safetensors.ts';
import { defaultBounds } from '../base/limits.ts';
import type { Model } from '../models/net.ts';
import type { ImageFile } from '../settings/split-files.ts';
import { chosenArrays, type NamedArrays, npzArrays } from './arrays.ts';
import type { DataFormat, Dataset } from './dataset.ts';
import { scaled } from './scaled.ts';
import { storedFor } from './stored-for.ts';
import type { StoredArray } from './stored.ts';

/** The bytes of a data file and their SHA-256. */
export interface DataBytes {
  bytes: Uint8Array;
  sha256: string;
}

/** Images with their labels out of a .npz or safetensors file in memory, in front of a net. Needs nothing of Node's. Throws GoodnetError only. */
export function datasetIn(
  { bytes, sha256 }: DataBytes,
  { file, data, label }: ImageFile,
  format: DataFormat,
  model: Model,
): Dataset {
  const { bounds = defaultBounds } = format;
  const names = { dataName: data ?? format.dataName, labelName: label ?? format.labelName };
  const arrays = isZip(bytes) ? npzArrays(bytes, bounds, file) : tensorArrays(bytes, file);
  const content = { file, layout: null, otherLabel: null, ...chosenArrays(arrays, names, bounds, file) };
  const stored = storedFor(content, format, model);
  const inputs = [{ file, sha256, bytes: bytes.length, samples: stored.labels.length }];
  return { ...scaled(stored, format), inputs, held: null, close: () => undefined };
}

/** The tensors of a safetensors file as arrays. */
function tensorArrays(bytes: Uint8Array, file: string): NamedArrays {
  const { tensors } = readSafetensors(bytes, file);
  return {
    names: [...tensors.keys()],
    array: (name) => {
      const tensor = tensors.get(name);
      return tensor === undefined ? null : arrayOf(tensor);
    },
    close: () => undefined,
  };
}

function arrayOf({ shape, values }: Tensor): StoredArray {
  const row = shape.slice(1).reduce((a, b) => a * b, 1);
  return {
    shape: [...shape],
    dtype: values.constructor.name.replace(/^Big|Array$/g, '').toLowerCase(),
    rowBytes: row * values.BYTES_PER_ELEMENT,
    rows: (start, stop) => values.slice(start * row, stop * row),
  };
}
