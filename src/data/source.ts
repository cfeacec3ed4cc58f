import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type HashedFile, openWhileHashed, readingOf } from '../base/files.ts';
import type { ByteSource } from '../formats/byte-source.ts';
import { isFolder } from '../base/folders.ts';
import { isZip } from '../formats/archive.ts';
import { openHdf5 } from '../formats/hdf5.ts';
import { defaultBounds, limits } from '../base/limits.ts';
import { tryApart } from '../models/read-apart.ts';
import type { ImageFile } from '../settings/split-files.ts';
import { type ArrayNames, chosenArrays, type NamedArrays, npzArrays, trueLabelName } from './arrays.ts';
import { openFolder, type Wanted } from './folder.ts';
import type { DataPlace, Source } from './stored.ts';

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
    arrays = zip ? npzArrays(contentOf(file), bounds, name) : await openHdf5File(file);
    return {
      file: name,
      sha256,
      bytes: size,
      held: { descriptor, size, written, blocks },
      layout: null,
      otherLabel: null,
      ...chosenArrays(arrays, names, bounds, name),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** A file of data; its hash is null where another thread has it open, and has tried it. */
type Opened = Omit<HashedFile, 'sha256'> & Pick<Source, 'sha256'>;

async function openHdf5File(file: ByteSource): Promise<NamedArrays> {
  const hdf5 = await openHdf5(file);
  return { names: hdf5.children(''), array: (name) => hdf5.array(name), close: () => hdf5.close() };
}

function headOf(file: ByteSource): Uint8Array {
  const head = new Uint8Array(4);
  file.read(head, 0);
  return head;
}

/** All bytes of a file that is decoded in memory. Throws `file-size`. */
function contentOf(file: ByteSource): Uint8Array {
  if (file.size > limits.zipBytes) throw failure('file-size', file.name, { bytes: file.size, most: limits.zipBytes });
  const content = new Uint8Array(file.size);
  file.read(content, 0);
  return content;
}
