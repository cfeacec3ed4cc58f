import { failure } from '../base/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { decoderOf, decoders } from './element-types.ts';
import type { ArrayInFile, Hdf5Array } from './hdf5.ts';
import { whileOpen } from './try-hdf5.ts';

/** An array of an HDF5 file that was read whole, as plain data. */
export interface WholeArray extends Omit<Hdf5Array, 'rows'> {
  /** In the order of this machine; none where the values are no numbers. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** The names at the root of an HDF5 file, and those of the arrays that were asked for which are there. */
export interface WholeArrays {
  names: string[];
  arrays: ReadonlyMap<string, WholeArray>;
}

/** Reads arrays of an HDF5 file whole, each of at most so many bytes. Throws as `openHdf5`, and `memory`. */
export const wholeArrays = (source: ByteSource, wanted: readonly string[], most: number): Promise<WholeArrays> =>
  whileOpen(source, (hdf5) => {
    const arrays = new Map<string, WholeArray>();
    for (const path of wanted) {
      const found = hdf5.array(path);
      if (found !== null) arrays.set(path, whole(found, path, most, source.name));
    }
    return { names: hdf5.children(''), arrays };
  });

/** What libhdf5's memory, which never shrinks, holds of an array at once. */
const blockBytes = 2 ** 22;

function whole({ shape, dtype, rowBytes, bytes }: ArrayInFile, path: string, most: number, file: string): WholeArray {
  const isRead = decoders[dtype] !== undefined;
  const rows = isRead ? (shape[0] ?? 0) : 0;
  if (rows * rowBytes > most)
    throw failure('memory', file, { what: `its array ${path}`, bytes: rows * rowBytes, most });
  const all = new Uint8Array(rows * rowBytes);
  const rowsAtOnce = Math.max(1, Math.floor(blockBytes / rowBytes));
  for (let row = 0; row < rows; row += rowsAtOnce)
    all.set(new Uint8Array(bytes(row, Math.min(row + rowsAtOnce, rows))), row * rowBytes);
  return { shape, dtype, rowBytes, bytes: all };
}

/** Such an array, to be read by rows. `name` and `file` are for messages. */
export const arrayOf = ({ bytes, ...array }: WholeArray, name: string, file: string): Hdf5Array => ({
  ...array,
  rows: (start, stop) => {
    const { dtype, rowBytes } = array;
    return decoderOf(dtype, name, file)(bytes.slice(start * rowBytes, stop * rowBytes).buffer);
  },
});
