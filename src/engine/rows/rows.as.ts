// Compiled to WebAssembly by `npm run build:wasm` (AssemblyScript): once with SIMD, once with relaxed SIMD too, whose
// `madd` multiplies and adds in one rounding where the processor can. Numbers are float32 unless said otherwise.
// Counts are in numbers; steps from row to row, and places, in bytes.

/** a * b + c */
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** How many rows of x are multiplied together, and columns: as many as the registers hold sums of. */
const tileRows = 2,
  wide = 64; // bytes of a tile's row

export function rowsTogether(): i32 {
  return tileRows;
}

/** y[2][size] = bias[size] */
export function begin(y: usize, yStep: usize, bias: usize, size: i32): void {
  memory.copy(y, bias, size << 2);
  memory.copy(y + yStep, bias, size << 2);
}

/** y[2][blocks][16] += sum over k of x[2][index[k]] * w[blocks][index[k]][16] */
export function addRows(
  y: usize,
  yStep: usize,
  x: usize,
  xStep: usize,
  index: usize,
  count: i32,
  w: usize,
  blockStep: usize,
  blocks: i32,
): void {
  for (let block = 0; block < blocks; block++, w += blockStep, y += wide) tile(y, yStep, x, xStep, index, count, w);
}

function tile(y: usize, yStep: usize, x: usize, xStep: usize, index: usize, count: i32, w: usize): void {
  let a0 = v128.load(y),
    b0 = v128.load(y, 16),
    c0 = v128.load(y, 32),
    d0 = v128.load(y, 48),
    a1 = v128.load(y + yStep),
    b1 = v128.load(y + yStep, 16),
    c1 = v128.load(y + yStep, 32),
    d1 = v128.load(y + yStep, 48);
  for (const end = index + (count << 2); index < end; index += 4) {
    const i = load<usize>(index);
    const row = w + i * wide,
      at = x + (i << 2);
    const wa = v128.load(row),
      wb = v128.load(row, 16),
      wc = v128.load(row, 32),
      wd = v128.load(row, 48);
    let v = v128.load32_splat(at);
    a0 = madd(v, wa, a0);
    b0 = madd(v, wb, b0);
    c0 = madd(v, wc, c0);
    d0 = madd(v, wd, d0);
    v = v128.load32_splat(at + xStep);
    a1 = madd(v, wa, a1);
    b1 = madd(v, wb, b1);
    c1 = madd(v, wc, c1);
    d1 = madd(v, wd, d1);
  }
  write(y, a0, b0, c0, d0);
  write(y + yStep, a1, b1, c1, d1);
}

function write(y: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(y, a);
  v128.store(y, b, 16);
  v128.store(y, c, 32);
  v128.store(y, d, 48);
}

/**
 * Sums in float64: y[o][columns] += share * value[k] * w[base + channel][columns] for each change k of a position and
 * channel, and each (o, base) that reads the position.
 *
 * `index` is position * channels + channel. `starts` [positions + 1] tells where the readers of a position begin;
 * `readers` has o and base in bytes.
 */
export function addChanges(
  index: usize,
  value: usize,
  count: i32,
  channels: i32,
  starts: usize,
  readers: usize,
  w: usize,
  columns: i32,
  share: f64,
  y: usize,
): void {
  const bytes: usize = columns << 2;
  for (let k = 0; k < count; k++) {
    const i = load<i32>(index + (k << 2));
    const own = starts + ((i / channels) << 2);
    const rows = w + (i % channels) * bytes;
    const x = f64x2.splat(share * load<f64>(value + (k << 3)));
    const end = readers + (load<i32>(own, 4) << 3);
    for (let reader = readers + (load<i32>(own) << 3); reader < end; reader += 8) {
      const sum = y + load<usize>(reader),
        row = rows + load<usize>(reader, 4);
      for (let j: usize = 0; j < bytes; j += 16) {
        const four = v128.load(row + j);
        const at = sum + (j << 1);
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(x, f64x2.promote_low_f32x4(four))));
        const others = f64x2.promote_low_f32x4(i32x4.shuffle(four, four, 2, 3, 2, 3));
        v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(x, others)), 16);
      }
    }
  }
}

/** y = float64 x as float32, rounded to nearest; `size` is a multiple of 4. */
export function demote(y: usize, x: usize, size: i32): void {
  for (let i = 0; i < size << 2; i += 8) v128.store64_lane(y + i, f32x4.demote_f64x2_zero(v128.load(x + (i << 1))), 0);
}

/** y = max(x, 0); `size` is a multiple of 4. */
export function relu(y: usize, x: usize, size: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < size << 2; i += 16) v128.store(y + i, f32x4.pmax(v128.load(x + i), zero));
}

/** y += x; `size` is a multiple of 4. */
export function add(y: usize, x: usize, size: i32): void {
  for (let i = 0; i < size << 2; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
}

/** Writes the indices at which one of two rows of x is not zero; answers how many there are. `index` has room for 4 more than `size`. */
export function nonZero(x: usize, step: usize, size: i32, index: usize): i32 {
  const zero = f32x4.splat(0);
  let next = index;
  for (let i = 0; i < size; i += 4, x += 16) {
    const found = v128.or(f32x4.ne(v128.load(x), zero), f32x4.ne(v128.load(x + step), zero));
    const bits = i32x4.bitmask(found) & (size - i < 4 ? (1 << (size - i)) - 1 : 15);
    store<i32>(next, i);
    next += (bits & 1) << 2;
    store<i32>(next, i + 1);
    next += (bits & 2) << 1;
    store<i32>(next, i + 2);
    next += bits & 4;
    store<i32>(next, i + 3);
    next += (bits & 8) >> 1;
  }
  return <i32>((next - index) >> 2);
}

/** The greatest magnitude in x; NaN if one is. Without their sign, the bits of floats are in the order of the magnitudes, NaN last. */
export function largest(x: usize, size: i32): f32 {
  const magnitude = i32x4.splat(0x7fffffff);
  let four = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= size; i += 4) four = i32x4.max_s(four, v128.and(v128.load(x + (i << 2)), magnitude));
  for (; i < size; i++) four = i32x4.max_s(four, v128.and(v128.load32_zero(x + (i << 2)), magnitude));
  const two = max(i32x4.extract_lane(four, 0), i32x4.extract_lane(four, 1));
  return reinterpret<f32>(max(two, max(i32x4.extract_lane(four, 2), i32x4.extract_lane(four, 3))));
}

/** The first index of the greatest of x; writes it, and the greatest of the others, to `out`. */
export function best(x: usize, size: i32, out: usize): i32 {
  let firsts = f32x4.splat(-Infinity),
    seconds = firsts;
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const v = v128.load(x + (i << 2));
    seconds = f32x4.pmax(seconds, f32x4.pmin(firsts, v));
    firsts = f32x4.pmax(firsts, v);
  }
  store<v128>(out, firsts);
  store<v128>(out, seconds, 16);
  let first: f32 = -Infinity,
    second: f32 = -Infinity;
  const from = x + (i << 2);
  for (let k = 0; k < 8 + size - i; k++) {
    const v = load<f32>(k < 8 ? out + (k << 2) : from + ((k - 8) << 2));
    second = max(second, min(first, v));
    first = max(first, v);
  }
  store<f32>(out, first);
  store<f32>(out, second, 4);
  for (let at = 0; at < size; at++) if (load<f32>(x + (at << 2)) == first) return at;
  return -1;
}
