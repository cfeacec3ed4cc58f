import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type HashedFile, openWhileHashed, readingOf } from '../base/files.ts';
import type { ByteSource } from '../formats/byte-source.ts';
import { isFolder } from '../base/folders.ts';
import { isZip, openZip } from '../formats/archive.ts';
import { openHdf5 } from '../formats/hdf5.ts';
import { type Bounds, defaultBounds, limits } from '../base/limits.ts';
import { tryApart } from '../models/read-apart.ts';
import { openFolder, type Wanted } from './folder.ts';
import { readNpy } from '../formats/npy.ts';
import type { ImageFile } from '../settings/split-files.ts';
import type { DataPlace, Source, StoredArray } from './stored.ts';

/** How the arrays are called in a data file, and what it may ask for. */
export interface ArrayNames {
  dataName: string;
  labelName: string;
  bounds?: Bounds;
}

/** Opens an HDF5 or .npz file, or a folder of images; `wanted` is what a net takes, where there is one. Throws GoodnetError only. */
export async function openSource(
  pinned: ImageFile,
  general: ArrayNames,
  wanted: Wanted | null,
  { cwd, assets, tried = false, signal }: DataPlace,
): Promise<Source> {
  const place = path.resolve(cwd, pinned.file);
  const { bounds = defaultBounds } = general;
  const own = pinned.data ?? pinned.label;
  if (isFolder(place)) {
    if (own !== undefined) throw failure('data-missing', pinned.file, { name: own, near: 'image files' });
    return openFolder(place, pinned, wanted, assets, bounds, signal);
  }
  const names = { dataName: pinned.data ?? general.dataName, labelName: pinned.label ?? general.labelName };
  const { held } = pinned;
  const file: Opened =
    held === undefined
      ? await openWhileHashed(place, pinned, bounds.fileBytes, signal)
      : { ...readingOf(held, pinned.file), sha256: null, close: () => undefined };
  let arrays: NamedArrays | undefined;
  const close = (): void => {
    arrays?.close();
    file.close();
  };
  try {
    const zip = isZip(headOf(file));
    const { name, sha256, size, descriptor, written, blocks } = file;
    if (!zip && !tried && sha256 !== null)
      await tryApart({ ...file, sha256 }, [names.dataName, names.labelName, trueLabelName], { assets, signal });
    arrays = zip ? openNpz(file, bounds) : await openHdf5File(file);
    return {
      file: name,
      sha256,
      bytes: size,
      held: { descriptor, size, written, blocks },
      layout: null,
      otherLabel: null,
      ...withinBounds(chosen(arrays, names, name), bounds, name),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** A file of data; its hash is null where another thread has it open, and has tried it. */
type Opened = Omit<HashedFile, 'sha256'> & Pick<Source, 'sha256'>;

/** The array that holds the true classes of poisoned images. */
const trueLabelName = 'true_label';

const shownNames = 10;
const listed = (names: readonly string[]): string =>
  [...names.slice(0, shownNames), ...(names.length > shownNames ? [`${names.length - shownNames} more`] : [])].join(
    ', ',
  ) || 'nothing';

/** The arrays of a file by their names. */
interface NamedArrays {
  names: readonly string[];
  array(name: string): StoredArray | null;
  close(): void;
}

function chosen(
  arrays: NamedArrays,
  { dataName, labelName }: ArrayNames,
  file: string,
): Pick<Source, 'data' | 'label' | 'trueLabel'> {
  const array = (name: string, isLabel = true): StoredArray => {
    const found = arrays.array(name);
    if (found === null) throw failure('data-missing', file, { name, near: listed(arrays.names) });
    if (/^(u?int|float)\d+$/.test(found.dtype) || (isLabel && found.dtype === 'bool8')) return found;
    throw failure('data-dtype', file, { name, dtype: found.dtype });
  };
  return {
    data: array(dataName, false),
    label: array(labelName),
    trueLabel: arrays.names.includes(trueLabelName) ? array(trueLabelName) : null,
  };
}

/** Labels are read whole and kept as class indices, images one by one at least. Throws `memory`. */
function withinBounds<S extends Pick<Source, 'data' | 'label' | 'trueLabel'>>(
  stored: S,
  { memoryBytes }: Bounds,
  file: string,
): S {
  const { data, label, trueLabel } = stored;
  const check = (what: string, bytes: number): void => {
    if (bytes > memoryBytes) throw failure('memory', file, { what, bytes, most: memoryBytes });
  };
  check('one image', data.rowBytes + Float32Array.BYTES_PER_ELEMENT * data.shape.slice(1).reduce((a, b) => a * b, 1));
  for (const each of [label, ...(trueLabel === null ? [] : [trueLabel])])
    check('the list of labels', (each.shape[0] ?? 0) * (each.rowBytes + Int32Array.BYTES_PER_ELEMENT));
  return stored;
}

async function openHdf5File(file: ByteSource): Promise<NamedArrays> {
  const hdf5 = await openHdf5(file);
  return { names: hdf5.children(''), array: (name) => hdf5.array(name), close: () => hdf5.close() };
}

function headOf(file: ByteSource): Uint8Array {
  const head = new Uint8Array(4);
  file.read(head, 0);
  return head;
}

/** A .npz file is decoded in memory. */
function openNpz(file: ByteSource, { memoryBytes }: Bounds): NamedArrays {
  if (file.size > limits.zipBytes) throw failure('file-size', file.name, { bytes: file.size, most: limits.zipBytes });
  const content = new Uint8Array(file.size);
  file.read(content, 0);
  const archive = openZip(file.name, content);
  const bytes = file.size + [...archive.sizes.values()].reduce((a, b) => a + b, 0);
  if (bytes > memoryBytes) throw failure('memory', file.name, { what: 'the archive', bytes, most: memoryBytes });
  const names = [...archive.sizes.keys()]
    .filter((name) => name.endsWith('.npy'))
    .map((name) => name.slice(0, -'.npy'.length));
  return {
    names,
    array: (name) => (names.includes(name) ? readNpy(archive.bytes(`${name}.npy`), name, file.name) : null),
    close: () => undefined,
  };
}
