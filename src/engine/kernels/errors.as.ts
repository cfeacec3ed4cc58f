// Compiled to WebAssembly by `npm run build:wasm` (AssemblyScript). Numbers are float32; steps and places are in bytes.
//
// The errors of an image's numbers stand in seven rows, one for each world, `step` from row to row. What is drawn for a
// number follows from its index and two keys, so that images of the same keys are off alike; `cauchy` has 2^12
// quantiles. `most` gets the largest size in any world of each error that is written: what is not finite is larger.

const bytes = 4;

/** 32 bits at random for each of `x`. Source: C. Wellons, "Prospecting for Hash Functions", lowbias32, public domain. */
function mixed(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

function drawnFor(i: v128, key: i32, other: i32): v128 {
  return mixed(i32x4.add(mixed(v128.xor(i, i32x4.splat(key))), i32x4.splat(other)));
}

/** Four numbers of a table. */
function picked(table: usize, places: v128): v128 {
  const at = i32x4.shl(places, 2);
  let found = v128.load32_zero(table + i32x4.extract_lane(at, 0));
  found = v128.load32_lane(table + i32x4.extract_lane(at, 1), found, 1);
  found = v128.load32_lane(table + i32x4.extract_lane(at, 2), found, 2);
  return v128.load32_lane(table + i32x4.extract_lane(at, 3), found, 3);
}

/** Quantiles by the upper 12 bits, or by the 12 that follow them. */
function byUpper(cauchy: usize, drawn: v128): v128 {
  return picked(cauchy, i32x4.shr_u(drawn, 20));
}

function byLower(cauchy: usize, drawn: v128): v128 {
  return picked(cauchy, v128.and(i32x4.shr_u(drawn, 8), i32x4.splat(0xfff)));
}

/** Spread evenly, with a mean square of 1, by 16 bits. */
function even(sixteen: v128): v128 {
  const share = f32x4.mul(f32x4.convert_i32x4_s(sixteen), f32x4.splat(1.0 / 65536));
  return f32x4.mul(f32x4.sub(share, f32x4.splat(0.5)), f32x4.splat(3.4641016));
}

/** With its sign turned where the highest bit of `drawn` is set. */
function turned(a: v128, drawn: v128): v128 {
  return v128.xor(a, v128.and(drawn, i32x4.splat(1 << 31)));
}

/** The larger of sizes and that of `a`; of the bits of floats without their sign, those of NaN are the largest. */
function largerOf(sizes: v128, a: v128): v128 {
  return i32x4.max_u(sizes, v128.and(a, i32x4.splat(0x7fffffff)));
}

/** `count` numbers, at most four. */
function get(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  let a = v128.load32_zero(at);
  if (count > 1) a = v128.load32_lane(at + 4, a, 1);
  if (count > 2) a = v128.load32_lane(at + 8, a, 2);
  return a;
}

function put(at: usize, a: v128, count: i32): void {
  if (count >= 4) return v128.store(at, a);
  v128.store32_lane(at, a, 0);
  if (count > 1) v128.store32_lane(at + 4, a, 1);
  if (count > 2) v128.store32_lane(at + 8, a, 2);
}

/** Writes seven errors, which may be added to those before; answers the largest sizes. */
function write(
  before: usize,
  out: usize,
  step: usize,
  count: i32,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
): v128 {
  if (before != 0) {
    a = f32x4.add(get(before, count), a);
    b = f32x4.add(get(before + step, count), b);
    c = f32x4.add(get(before + 2 * step, count), c);
    d = f32x4.add(get(before + 3 * step, count), d);
    e = f32x4.add(get(before + 4 * step, count), e);
    f = f32x4.add(get(before + 5 * step, count), f);
    g = f32x4.add(get(before + 6 * step, count), g);
  }
  put(out, a, count);
  put(out + step, b, count);
  put(out + 2 * step, c, count);
  put(out + 3 * step, d, count);
  put(out + 4 * step, e, count);
  put(out + 5 * step, f, count);
  put(out + 6 * step, g, count);
  const some = largerOf(largerOf(largerOf(i32x4.splat(0), a), b), c);
  return largerOf(largerOf(largerOf(largerOf(some, d), e), f), g);
}

/**
 * out[7][count] = before, 0 for none, and `share` of sizes[count], and `flushed` where there are any: upwards, by
 * `one`, twice by Cauchy's distribution, upwards, twice up or down.
 */
export function addRoundings(
  sizes: usize,
  count: i32,
  share: f32,
  flushed: f32,
  before: usize,
  out: usize,
  most: usize,
  step: usize,
  one: f32,
  key: i32,
  other: i32,
  cauchy: usize,
): void {
  let i = i32x4(0, 1, 2, 3);
  for (let left = count; left > 0; left -= 4) {
    const terms = get(sizes, left);
    const small = v128.and(f32x4.splat(flushed), f32x4.gt(terms, f32x4.splat(0)));
    const size = f32x4.add(f32x4.mul(terms, f32x4.splat(share)), small);
    const drawn = drawnFor(i, key, other);
    const largest = write(
      before,
      out,
      step,
      left,
      size,
      f32x4.mul(size, f32x4.splat(one)),
      f32x4.mul(size, byUpper(cauchy, drawn)),
      f32x4.mul(size, byLower(cauchy, drawn)),
      size,
      turned(size, i32x4.shl(drawn, 24)),
      turned(size, i32x4.shl(drawn, 25)),
    );
    put(most, largest, left);
    i = i32x4.add(i, i32x4.splat(4));
    sizes += 16;
    out += 16;
    most += 16;
    if (before != 0) before += 16;
  }
}

/**
 * out[7][count] = before and what a bend makes of them beside: untold[count] upwards, by `one`, twice spread evenly;
 * bows[3][count] by Cauchy's distribution.
 */
export function addBends(
  untold: usize,
  bows: usize,
  count: i32,
  before: usize,
  out: usize,
  most: usize,
  step: usize,
  one: f32,
  key: i32,
  other: i32,
  cauchy: usize,
): void {
  let i = i32x4(0, 1, 2, 3);
  for (let left = count; left > 0; left -= 4) {
    const drawn = drawnFor(i, key, other);
    const size = get(untold, left);
    put(
      most,
      bend(
        size,
        get(bows, left),
        get(bows + step, left),
        get(bows + 2 * step, left),
        drawn,
        before,
        out,
        step,
        left,
        one,
        cauchy,
      ),
      left,
    );
    i = i32x4.add(i, i32x4.splat(4));
    untold += 16;
    bows += 16;
    before += 16;
    out += 16;
    most += 16;
  }
}

function bend(
  untold: v128,
  bow: v128,
  bow2: v128,
  bow3: v128,
  drawn: v128,
  before: usize,
  out: usize,
  step: usize,
  count: i32,
  one: f32,
  cauchy: usize,
): v128 {
  const more = mixed(i32x4.add(drawn, i32x4.splat(1)));
  return write(
    before,
    out,
    step,
    count,
    untold,
    f32x4.mul(untold, f32x4.splat(one)),
    f32x4.mul(untold, even(i32x4.shr_u(drawn, 16))),
    f32x4.mul(untold, even(v128.and(drawn, i32x4.splat(0xffff)))),
    f32x4.mul(bow, byUpper(cauchy, more)),
    f32x4.mul(bow2, byLower(cauchy, more)),
    f32x4.mul(bow3, byUpper(cauchy, mixed(i32x4.add(more, i32x4.splat(1))))),
  );
}

/**
 * out[7][count] = what a clamp makes of errors[7][count] of x[count]. It turns at `least`: where that lies within reach
 * for an error, or `highest` does, it bends.
 */
export function clampErrors(
  x: usize,
  count: i32,
  least: f32,
  highest: f32,
  errors: usize,
  out: usize,
  most: usize,
  step: usize,
  one: f32,
  key: i32,
  other: i32,
  cauchy: usize,
): void {
  const none = f32x4.splat(0),
    low = f32x4.splat(least),
    high = f32x4.splat(highest);
  let i = i32x4(0, 1, 2, 3);
  for (let left = count; left > 0; left -= 4) {
    const given = get(x, left);
    let far = i32x4.splat(0);
    for (let world = 0; world < 7; world++) far = largerOf(far, get(errors + world * step, left));
    const near = v128.and(reached(given, far, low, high), f32x4.gt(far, none));
    if (v128.any_true(near)) {
      const y = clamped(given, low, high);
      let told = none;
      for (let world = 0; world < 7; world++) {
        const error = get(errors + world * step, left);
        const up = clamped(f32x4.add(given, error), low, high),
          down = clamped(f32x4.sub(given, error), low, high);
        const tilted = f32x4.mul(f32x4.sub(up, down), f32x4.splat(0.5));
        told = largerOf(told, tilted);
        put(out + world * step, tilted, left);
      }
      const up = f32x4.add(given, far),
        down = f32x4.sub(given, far);
      const turn = f32x4.max(f32x4.min(low, up), down);
      const farthest = largerOf(
        largerOf(largerOf(none, f32x4.sub(clamped(up, low, high), y)), f32x4.sub(clamped(down, low, high), y)),
        f32x4.sub(clamped(turn, low, high), y),
      );
      const untold = f32x4.max(f32x4.sub(farthest, told), none);
      const largest = bend(
        untold,
        bowOf(given, get(errors + 4 * step, left), y, low, high),
        bowOf(given, get(errors + 5 * step, left), y, low, high),
        bowOf(given, get(errors + 6 * step, left), y, low, high),
        drawnFor(i, key, other),
        out,
        out,
        step,
        left,
        one,
        cauchy,
      );
      put(most, largest, left);
    } else {
      const open = v128.and(f32x4.gt(given, low), f32x4.lt(given, high));
      for (let world = 0; world < 7; world++)
        put(out + world * step, v128.and(get(errors + world * step, left), open), left);
      put(most, v128.and(far, open), left);
    }
    i = i32x4.add(i, i32x4.splat(4));
    x += 16;
    errors += 16;
    out += 16;
    most += 16;
  }
}

/** most[count] = the largest sizes of errors[7][count] */
export function largestOf(errors: usize, count: i32, most: usize, step: usize): void {
  for (let left = count; left > 0; left -= 4, errors += 16, most += 16) {
    let far = i32x4.splat(0);
    for (let world = 0; world < 7; world++) far = largerOf(far, get(errors + world * step, left));
    put(most, far, left);
  }
}

function clamped(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** Where a number that is off by so much may be one of two. */
function reached(x: v128, off: v128, low: v128, high: v128): v128 {
  return v128.or(f32x4.le(f32x4.abs(f32x4.sub(x, low)), off), f32x4.le(f32x4.abs(f32x4.sub(x, high)), off));
}

/** How far a clamp leaves the straight lines from its answer y to those at both ends of an error, or these each other's. */
function bowOf(x: v128, error: v128, y: v128, low: v128, high: v128): v128 {
  const up = f32x4.sub(clamped(f32x4.add(x, error), low, high), y),
    down = f32x4.sub(clamped(f32x4.sub(x, error), low, high), y);
  let most = f32x4.abs(f32x4.mul(f32x4.add(up, down), f32x4.splat(0.5)));
  let part: f32 = 0.5;
  for (let i = 0; i < 5; i++, part *= 0.25) {
    const by = f32x4.splat(part);
    const some = f32x4.mul(error, by);
    const above = f32x4.sub(clamped(f32x4.add(x, some), low, high), y),
      below = f32x4.sub(clamped(f32x4.sub(x, some), low, high), y);
    most = largerOf(most, f32x4.sub(above, f32x4.mul(up, by)));
    most = largerOf(most, f32x4.sub(below, f32x4.mul(down, by)));
  }
  return v128.and(most, reached(x, f32x4.abs(error), low, high));
}

/** out[count] = sizes of x[count], at least 2^-62 but for 0: then products of two of them are normal numbers. */
export function sizesOf(x: usize, count: i32, out: usize): void {
  const least = f32x4.splat(2.168404344971009e-19);
  for (let left = count; left > 0; left -= 4, x += 16, out += 16) {
    const size = f32x4.abs(get(x, left));
    const some = f32x4.ne(size, f32x4.splat(0));
    put(out, v128.and(f32x4.max(size, least), some), left);
  }
}

/** out[count] = x[count], 0 where it is below the smallest normal number. */
export function flush(x: usize, count: i32, out: usize): void {
  const smallest = f32x4.splat(1.1754943508222875e-38);
  for (let left = count; left > 0; left -= 4, x += 16, out += 16) {
    const given = get(x, left);
    put(out, v128.andnot(given, f32x4.lt(f32x4.abs(given), smallest)), left);
  }
}

/** The largest size of x[count]. */
export function largestIn(x: usize, count: i32): f32 {
  let most = i32x4.splat(0);
  for (let left = count; left > 0; left -= 4, x += 16) most = largerOf(most, get(x, left));
  most = i32x4.max_u(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  most = i32x4.max_u(most, i32x4.shuffle(most, most, 1, 0, 3, 2));
  return f32x4.extract_lane(most, 0);
}
