import { type Draw, shuffled } from '../training/draw.ts';

/** Chunks of each dataset that are computed again at least. */
const least = 2;

/** The chunks that are computed again: some of every hundred, drawn by chance. */
export function picked(chunks: number, percent: number, draw: Draw): Set<number> {
  const count = Math.max(least, Math.ceil((chunks * percent) / 100));
  const all = Int32Array.from({ length: chunks }, (_, i) => i);
  return new Set(shuffled(all, draw).subarray(0, count));
}
