import type { TypedArray } from '../formats/element-types.ts';
import type { StoredArray } from './stored.ts';

/** The rows of `stored` at `indices` (ascending) as an array of their own, read when they are asked for. */
export function subset(stored: StoredArray, indices: Int32Array): StoredArray {
  return {
    shape: [indices.length, ...stored.shape.slice(1)],
    dtype: stored.dtype,
    rowBytes: stored.rowBytes,
    rows: (start, stop) => gather(stored, indices.subarray(start, stop)),
  };
}

const blockRows = 256,
  blockBytes = 1 << 26;

/** Rows to read at once, so that large ones do not fill the memory. */
export const rowsPerRead = ({ rowBytes }: StoredArray): number =>
  Math.max(1, Math.min(blockRows, Math.floor(blockBytes / rowBytes)));

/** A copy of rows, one after another. Reads blocks of few rows, however far apart the indices lie. */
function gather(stored: StoredArray, indices: Int32Array): TypedArray {
  const rowSize = stored.shape.slice(1).reduce((product, size) => product * size, 1);
  const block = rowsPerRead(stored); // what lies between two wanted rows is read as well
  let out: TypedArray | undefined;
  for (let done = 0; done < indices.length;) {
    const first = indices[done]!;
    let stop = done;
    while (stop < indices.length && indices[stop]! < first + block) stop++;
    const rows = stored.rows(first, indices[stop - 1]! + 1);
    out ??= new (rows.constructor as new (length: number) => TypedArray)(indices.length * rowSize);
    for (; done < stop; done++) {
      const from = (indices[done]! - first) * rowSize;
      out.set(rows.subarray(from, from + rowSize) as never, done * rowSize);
    }
  }
  return out ?? stored.rows(0, 0);
}
