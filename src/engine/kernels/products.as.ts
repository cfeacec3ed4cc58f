// Compiled to WebAssembly by `npm run build:wasm` (AssemblyScript): once with SIMD, once with relaxed SIMD too, whose
// `madd` multiplies and adds in one rounding where the processor can. Numbers are float32, images are N,H,W,C.
// Counts are in numbers; steps, offsets and places in bytes.

/** a * b + c */
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** x * x + c, as products are summed: where x * x is rounded by itself the answer may be another. */
export function squared(x: f32, c: f32): f32 {
  return f32x4.extract_lane(madd(f32x4.splat(x), f32x4.splat(x), f32x4.splat(c)), 0);
}

/** x between `least` and `most`; NaN stays NaN. */
function clamp(x: v128, least: v128, most: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, least), most);
}

/** A tile has as many pixels as the registers hold sums of 8 filters of: a product that is rounded by itself needs one. */
const tilePixels = ASC_FEATURE_RELAXED_SIMD ? 6 : 4,
  tileFilters = 8,
  wide = 32; // bytes of a tile's row

/** out[tilePixels][8] = clamp(bias[8] + sum over parts and k of patch[tilePixels][part][k] * w[part][k][8]) */
function tile(
  places: usize,
  parts: i32,
  offsets: usize,
  length: i32,
  w: usize,
  bias: usize,
  out: usize,
  step: usize,
  least: f32,
  most: f32,
): void {
  let a0 = v128.load(bias),
    b0 = v128.load(bias, 16);
  let a1 = a0,
    b1 = b0,
    a2 = a0,
    b2 = b0,
    a3 = a0,
    b3 = b0,
    a4 = a0,
    b4 = b0,
    a5 = a0,
    b5 = b0;
  for (let part = 0; part < parts; part++) {
    const offset = load<usize>(offsets + (part << 2));
    let x0 = load<usize>(places) + offset,
      x1 = load<usize>(places, 4) + offset,
      x2 = load<usize>(places, 8) + offset,
      x3 = load<usize>(places, 12) + offset,
      x4 = tilePixels > 4 ? load<usize>(places, 16) + offset : 0,
      x5 = tilePixels > 4 ? load<usize>(places, 20) + offset : 0;
    for (const end = x0 + (length << 2); x0 < end; x0 += 4) {
      const wa = v128.load(w),
        wb = v128.load(w, 16);
      w += wide;
      let x = v128.load32_splat(x0);
      a0 = madd(x, wa, a0);
      b0 = madd(x, wb, b0);
      x = v128.load32_splat(x1);
      a1 = madd(x, wa, a1);
      b1 = madd(x, wb, b1);
      x = v128.load32_splat(x2);
      a2 = madd(x, wa, a2);
      b2 = madd(x, wb, b2);
      x = v128.load32_splat(x3);
      a3 = madd(x, wa, a3);
      b3 = madd(x, wb, b3);
      x1 += 4;
      x2 += 4;
      x3 += 4;
      if (tilePixels == 4) continue;
      x = v128.load32_splat(x4);
      a4 = madd(x, wa, a4);
      b4 = madd(x, wb, b4);
      x = v128.load32_splat(x5);
      a5 = madd(x, wa, a5);
      b5 = madd(x, wb, b5);
      x4 += 4;
      x5 += 4;
    }
  }
  const lowest = f32x4.splat(least),
    highest = f32x4.splat(most);
  write(out, a0, b0, lowest, highest);
  write(out + step, a1, b1, lowest, highest);
  write(out + 2 * step, a2, b2, lowest, highest);
  write(out + 3 * step, a3, b3, lowest, highest);
  if (tilePixels == 4) return;
  write(out + 4 * step, a4, b4, lowest, highest);
  write(out + 5 * step, a5, b5, lowest, highest);
}

function write(out: usize, a: v128, b: v128, least: v128, most: v128): void {
  v128.store(out, clamp(a, least, most));
  v128.store(out, clamp(b, least, most), 16);
}

/** The same with the first half of a tile's filters: out[tilePixels][4]. */
function narrow(
  places: usize,
  parts: i32,
  offsets: usize,
  length: i32,
  w: usize,
  bias: usize,
  out: usize,
  step: usize,
  least: f32,
  most: f32,
): void {
  let a0 = v128.load(bias);
  let a1 = a0,
    a2 = a0,
    a3 = a0,
    a4 = a0,
    a5 = a0;
  for (let part = 0; part < parts; part++) {
    const offset = load<usize>(offsets + (part << 2));
    let x0 = load<usize>(places) + offset,
      x1 = load<usize>(places, 4) + offset,
      x2 = load<usize>(places, 8) + offset,
      x3 = load<usize>(places, 12) + offset,
      x4 = tilePixels > 4 ? load<usize>(places, 16) + offset : 0,
      x5 = tilePixels > 4 ? load<usize>(places, 20) + offset : 0;
    for (const end = x0 + (length << 2); x0 < end; x0 += 4) {
      const wa = v128.load(w);
      w += wide;
      a0 = madd(v128.load32_splat(x0), wa, a0);
      a1 = madd(v128.load32_splat(x1), wa, a1);
      a2 = madd(v128.load32_splat(x2), wa, a2);
      a3 = madd(v128.load32_splat(x3), wa, a3);
      x1 += 4;
      x2 += 4;
      x3 += 4;
      if (tilePixels == 4) continue;
      a4 = madd(v128.load32_splat(x4), wa, a4);
      a5 = madd(v128.load32_splat(x5), wa, a5);
      x4 += 4;
      x5 += 4;
    }
  }
  const lowest = f32x4.splat(least),
    highest = f32x4.splat(most);
  v128.store(out, clamp(a0, lowest, highest));
  v128.store(out + step, clamp(a1, lowest, highest));
  v128.store(out + 2 * step, clamp(a2, lowest, highest));
  v128.store(out + 3 * step, clamp(a3, lowest, highest));
  if (tilePixels == 4) return;
  v128.store(out + 4 * step, clamp(a4, lowest, highest));
  v128.store(out + 5 * step, clamp(a5, lowest, highest));
}

/** Pixels whose patches stay in the cache while all filters are applied to them. */
const together = 252;

/**
 * y[images][height][width][filters] = clamp(bias + products of the patch at each pixel with each filter).
 *
 * A patch is `parts` rows of `length` numbers, at `offsets` from its pixel. w is [blocks][parts][length][8]; bias 0
 * for none. `outStep` is from pixel to pixel of y. `scratch` has `scratchBytes`.
 */
export function convolve(
  x: usize,
  images: i32,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  columnStep: usize,
  parts: i32,
  offsets: usize,
  length: i32,
  w: usize,
  bias: usize,
  filters: i32,
  y: usize,
  outStep: usize,
  least: f32,
  most: f32,
  scratch: usize,
): void {
  const places = scratch + (tilePixels + 1) * wide;
  const pixels = images * height * width;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    place(places, first, count, x, imageStep, height, rowStep, width, columnStep);
    filter(places, count, parts, offsets, length, w, bias, filters, y + first * outStep, outStep, least, most, scratch);
  }
}

/** Where `count` pixels from number `first` on lie; the first again where the last tile has none. */
function place(
  places: usize,
  first: i32,
  count: i32,
  x: usize,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  columnStep: usize,
): void {
  let column = first % width,
    row = (first / width) % height;
  let image = x + (first / width / height) * imageStep;
  let from = image + row * rowStep + column * columnStep,
    at = places;
  for (let i = 0; i < count; i++, at += 4) {
    store<usize>(at, from);
    from += columnStep;
    if (++column < width) continue;
    column = 0;
    if (++row == height) {
      row = 0;
      image += imageStep;
    }
    from = image + row * rowStep;
  }
  for (let i = count; i % tilePixels > 0; i++, at += 4) store<usize>(at, load<usize>(places));
}

/** y[count][filters], a tile at a time. What a tile has beyond the pixels or the filters stays in `scratch`. */
function filter(
  places: usize,
  count: i32,
  parts: i32,
  offsets: usize,
  length: i32,
  w: usize,
  bias: usize,
  filters: i32,
  y: usize,
  step: usize,
  least: f32,
  most: f32,
  scratch: usize,
): void {
  for (let f = 0; f < filters; f += tileFilters) {
    const across = min(tileFilters, filters - f);
    const own = scratch + tilePixels * wide;
    memory.fill(own, 0, wide);
    if (bias != 0) memory.copy(own, bias + (f << 2), across << 2);
    for (let p = 0; p < count; p += tilePixels) {
      const down = min(tilePixels, count - p);
      const out = y + p * step + (f << 2),
        at = places + (p << 2);
      const fits = down == tilePixels && across % 4 == 0;
      const into = fits ? out : scratch,
        intoStep = fits ? step : wide;
      if (across > 4) tile(at, parts, offsets, length, w, own, into, intoStep, least, most);
      else narrow(at, parts, offsets, length, w, own, into, intoStep, least, most);
      if (fits) continue;
      for (let r = 0; r < down; r++) memory.copy(out + r * step, scratch + r * wide, across << 2);
    }
    w += parts * length * wide;
  }
}

/** Bytes that `convolve` writes to aside. */
export function scratchBytes(): i32 {
  return (tilePixels + 1) * wide + together * 4;
}

/**
 * y[pixels][channels] = clamp(bias + sum over taps of x[pixel + tap][channels] * w[tap][channels]) for a row of pixels.
 * Taps are at `offsets` from a pixel.
 */
export function convolveEach(
  x: usize,
  pixels: i32,
  columnStep: usize,
  taps: i32,
  offsets: usize,
  w: usize,
  bias: usize,
  channels: i32,
  y: usize,
  least: f32,
  most: f32,
): void {
  const bytes: usize = channels << 2;
  const lowest = f32x4.splat(least),
    highest = f32x4.splat(most);
  for (let p = 0; p < pixels; p++) {
    let c: usize = 0;
    for (; c + wide <= bytes; c += wide) {
      let a = v128.load(bias + c),
        b = v128.load(bias + c, 16);
      let at = w + c;
      for (let tap = 0; tap < taps; tap++, at += bytes) {
        const from = x + load<usize>(offsets + (tap << 2)) + c;
        a = madd(v128.load(from), v128.load(at), a);
        b = madd(v128.load(from, 16), v128.load(at, 16), b);
      }
      write(y + c, a, b, lowest, highest);
    }
    for (; c < bytes; c += 4) {
      let sum = v128.load32_splat(bias + c);
      let at = w + c;
      for (let tap = 0; tap < taps; tap++, at += bytes)
        sum = madd(v128.load32_splat(x + load<usize>(offsets + (tap << 2)) + c), v128.load32_splat(at), sum);
      v128.store_lane<f32>(y + c, clamp(sum, lowest, highest), 0);
    }
    x += columnStep;
    y += bytes;
  }
}

/** Weights [length][filters] with `step` from row to row as [blocks][length][8], zeros behind the last filter. */
export function pack(w: usize, length: i32, filters: i32, step: usize, out: usize): void {
  for (let f = 0; f < filters; f += tileFilters) {
    const across = min(tileFilters, filters - f) << 2;
    if (across < wide) memory.fill(out, 0, length * wide);
    let from = w + (f << 2);
    for (let k = 0; k < length; k++, out += wide, from += step) {
      if (across < wide) {
        memory.copy(out, from, across);
        continue;
      }
      v128.store(out, v128.load(from));
      v128.store(out, v128.load(from, 16), 16);
    }
  }
}

/** y[pixels][channels] = (x - mean) * scale + shift */
export function normalize(
  x: usize,
  pixels: i32,
  channels: i32,
  mean: usize,
  scale: usize,
  shift: usize,
  y: usize,
): void {
  const bytes: usize = channels << 2;
  for (let p = 0; p < pixels; p++) {
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) {
      const from = f32x4.sub(v128.load(x + c), v128.load(mean + c));
      v128.store(y + c, madd(from, v128.load(scale + c), v128.load(shift + c)));
    }
    for (; c < bytes; c += 4) {
      const from = f32x4.sub(v128.load32_splat(x + c), v128.load32_splat(mean + c));
      const all = madd(from, v128.load32_splat(scale + c), v128.load32_splat(shift + c));
      v128.store_lane<f32>(y + c, all, 0);
    }
    x += bytes;
    y += bytes;
  }
}

/** y[channels] = mean of x[pixels][channels], added up in order, as TensorFlow does. */
export function meanOf(x: usize, pixels: i32, channels: i32, y: usize): void {
  const bytes: usize = channels << 2;
  memory.fill(y, 0, bytes);
  for (let p = 0; p < pixels; p++, x += bytes) {
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) v128.store(y + c, f32x4.add(v128.load(y + c), v128.load(x + c)));
    for (; c < bytes; c += 4) store<f32>(y + c, load<f32>(y + c) + load<f32>(x + c));
  }
  for (let c: usize = 0; c < bytes; c += 4) store<f32>(y + c, load<f32>(y + c) / <f32>pixels);
}
