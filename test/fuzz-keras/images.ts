/** How many images every net answers. */
export const imageCount = 64;

/** Images of `size` numbers each, from -2 to 2: a hash of each number's place, the same as in images.py. */
export function imagesOf(size: number): Float32Array {
  return Float32Array.from({ length: imageCount * size }, (_, i) => {
    let h = Math.imul(i, 2654435761);
    h = Math.imul(h ^ (h >>> 15), 2246822519);
    h = Math.imul(h ^ (h >>> 13), 3266489917);
    return ((h >>> 0) / 2 ** 32) * 4 - 2;
  });
}
