import { Bytes } from './buffer.ts';

/** SHA-256 by itself: what browsers have of it answers later, and never of a part of a file. */
export function createHash(algorithm: string): Sha256 {
  if (algorithm !== 'sha256') throw new Error(`no hash ${algorithm} here`);
  return new Sha256();
}

export function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Bytes(count));
}

const blockBytes = 64,
  rounds = 64;

/** The first 32 bits of the fractional parts of a root of each of the first primes. */
const fractions = (count: number, rootOf: (prime: number) => number): Int32Array =>
  Int32Array.from(primes(count), (prime) => (rootOf(prime) % 1) * 2 ** 32);

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const constants = fractions(rounds, Math.cbrt);
const begin = fractions(8, Math.sqrt);

const turned = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** Source: FIPS 180-4, 6.2. */
class Sha256 {
  private readonly state = begin.slice();
  private readonly words = new Int32Array(rounds);
  private readonly block = new Uint8Array(blockBytes);
  private readonly view = new DataView(this.block.buffer);
  private length = 0;

  update(part: Uint8Array | string): this {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part;
    for (let at = 0; at < bytes.length;) {
      const filled = this.length % blockBytes;
      const taken = bytes.subarray(at, at + blockBytes - filled);
      this.block.set(taken, filled);
      this.length += taken.length;
      at += taken.length;
      if (this.length % blockBytes === 0) this.compress();
    }
    return this;
  }

  digest(): Bytes;
  digest(encoding: 'hex' | 'base64'): string;
  digest(encoding?: 'hex' | 'base64'): Bytes | string {
    const bits = 8 * this.length;
    const filled = this.length % blockBytes;
    const padding = new Uint8Array((filled < 56 ? 56 : 120) - filled);
    padding[0] = 0x80;
    this.update(padding);
    this.view.setUint32(56, bits / 2 ** 32);
    this.view.setUint32(60, bits);
    this.compress();
    const digest = new Bytes(32);
    const view = new DataView(digest.buffer);
    this.state.forEach((word, i) => view.setInt32(4 * i, word));
    return encoding === undefined ? digest : digest.toString(encoding);
  }

  private compress(): void {
    const { state, words, view } = this;
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(4 * i);
    for (let i = 16; i < rounds; i++) {
      const [late, early] = [words[i - 2]!, words[i - 15]!];
      const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      words[i] = s1 + words[i - 7]! + s0 + words[i - 16]!;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < rounds; i++) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + constants[i]! + words[i]!) | 0;
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i]! += word;
    });
  }
}
