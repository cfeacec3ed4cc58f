/** Numbers of 32 bits, one after the other, at random. */
export type Stream = () => number;

const mixings = 1 << 20;
const states = new Map<string, Int32Array>();

/**
 * A stream for one `use`, drawn by a model file's SHA-256 (hex): who makes a net cannot choose it, only try files, each change of which changes
 * all of it. Source: sfc32 of C. Doty-Humphrey's PractRand, public domain.
 */
export function streamOf(sha256: string, use: number): Stream {
  const [a, b, c, d] = stateOf(sha256);
  const next = sfc32(Int32Array.of(a! ^ use, b!, c!, d! + use));
  for (let round = 0; round < 16; round++) next();
  return next;
}

function stateOf(sha256: string): Int32Array {
  const known = states.get(sha256);
  if (known !== undefined) return known;
  const words = Array.from({ length: 8 }, (_, i) => Number.parseInt(sha256.slice(8 * i, 8 * i + 8) || '0', 16));
  const state = Int32Array.from({ length: 4 }, (_, i) => words[i]! ^ words[i + 4]!);
  const next = sfc32(state);
  for (let round = 0; round < mixings; round++) next();
  states.clear(); // nets are looked at one after the other
  states.set(sha256, state);
  return state;
}

/** Steps through `state`, in place. */
function sfc32(state: Int32Array): Stream {
  return () => {
    const b = state[1]!,
      c = state[2]!,
      count = state[3]!;
    const drawn = (state[0]! + b + count) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + drawn) | 0;
    state[3] = count + 1;
    return drawn >>> 0;
  };
}
