// Compiled to WebAssembly by `npm run build:wasm` (AssemblyScript), since JavaScript has no vector instructions.
// Matrices are row-major float32, their rows padded to a multiple of 4; all pointers are aligned to 16 bytes.

/** y[columns] += sum over k of value[k] * w[index[k]][columns], in float32. */
export function addRows(y: usize, w: usize, columns: i32, index: usize, value: usize, count: i32): void {
  const bytes = columns << 2;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const at = index + (k << 2),
      by = value + (k << 2);
    const w0 = w + load<i32>(at) * bytes,
      w1 = w + load<i32>(at, 4) * bytes,
      w2 = w + load<i32>(at, 8) * bytes,
      w3 = w + load<i32>(at, 12) * bytes;
    const x0 = v128.load32_splat(by),
      x1 = v128.load32_splat(by, 4),
      x2 = v128.load32_splat(by, 8),
      x3 = v128.load32_splat(by, 12);
    for (let j = 0; j < bytes; j += 16) {
      const a = f32x4.add(f32x4.mul(x0, v128.load(w0 + j)), f32x4.mul(x1, v128.load(w1 + j)));
      const b = f32x4.add(f32x4.mul(x2, v128.load(w2 + j)), f32x4.mul(x3, v128.load(w3 + j)));
      v128.store(y + j, f32x4.add(v128.load(y + j), f32x4.add(a, b)));
    }
  }
  for (; k < count; k++) {
    const row = w + load<i32>(index + (k << 2)) * bytes;
    const x = v128.load32_splat(value + (k << 2));
    for (let j = 0; j < bytes; j += 16)
      v128.store(y + j, f32x4.add(v128.load(y + j), f32x4.mul(x, v128.load(row + j))));
  }
}

/** The same with a float64 sum y, float64 values, and float32 rows. */
export function addRowsExactly(y: usize, w: usize, columns: i32, index: usize, value: usize, count: i32): void {
  const bytes = columns << 2;
  for (let k = 0; k < count; k++) {
    const row = w + load<i32>(index + (k << 2)) * bytes;
    const x = v128.load64_splat(value + (k << 3));
    for (let j = 0; j < bytes; j += 8) {
      const at = y + (j << 1);
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(x, f64x2.promote_low_f32x4(v128.load64_zero(row + j)))));
    }
  }
}

/** y = x as float32, rounded to nearest. */
export function demote(y: usize, x: usize, size: i32): void {
  for (let i = 0; i < size; i++) store<f32>(y + (i << 2), <f32>load<f64>(x + (i << 3)));
}

/** y = max(x, 0); `size` is a multiple of 4. */
export function relu(y: usize, x: usize, size: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < size << 2; i += 16) v128.store(y + i, f32x4.max(v128.load(x + i), zero));
}

/** y += x; `size` is a multiple of 4. */
export function add(y: usize, x: usize, size: i32): void {
  for (let i = 0; i < size << 2; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
}

/** Writes the indices and values of x that are not zero; answers how many there are. */
export function nonZero(x: usize, size: i32, index: usize, value: usize): i32 {
  let count = 0;
  for (let i = 0; i < size; i++) {
    const v = load<f32>(x + (i << 2));
    if (v == 0) continue;
    store<i32>(index + (count << 2), i);
    store<f32>(value + (count << 2), v);
    count++;
  }
  return count;
}

/** The first index of the greatest of x; writes it, the greatest of the others, and the greatest magnitude (float32) to `out`. */
export function best(x: usize, size: i32, out: usize): i32 {
  let at = 0,
    first: f32 = -Infinity,
    second: f32 = -Infinity,
    largest: f32 = 0;
  for (let i = 0; i < size; i++) {
    const v = load<f32>(x + (i << 2));
    if (!(abs(v) <= largest)) largest = abs(v);
    if (v > first) {
      second = first;
      first = v;
      at = i;
    } else if (v > second) second = v;
  }
  store<f32>(out, first);
  store<f32>(out, second, 4);
  store<f32>(out, largest, 8);
  return at;
}
