import { failure } from '../base/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { type Hdf5Array, type Hdf5File, openHdf5 } from './hdf5.ts';

/** An array of at most so many bytes is read whole. */
const wholeBytes = 2 ** 24;

/** Goes through an HDF5 file as those do who need the arrays `names`, and keeps nothing: their places, and the first and the last rows of large ones. Throws as `openHdf5`. */
export const tryHdf5 = (source: ByteSource, names: readonly string[]): Promise<void> =>
  whileOpen(source, (hdf5) => {
    hdf5.children('');
    for (const name of names) tryArray(hdf5.array(name));
  });

/** What `use` makes of an HDF5 file, which is closed then. Throws as `openHdf5`. */
export async function whileOpen<T>(source: ByteSource, use: (hdf5: Hdf5File) => T): Promise<T> {
  const hdf5 = await openHdf5(source);
  try {
    return use(hdf5);
  } catch (error) {
    if (error instanceof RangeError)
      throw failure('hdf5-damaged', source.name, { cause: 'its structure is nested too deep' }); // V8's word for a full stack
    throw error;
  } finally {
    hdf5.close();
  }
}

function tryArray(array: Hdf5Array | null): void {
  const rows = array?.shape[0] ?? 0;
  if (array === null || rows === 0 || !/^(u?int|float|bool)\d+$/.test(array.dtype) || array.rowBytes > wholeBytes)
    return;
  if (rows * array.rowBytes <= wholeBytes) array.rows(0, rows);
  else for (const row of [0, rows - 1]) array.rows(row, row + 1);
}
