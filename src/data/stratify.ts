/**
 * Indices (ascending) of `images` images drawn at random so that the classes keep their shares. Where there are as many images as classes
 * or more, each class gets one, and the rest is shared in proportion to what each class has left; otherwise all are. Fractions go to the
 * largest remainders, ties to the lower class. The same seed always draws the same images.
 */
export function stratified(labels: Int32Array, images: number, seed: number): Int32Array {
  const members = new Map<number, number[]>();
  for (const label of labels) members.set(label, []);
  for (const [i, label] of labels.entries()) members.get(label)!.push(i);
  const classes = [...members.keys()].sort((a, b) => a - b);
  const each = images >= classes.length ? 1 : 0;
  const left = classes.map((label) => members.get(label)!.length - each);
  const more = share(left, images - each * classes.length);
  const random = generator(seed);
  return Int32Array.from(classes.flatMap((label, i) => draw(members.get(label)!, each + more[i]!, random))).sort();
}

/** Shares `total` in proportion to `weights`, by largest remainder; no share exceeds its weight if `total` does not exceed their sum. */
function share(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  // Integers throughout: a product of two counts of images fits a double.
  const shares = weights.map((weight) => Math.floor((weight * total) / sum));
  const remainder = (i: number): number => (weights[i]! * total) % sum;
  const byRemainder = [...weights.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  const open = total - shares.reduce((a, b) => a + b, 0);
  for (const i of byRemainder.slice(0, open)) shares[i]!++;
  return shares;
}

/** `count` of the items, by the first steps of a Fisher-Yates shuffle. */
function draw(items: readonly number[], count: number, random: () => number): number[] {
  const mixed = [...items];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (mixed.length - i));
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed.slice(0, count);
}

/** Numbers 0 <= x < 1 from a 32-bit seed. Source: mulberry32 by T. Ettinger, public domain. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
