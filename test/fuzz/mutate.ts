/** Numbers 0..1 that the same seed repeats. Source: mulberry32, public domain. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const below = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;

const edges = [
  0n,
  1n,
  2n,
  3n,
  7n,
  8n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  1n << 40n,
  0x7fffffffffffffffn,
  0xffffffffffffffffn,
];

/** A copy of `bytes` with one to eight changes: bits, bytes, whole numbers, pieces moved, doubled, cut out, or the end cut off. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let out = new Uint8Array(bytes);
  for (let n = 1 + below(random, random() < 0.7 ? 2 : 8); n > 0 && out.length > 0; n--) {
    const at = below(random, out.length);
    const piece = out.slice(at, at + 1 + below(random, 64));
    const way = below(random, 9);
    if (way === 0) out[at]! ^= 1 << below(random, 8);
    else if (way === 1) out[at] = below(random, 256);
    else if (way <= 4) writeNumber(out, at, pick(random, edges), pick(random, [1, 2, 4, 8]), random() < 0.3);
    else if (way === 5) out = out.slice(0, at);
    else if (way === 6)
      out.set(
        piece.subarray(0, out.length - below(random, out.length)),
        Math.min(below(random, out.length), Math.max(0, out.length - piece.length)),
      );
    else if (way === 7) out = joined(out.subarray(0, at), piece, out.subarray(at));
    else out = joined(out.subarray(0, at), out.subarray(at + piece.length));
  }
  return out;
}

function writeNumber(out: Uint8Array, at: number, value: bigint, width: number, big: boolean): void {
  for (let i = 0; i < width && at + i < out.length; i++)
    out[at + i] = Number((value >> BigInt(8 * (big ? width - 1 - i : i))) & 0xffn);
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const strange: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  -0,
  '',
  'x',
  '__proto__',
  'constructor',
  '../..',
  '\u0000',
  '\u202e::error::',
  'a'.repeat(5000),
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  'NaN',
  '1e999',
  '0x10',
];

/** A copy of a JSON value with one to four changes: a value replaced, a key lost, doubled or renamed, a list cut or repeated, a part moved elsewhere. */
export function mutateJson(value: unknown, random: Random): unknown {
  const root = { value: structuredClone(value) };
  for (let n = 1 + below(random, 4); n > 0; n--) {
    const places = placesIn(root);
    if (places.length === 0) break;
    const [owner, key] = pick(random, places);
    const way = below(random, 7);
    if (way <= 2) owner[key] = structuredClone(pick(random, strange));
    else if (way === 3 && !Array.isArray(owner)) Reflect.deleteProperty(owner, key);
    else if (way === 4 && Array.isArray(owner))
      owner.splice(
        Number(key),
        random() < 0.5 ? 1 : 0,
        ...(random() < 0.5 ? [structuredClone((owner as unknown[])[Number(key)])] : []),
      );
    else if (way === 5) owner[key] = structuredClone((([from, name]) => from[name])(pick(random, places)));
    else if (typeof owner[key] === 'number')
      owner[key] = pick(random, [0, 1, -1, 2 ** 16, 2 ** 31, 1e18, owner[key] * 2, owner[key] + 1, owner[key] / 2]);
    else if (!Array.isArray(owner))
      Object.defineProperty(owner, pick(random, ['__proto__', 'name', 'class_name', 'module', 'x', '']), {
        value: owner[key],
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return root.value ?? null;
}

type Owner = Record<string, unknown>;

function placesIn(root: object): [Owner, string][] {
  const places: [Owner, string][] = [];
  const open: object[] = [root];
  while (open.length > 0 && places.length < 20_000) {
    const owner = open.pop() as Owner;
    for (const key of Object.keys(owner)) {
      places.push([owner, key]);
      const part = owner[key];
      if (typeof part === 'object' && part !== null) open.push(part);
    }
  }
  return places;
}
