import { breathe } from '../base/breathe.ts';
import { rowsPerRead } from './gather.ts';
import type { StoredArray } from './stored.ts';

/** The same numbers as uint8 where all of them are integers 0..255, else as they are. Reads the array once in slices, and again as it is used. `signal` ends it between two slices. */
export async function narrowed(stored: StoredArray, signal?: AbortSignal): Promise<StoredArray> {
  if (stored.dtype === 'uint8') return stored;
  const step = rowsPerRead(stored);
  for (let start = 0; start < stored.shape[0]!; start += step) {
    await breathe(signal);
    for (const value of stored.rows(start, Math.min(start + step, stored.shape[0]!))) {
      const number = Number(value);
      if (!Number.isInteger(number) || number < 0 || number > 255) return stored;
    }
  }
  return {
    ...stored,
    dtype: 'uint8',
    rows: (start, stop) => Uint8Array.from(stored.rows(start, stop) as Float64Array, Number),
  };
}
