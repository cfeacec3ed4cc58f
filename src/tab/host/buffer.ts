type Encoding = 'utf8' | 'base64' | 'hex' | 'latin1';

/** Bytes with what is used of Node's Buffer. */
export class Bytes extends Uint8Array<ArrayBuffer> {
  constructor(from: number | ArrayBuffer, at?: number, length?: number) {
    super(typeof from === 'number' ? new ArrayBuffer(from) : from, at, length);
  }

  override toString(encoding: Encoding = 'utf8', start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    if (encoding === 'utf8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
    if (encoding === 'hex') return Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return encoding === 'base64' ? btoa(signsOf(part)) : signsOf(part);
  }

  write(text: string, at: number, _encoding: 'latin1'): number {
    for (let i = 0; i < text.length; i++) this[at + i] = text.charCodeAt(i);
    return text.length;
  }

  writeUInt32BE(value: number, at: number): number {
    new DataView(this.buffer, this.byteOffset).setUint32(at, value);
    return at + 4;
  }
}

const partBytes = 2 ** 13; // as many arguments as a call surely takes

/** A sign for each byte. */
function signsOf(bytes: Uint8Array): string {
  let signs = '';
  for (let at = 0; at < bytes.length; at += partBytes)
    signs += String.fromCharCode(...bytes.subarray(at, at + partBytes));
  return signs;
}

const bytesOf = (values: ArrayLike<number>): Bytes => {
  const bytes = new Bytes(values.length);
  bytes.set(values);
  return bytes;
};

/** What is used of Node's Buffer itself. */
export const Buffer = {
  alloc: (length: number): Bytes => new Bytes(length),
  allocUnsafe: (length: number): Bytes => new Bytes(length),
  /** A text in UTF-8 or base64; a copy of bytes; or a part of an ArrayBuffer, which is not copied. */
  from(value: string | ArrayLike<number> | ArrayBuffer, how?: Encoding | number, length?: number): Bytes {
    if (value instanceof ArrayBuffer) return new Bytes(value, how as number | undefined, length);
    if (typeof value !== 'string') return bytesOf(value);
    return how === 'base64'
      ? bytesOf(Uint8Array.from(atob(value), (sign) => sign.charCodeAt(0)))
      : bytesOf(new TextEncoder().encode(value));
  },
  concat(parts: readonly Uint8Array[]): Bytes {
    const all = new Bytes(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  },
  byteLength: (value: string | Uint8Array): number =>
    typeof value === 'string' ? new TextEncoder().encode(value).length : value.byteLength,
  compare(one: Uint8Array, other: Uint8Array): number {
    for (let i = 0; i < Math.min(one.length, other.length); i++)
      if (one[i] !== other[i]) return Math.sign(one[i]! - other[i]!);
    return Math.sign(one.length - other.length);
  },
};
