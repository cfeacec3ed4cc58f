/** Numbers of 32 bits, one after the other, at random. */
export type Stream = () => number;

const mixings = 1 << 24;
const states = new Map<string, Uint32Array>();

/**
 * A stream for one `use` of many, and there for one of `uses`, drawn by a model file's SHA-256 (hex): who makes a net
 * cannot choose it, only try files, each change of which changes all of it. Source: sfc32 of C. Doty-Humphrey's
 * PractRand, public domain.
 */
export function streamOf(sha256: string, use: number, uses = 0): Stream {
  const [a, b, c, d] = stateOf(sha256);
  const next = sfc32(Uint32Array.of(a! ^ use, b! ^ uses, c!, d! + use));
  for (let round = 0; round < 16; round++) next();
  return next;
}

function stateOf(sha256: string): Uint32Array {
  const known = states.get(sha256);
  if (known !== undefined) return known;
  const words = Array.from({ length: 8 }, (_, i) => Number.parseInt(sha256.slice(8 * i, 8 * i + 8) || '0', 16));
  const next = sfc32(Uint32Array.from({ length: 4 }, (_, i) => words[i]! ^ words[i + 4]!));
  for (let round = 0; round < mixings; round++) next();
  const state = Uint32Array.from({ length: 4 }, next);
  states.clear(); // nets are looked at one after the other
  states.set(sha256, state);
  return state;
}

function sfc32([a, b, c, count]: Uint32Array): Stream {
  let [x, y, z, n] = [a! | 0, b! | 0, c! | 0, count! | 0];
  return () => {
    const drawn = (x + y + n) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = (((z << 21) | (z >>> 11)) + drawn) | 0;
    n = (n + 1) | 0;
    return drawn >>> 0;
  };
}
