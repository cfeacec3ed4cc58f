// Compiled to WebAssembly by `npm run build:wasm` (AssemblyScript), once with SIMD and once with relaxed SIMD, as
// products.as.ts is. Numbers are float32, images are N,H,W,C. Counts are in numbers; steps, offsets and places in
// bytes. What is called a gradient is added to what stands at `out`, `dx` or `dw`.

/** a * b + c */
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** A tile has six rows of eight numbers. */
const down = 6,
  across = 8,
  wide = 32; // bytes of a tile's row

/** Pixels that are worked on together. Sums over them are made apart, so that long sums keep their digits. */
const together = 252;

/** Bytes that gradients of products write to aside: a tile, rows of a tile's width, and places of pixels. */
export function scratchBytes(): i32 {
  return down * wide + together * wide + together * 4;
}

/** Where `count` pixels from number `first` on lie. */
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
  for (let i = 0; i < count; i++, places += 4) {
    store<usize>(places, image + row * rowStep + column * columnStep);
    if (++column < width) continue;
    column = 0;
    if (++row < height) continue;
    row = 0;
    image += imageStep;
  }
}

/** out[8] += a, b */
function addRow(out: usize, a: v128, b: v128): void {
  v128.store(out, f32x4.add(v128.load(out), a));
  v128.store(out, f32x4.add(v128.load(out, 16), b), 16);
}

/** out[count] += the first of a, b; `count` is 8 at most. */
function addSome(out: usize, a: v128, b: v128, count: i32): void {
  if (count == across) return addRow(out, a, b);
  if (count >= 4) {
    v128.store(out, f32x4.add(v128.load(out), a));
    out += 16;
    count -= 4;
    a = b;
  }
  if (count > 0) store<f32>(out, load<f32>(out) + f32x4.extract_lane(a, 0));
  if (count > 1) store<f32>(out, load<f32>(out, 4) + f32x4.extract_lane(a, 1), 4);
  if (count > 2) store<f32>(out, load<f32>(out, 8) + f32x4.extract_lane(a, 2), 8);
}

/** out[count] += from[count] */
function addNumbers(out: usize, from: usize, count: i32): void {
  for (const end = out + (count << 2); out < end; out += 4, from += 4)
    store<f32>(out, load<f32>(out) + load<f32>(from));
}

/** out[6][8] += sum over pixels of x[pixel + offset of the row] * dy[pixel][8] */
function outerTile(
  places: usize,
  count: i32,
  offsets: usize,
  dy: usize,
  dyStep: usize,
  out: usize,
  outStep: usize,
): void {
  let a0 = f32x4.splat(0),
    b0 = a0,
    a1 = a0,
    b1 = a0,
    a2 = a0,
    b2 = a0,
    a3 = a0,
    b3 = a0,
    a4 = a0,
    b4 = a0,
    a5 = a0,
    b5 = a0;
  const o0 = load<usize>(offsets),
    o1 = load<usize>(offsets, 4),
    o2 = load<usize>(offsets, 8),
    o3 = load<usize>(offsets, 12),
    o4 = load<usize>(offsets, 16),
    o5 = load<usize>(offsets, 20);
  for (const end = places + (count << 2); places < end; places += 4, dy += dyStep) {
    const from = load<usize>(places);
    const da = v128.load(dy),
      db = v128.load(dy, 16);
    let x = v128.load32_splat(from + o0);
    a0 = madd(x, da, a0);
    b0 = madd(x, db, b0);
    x = v128.load32_splat(from + o1);
    a1 = madd(x, da, a1);
    b1 = madd(x, db, b1);
    x = v128.load32_splat(from + o2);
    a2 = madd(x, da, a2);
    b2 = madd(x, db, b2);
    x = v128.load32_splat(from + o3);
    a3 = madd(x, da, a3);
    b3 = madd(x, db, b3);
    x = v128.load32_splat(from + o4);
    a4 = madd(x, da, a4);
    b4 = madd(x, db, b4);
    x = v128.load32_splat(from + o5);
    a5 = madd(x, da, a5);
    b5 = madd(x, db, b5);
  }
  addRow(out, a0, b0);
  addRow(out + outStep, a1, b1);
  addRow(out + 2 * outStep, a2, b2);
  addRow(out + 3 * outStep, a3, b3);
  addRow(out + 4 * outStep, a4, b4);
  addRow(out + 5 * outStep, a5, b5);
}

/**
 * The gradient of a convolution's kernel: dw[values][filters] += sum over pixels of x[pixel + offset] * dy[pixel].
 *
 * `offsets` has one for each value of a patch, and five more behind the last.
 */
export function kernelGradient(
  x: usize,
  images: i32,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  columnStep: usize,
  values: i32,
  offsets: usize,
  dy: usize,
  dyStep: usize,
  filters: i32,
  dw: usize,
  dwStep: usize,
  scratch: usize,
): void {
  const rows = scratch + down * wide,
    places = rows + together * wide;
  const pixels = images * height * width;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    place(places, first, count, x, imageStep, height, rowStep, width, columnStep);
    for (let f = 0; f < filters; f += across) {
      const some = min(across, filters - f);
      let from = dy + first * dyStep + (f << 2),
        step = dyStep;
      if (some < across) {
        narrow(from, count, dyStep, some, rows);
        from = rows;
        step = wide;
      }
      for (let v = 0; v < values; v += down) {
        const out = dw + v * dwStep + (f << 2);
        const left = min(down, values - v);
        if (left == down && some == across) {
          outerTile(places, count, offsets + (v << 2), from, step, out, dwStep);
          continue;
        }
        memory.fill(scratch, 0, down * wide);
        outerTile(places, count, offsets + (v << 2), from, step, scratch, wide);
        for (let r = 0; r < left; r++) addNumbers(out + r * dwStep, scratch + r * wide, some);
      }
    }
  }
}

/** Rows of fewer than eight numbers as rows of eight, zeros behind them. */
function narrow(from: usize, count: i32, step: usize, some: i32, rows: usize): void {
  memory.fill(rows, 0, count * wide);
  for (let p = 0; p < count; p++) memory.copy(rows + p * wide, from + p * step, some << 2);
}

/** Weights [length][filters] with `step` from row to row as [blocks][filters][8], zeros behind the last row. */
export function packTurned(w: usize, length: i32, filters: i32, step: usize, out: usize): void {
  for (let k = 0; k < length; k += across) {
    const rows = min(across, length - k);
    if (rows < across) memory.fill(out, 0, filters * wide);
    const from = w + k * step;
    let f = 0;
    for (; rows == across && f + 4 <= filters; f += 4) {
      turnFour(from + (f << 2), step, out + f * wide);
      turnFour(from + 4 * step + (f << 2), step, out + f * wide + 16);
    }
    for (; f < filters; f++)
      for (let r = 0; r < rows; r++) store<f32>(out + f * wide + (r << 2), load<f32>(from + r * step + (f << 2)));
    out += filters * wide;
  }
}

/** Four rows of four weights as columns of four rows of a tile. */
function turnFour(w: usize, step: usize, out: usize): void {
  const a = v128.load(w),
    b = v128.load(w + step),
    c = v128.load(w + 2 * step),
    d = v128.load(w + 3 * step);
  const low = v128.shuffle<i32>(a, b, 0, 4, 1, 5),
    lowBelow = v128.shuffle<i32>(c, d, 0, 4, 1, 5),
    high = v128.shuffle<i32>(a, b, 2, 6, 3, 7),
    highBelow = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(low, lowBelow, 0, 2));
  v128.store(out + wide, v128.shuffle<i64>(low, lowBelow, 1, 3));
  v128.store(out + 2 * wide, v128.shuffle<i64>(high, highBelow, 0, 2));
  v128.store(out + 3 * wide, v128.shuffle<i64>(high, highBelow, 1, 3));
}

/** dx[six places + offset][values] += sum over filters of dy[six pixels][filter] * w[filter][8]; `values` are 8 at most. */
function scatterTile(
  places: usize,
  pixels: i32,
  offset: usize,
  dy: usize,
  dyStep: usize,
  filters: i32,
  w: usize,
  values: i32,
): void {
  let a0 = f32x4.splat(0),
    b0 = a0,
    a1 = a0,
    b1 = a0,
    a2 = a0,
    b2 = a0,
    a3 = a0,
    b3 = a0,
    a4 = a0,
    b4 = a0,
    a5 = a0,
    b5 = a0;
  let y0 = dy,
    y1 = pixels > 1 ? dy + dyStep : dy,
    y2 = pixels > 2 ? dy + 2 * dyStep : dy,
    y3 = pixels > 3 ? dy + 3 * dyStep : dy,
    y4 = pixels > 4 ? dy + 4 * dyStep : dy,
    y5 = pixels > 5 ? dy + 5 * dyStep : dy;
  for (const end = dy + (filters << 2); y0 < end; y0 += 4, w += wide) {
    const wa = v128.load(w),
      wb = v128.load(w, 16);
    let y = v128.load32_splat(y0);
    a0 = madd(y, wa, a0);
    b0 = madd(y, wb, b0);
    y = v128.load32_splat(y1);
    a1 = madd(y, wa, a1);
    b1 = madd(y, wb, b1);
    y = v128.load32_splat(y2);
    a2 = madd(y, wa, a2);
    b2 = madd(y, wb, b2);
    y = v128.load32_splat(y3);
    a3 = madd(y, wa, a3);
    b3 = madd(y, wb, b3);
    y = v128.load32_splat(y4);
    a4 = madd(y, wa, a4);
    b4 = madd(y, wb, b4);
    y = v128.load32_splat(y5);
    a5 = madd(y, wa, a5);
    b5 = madd(y, wb, b5);
    y1 += 4;
    y2 += 4;
    y3 += 4;
    y4 += 4;
    y5 += 4;
  }
  addSome(load<usize>(places) + offset, a0, b0, values);
  if (pixels > 1) addSome(load<usize>(places, 4) + offset, a1, b1, values);
  if (pixels > 2) addSome(load<usize>(places, 8) + offset, a2, b2, values);
  if (pixels > 3) addSome(load<usize>(places, 12) + offset, a3, b3, values);
  if (pixels > 4) addSome(load<usize>(places, 16) + offset, a4, b4, values);
  if (pixels > 5) addSome(load<usize>(places, 20) + offset, a5, b5, values);
}

/**
 * The gradient of a convolution's input: dx[pixel + offset][length] += sum over filters of dy[pixel] * w[part].
 *
 * A patch is `parts` rows of `length` numbers, at `offsets` from its pixel. w is [parts][blocks][filters][8].
 */
export function inputGradient(
  dx: usize,
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
  dy: usize,
  dyStep: usize,
  filters: i32,
  scratch: usize,
): void {
  const places = scratch + down * wide + together * wide;
  const pixels = images * height * width;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    place(places, first, count, dx, imageStep, height, rowStep, width, columnStep);
    let block = w;
    for (let part = 0; part < parts; part++) {
      const offset = load<usize>(offsets + (part << 2));
      for (let k = 0; k < length; k += across, block += filters * wide) {
        const values = min(across, length - k);
        for (let p = 0; p < count; p += down) {
          const from = dy + (first + p) * dyStep;
          const some = min(down, count - p);
          scatterTile(places + (p << 2), some, offset + (k << 2), from, dyStep, filters, block, values);
        }
      }
    }
  }
}

/** Gradients of a convolution of each channel by itself: dw[taps][channels] += sum of x[pixel + tap] * dy[pixel]. */
export function eachKernelGradient(
  x: usize,
  images: i32,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  columnStep: usize,
  taps: i32,
  offsets: usize,
  dy: usize,
  channels: i32,
  dw: usize,
  scratch: usize,
): void {
  const bytes: usize = channels << 2;
  const pixels = images * height * width;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    place(scratch, first, count, x, imageStep, height, rowStep, width, columnStep);
    for (let tap = 0; tap < taps; tap++) {
      const offset = load<usize>(offsets + (tap << 2)),
        out = dw + tap * bytes;
      let c: usize = 0;
      for (; c + 16 <= bytes; c += 16) {
        let sum = f32x4.splat(0);
        let y = dy + first * bytes + c;
        for (let p = 0; p < count; p++, y += bytes)
          sum = madd(v128.load(load<usize>(scratch + (p << 2)) + offset + c), v128.load(y), sum);
        v128.store(out + c, f32x4.add(v128.load(out + c), sum));
      }
      for (; c < bytes; c += 4) {
        let sum: f32 = 0;
        let y = dy + first * bytes + c;
        for (let p = 0; p < count; p++, y += bytes)
          sum += load<f32>(load<usize>(scratch + (p << 2)) + offset + c) * load<f32>(y);
        store<f32>(out + c, load<f32>(out + c) + sum);
      }
    }
  }
}

/** dx[pixel + tap] += dy[pixel] * w[tap], each channel by itself. */
export function eachInputGradient(
  dx: usize,
  images: i32,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  columnStep: usize,
  taps: i32,
  offsets: usize,
  w: usize,
  dy: usize,
  channels: i32,
  scratch: usize,
): void {
  const bytes: usize = channels << 2;
  const pixels = images * height * width;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    place(scratch, first, count, dx, imageStep, height, rowStep, width, columnStep);
    for (let p = 0; p < count; p++, dy += bytes) {
      let at = w;
      for (let tap = 0; tap < taps; tap++, at += bytes) {
        const to = load<usize>(scratch + (p << 2)) + load<usize>(offsets + (tap << 2));
        let c: usize = 0;
        for (; c + 16 <= bytes; c += 16)
          v128.store(to + c, madd(v128.load(dy + c), v128.load(at + c), v128.load(to + c)));
        for (; c < bytes; c += 4) store<f32>(to + c, load<f32>(to + c) + load<f32>(dy + c) * load<f32>(at + c));
      }
    }
  }
}

/**
 * The gradient of maxima over windows: dy goes to the first of the highest numbers of each window. A window of `rows` x
 * `columns` at (row * rowStride - top, column * columnStride - left) is cut off at the image's edges. Windows
 * that are `apart` share no number, and reach over no edge: their part of dx is written, and not added to.
 */
export function maxGradient(
  x: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  rowStride: i32,
  columnStride: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  apart: bool,
  dy: usize,
  dx: usize,
): void {
  const bytes: usize = channels << 2;
  const imageBytes: usize = height * width * bytes;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < outHeight; row++) {
      const above = max(0, row * rowStride - top),
        below = min(height, row * rowStride - top + rows);
      for (let column = 0; column < outWidth; column++, dy += bytes) {
        const before = max(0, column * columnStride - left),
          behind = min(width, column * columnStride - left + columns);
        const corner: usize = (above * width + before) * bytes;
        maxOfWindow(x + corner, dx + corner, below - above, behind - before, width * bytes, bytes, apart, dy);
      }
    }
    x += imageBytes;
    dx += imageBytes;
  }
}

/** The same for the window of rows x columns at x, with all its channels. */
function maxOfWindow(
  x: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  rowStep: usize,
  bytes: usize,
  apart: bool,
  dy: usize,
): void {
  let c: usize = 0;
  for (; c + 16 <= bytes; c += 16) fourMaxima(x + c, dx + c, rows, columns, rowStep, bytes, apart, v128.load(dy + c));
  for (; c < bytes; c += 4) oneMaximum(x + c, dx + c, rows, columns, rowStep, bytes, load<f32>(dy + c));
}

function fourMaxima(
  x: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  rowStep: usize,
  bytes: usize,
  apart: bool,
  dy: v128,
): void {
  let best = v128.load(x);
  let where = i32x4.splat(0);
  for (let row = 0, tap = 0; row < rows; row++) {
    let from = x + row * rowStep;
    for (let column = 0; column < columns; column++, tap++, from += bytes) {
      const value = v128.load(from);
      const above = f32x4.gt(value, best);
      best = v128.bitselect(value, best, above);
      where = v128.bitselect(i32x4.splat(tap), where, above);
    }
  }
  for (let row = 0, tap = 0; row < rows; row++) {
    let to = dx + row * rowStep;
    for (let column = 0; column < columns; column++, tap++, to += bytes) {
      const here = v128.and(dy, i32x4.eq(where, i32x4.splat(tap)));
      v128.store(to, apart ? here : f32x4.add(v128.load(to), here));
    }
  }
}

function oneMaximum(x: usize, dx: usize, rows: i32, columns: i32, rowStep: usize, bytes: usize, dy: f32): void {
  let best = load<f32>(x);
  let where = dx;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const offset = row * rowStep + column * bytes;
      const value = load<f32>(x + offset);
      if (!(value > best)) continue;
      best = value;
      where = dx + offset;
    }
  }
  store<f32>(where, load<f32>(where) + dy);
}

/** y[channels] += sum of x[pixels][channels] */
export function sumOf(x: usize, pixels: i32, channels: i32, y: usize): void {
  const bytes: usize = channels << 2;
  for (let first = 0; first < pixels; first += together) {
    const count = min(together, pixels - first);
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) {
      let sum = f32x4.splat(0);
      let from = x + c;
      for (let p = 0; p < count; p++, from += bytes) sum = f32x4.add(sum, v128.load(from));
      v128.store(y + c, f32x4.add(v128.load(y + c), sum));
    }
    for (; c < bytes; c += 4) {
      let sum: f32 = 0;
      let from = x + c;
      for (let p = 0; p < count; p++, from += bytes) sum += load<f32>(from);
      store<f32>(y + c, load<f32>(y + c) + sum);
    }
    x += count * bytes;
  }
}

/** dx = dy where y lies between `least` and `most`, and 0 elsewhere. */
export function passBetween(dy: usize, y: usize, count: i32, least: f32, most: f32, dx: usize): void {
  const lowest = f32x4.splat(least),
    highest = f32x4.splat(most);
  let i = 0;
  for (; i + 4 <= count; i += 4, dy += 16, y += 16, dx += 16) {
    const value = v128.load(y);
    const inside = v128.and(f32x4.gt(value, lowest), f32x4.lt(value, highest));
    v128.store(dx, v128.and(v128.load(dy), inside));
  }
  for (; i < count; i++, dy += 4, y += 4, dx += 4) {
    const value = load<f32>(y);
    store<f32>(dx, value > least && value < most ? load<f32>(dy) : 0);
  }
}

/**
 * A step of Adam on w, with the moments m and v and the gradient g of `count` numbers: m = keep * m + (1 - keep) * g, v
 * likewise of g * g, w -= rate * m / (sqrt(v) + epsilon).
 */
export function adam(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  count: i32,
  keep: f32,
  keepSquare: f32,
  rate: f32,
  epsilon: f32,
): void {
  const keeps = f32x4.splat(keep),
    takes = f32x4.splat(<f32>1 - keep),
    keepSquares = f32x4.splat(keepSquare),
    takeSquares = f32x4.splat(<f32>1 - keepSquare),
    rates = f32x4.splat(rate),
    epsilons = f32x4.splat(epsilon);
  let i = 0;
  for (; i + 4 <= count; i += 4, w += 16, m += 16, v += 16, g += 16) {
    const slope = v128.load(g);
    const mean = f32x4.add(f32x4.mul(keeps, v128.load(m)), f32x4.mul(takes, slope));
    const square = f32x4.add(f32x4.mul(keepSquares, v128.load(v)), f32x4.mul(f32x4.mul(takeSquares, slope), slope));
    v128.store(m, mean);
    v128.store(v, square);
    const step = f32x4.div(f32x4.mul(rates, mean), f32x4.add(f32x4.sqrt(square), epsilons));
    v128.store(w, f32x4.sub(v128.load(w), step));
  }
  for (; i < count; i++, w += 4, m += 4, v += 4, g += 4) {
    const slope = load<f32>(g);
    const mean = keep * load<f32>(m) + (<f32>1 - keep) * slope;
    const square = keepSquare * load<f32>(v) + (<f32>1 - keepSquare) * slope * slope;
    store<f32>(m, mean);
    store<f32>(v, square);
    store<f32>(w, load<f32>(w) - (rate * mean) / (sqrt(square) + epsilon));
  }
}
