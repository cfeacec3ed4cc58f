import { Inflate, zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { openZip, writeZip } from '../../src/formats/archive.ts';
import { random } from '../random-nets.ts';

const text = (value: string) => new TextEncoder().encode(value);
const long = new Uint8Array(300_000).map((_, i) => (i * i) % 251);
const content = { 'config.json': text('{}'), 'inner/data.bin': long };

/** Reads every entry; what is thrown is what the caller wants to see. */
const readAll = (bytes: Uint8Array) => {
  const archive = openZip('a.zip', bytes);
  return new Map([...archive.sizes.keys()].map((entry) => [entry, archive.bytes(entry)]));
};

/** A copy with some bytes written over at an offset from the n-th occurrence of a signature. */
function patched(bytes: Uint8Array, signature: number, offset: number, values: number[], n = 0): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at < copy.length - 3; at++)
    if (view.getUint32(at, true) === signature && n-- === 0) copy.set(values, at + offset);
  return copy;
}
const [local, central, end] = [0x04034b50, 0x02014b50, 0x06054b50];

test('stored and deflated entries come out as they went in', () => {
  for (const level of [0, 6] as const)
    expect(
      [...readAll(zipSync(content, { level }))].map(([name, bytes]) => [
        name,
        Buffer.compare(bytes, content[name as keyof typeof content]),
      ]),
    ).toEqual([
      ['config.json', 0],
      ['inner/data.bin', 0],
    ]);
  expect([...openZip('a', writeZip(new Map(Object.entries(content)))).sizes]).toEqual([
    ['config.json', 2],
    ['inner/data.bin', 300_000],
  ]);
});

test('what is written does not depend on when', () => {
  const [first, later] = ['2020-01-01', '2026-07-01'].map((date) => {
    vi.setSystemTime(date);
    return writeZip(new Map(Object.entries(content)));
  });
  vi.useRealTimers();
  expect(Buffer.compare(first!, later!)).toBe(0);
});

/** A stored entry whose content is another entry, both listed. */
function nested(): Uint8Array {
  const inner = zipSync({ b: text('2') }, { level: 0 });
  const start = new DataView(inner.buffer).getUint32(inner.length - 6, true);
  const outer = zipSync({ a: inner.subarray(0, start) }, { level: 0 });
  const directory = new DataView(outer.buffer).getUint32(outer.length - 6, true);
  const both = Buffer.concat([
    outer.subarray(0, -22),
    patched(inner.subarray(start, -22), central, 42, [31, 0, 0, 0]),
    outer.subarray(-22),
  ]);
  both.writeUInt16LE(2, both.length - 14);
  both.writeUInt16LE(2, both.length - 12);
  both.writeUInt32LE(both.length - 22 - directory, both.length - 10);
  return both;
}

/** A deflated entry that declares more than it unpacks to, with the checksum of its bytes and zeros behind them. */
function padded(): Uint8Array {
  const content = new Uint8Array(1000).fill(7);
  const longer = Uint8Array.from([...content, 0, 0, 0, 0]);
  const declared = zipSync({ a: longer }, { level: 0 });
  const checksum = [...declared.subarray(14, 18)];
  const bytes = zipSync({ a: content }, { level: 9 });
  return [local, central].reduce<Uint8Array>(
    (copy, at) =>
      patched(patched(copy, at, at === local ? 14 : 16, checksum), at, at === local ? 22 : 24, [0xec, 3, 0, 0]),
    bytes,
  );
}

test('local headers that leave the sizes to a field of their own, or to what follows the data, as Python writes them', () => {
  const unsaid = [255, 255, 255, 255, 255, 255, 255, 255];
  expect(readAll(patched(zipSync(content, { level: 0 }), local, 18, unsaid)).size).toBe(2);
  expect(
    readAll(patched(patched(zipSync(content, { level: 6 }), local, 18, [0, 0, 0, 0, 0, 0, 0, 0]), local, 6, [8, 0]))
      .size,
  ).toBe(2);
});

describe('archives that are not opened', () => {
  const stored = zipSync(content, { level: 0 });
  const deflated = zipSync(content, { level: 6 });
  const sized = (size: number[]) => patched(patched(deflated, central, 24, size, 1), local, 22, size, 1);
  const named = (name: string) => zipSync({ [name]: text('x') }, { level: 0 });
  const bomb = zipSync({ zeros: new Uint8Array(3_000_000) }, { level: 9 });
  const twice = (() => {
    // two entries of one name, by renaming the second in both places
    const bytes = zipSync({ a: text('1'), b: text('2') }, { level: 0 });
    return patched(patched(bytes, local, 30, [0x61], 1), central, 46, [0x61], 1);
  })();
  test.each<[string, Uint8Array, RegExp]>([
    ['a name that goes up', named('../x'), /\.\.\/x has a name that leaves the archive/],
    ['a name that goes up inside', named('a/../../x'), /leaves the archive/],
    ['an absolute name', named('/etc/x'), /leaves the archive/],
    ['a backslash', named('a\\x'), /leaves the archive/],
    ['a drive', named('C:x'), /leaves the archive/],
    ['a control character', named('a\x1b[31m'), /a\?\[31m has a name/],
    ['an empty name', named(''), /leaves the archive/],
    ['a name twice', twice, /a is there twice/],
    ['an encrypted entry', patched(stored, central, 8, [1, 0]), /config.json is encrypted/],
    ['another packing method', patched(stored, central, 10, [12, 0]), /packed by method 12/],
    ['a ratio of thousands', bomb, /zeros unpacks to \d{4} times its size/],
    [
      'more than a gibibyte',
      patched(patched(deflated, central, 24, [0, 0, 0, 0x41], 1), central, 20, [0, 0, 0x20, 0], 1),
      /the content unpacks to \d+ bytes/,
    ],
    ['two sizes for a stored entry', patched(stored, central, 24, [9, 0, 0, 0]), /declares two sizes/],
    ['a size that is too small', sized([1, 0, 0, 0]), /data.bin is not what its size and checksum say/],
    ['a size that is too large', sized([0xff, 0xff, 4, 0]), /not what its size and checksum say/],
    ['a wrong checksum', patched(stored, central, 16, [1, 2, 3, 4]), /not what its size and checksum say/],
    ['damaged data', patched(deflated, local, 60, [1, 2, 3, 4], 1), /not what its size and checksum say/],
    ['entries that share bytes', patched(stored, central, 42, [0, 0, 0, 0], 1), /it ends too early/],
    ['another name inside', patched(stored, local, 30, [0x78]), /it ends too early/],
    ['entries one inside the other', nested(), /it ends too early/],
    ['a size too large and the checksum of what would fill it', padded(), /not what its size and checksum say/],
    ['a local header with another size', patched(stored, local, 22, [9, 0, 0, 0]), /can be read in two ways/],
    [
      'a local header with another packed size',
      patched(deflated, local, 18, [9, 0, 0, 0], 1),
      /can be read in two ways/,
    ],
    ['a local header with another method', patched(deflated, local, 8, [0, 0], 1), /can be read in two ways/],
    ['zip64', patched(stored, end, 16, [255, 255, 255, 255]), /its directory can be read in two ways/],
    ['a directory of another size', patched(stored, end, 12, [1, 0, 0, 0]), /its directory can be read in two ways/],
    [
      'fewer entries counted than listed',
      patched(stored, end, 8, [1, 0, 1, 0]),
      /its directory can be read in two ways/,
    ],
    ['something behind its end', Buffer.concat([stored, Buffer.from('x')]), /its directory can be read in two ways/],
    ['no directory', stored.subarray(0, stored.length - 22), /it ends too early/],
    ['the first half', stored.subarray(0, stored.length / 2), /it ends too early/],
    ['only a signature', stored.subarray(0, 4), /it ends too early/],
  ])('%s', (_, bytes, reason) => {
    expect(() => readAll(bytes)).toThrow(reason);
    expect(() => readAll(bytes)).toThrow(/^a\.zip: .*; /);
  });

  test('unpacking stops once an entry is longer than it declares', () => {
    const r = random(1);
    const noise = zipSync({ noise: Uint8Array.from({ length: 1 << 20 }, () => 256 * r()) }, { level: 9 });
    const longer = patched(patched(noise, central, 24, [10, 0, 0, 0]), local, 22, [10, 0, 0, 0]);
    const push = vi.spyOn(Inflate.prototype, 'push');
    expect(() => readAll(longer)).toThrow(/noise is not what its size and checksum say/);
    const taken = push.mock.calls.reduce((sum, [part]) => sum + part.length, 0);
    push.mockClear();
    expect(readAll(noise).get('noise')!.length).toBe(1 << 20);
    const all = push.mock.calls.reduce((sum, [part]) => sum + part.length, 0);
    push.mockRestore();
    expect(all).toBeGreaterThan(1 << 20);
    expect(taken).toBeLessThan(all / 4);
  });

  test('any single changed byte gives the same content or a typed error', () => {
    const whole = readAll(deflated.slice());
    const typed = expect.objectContaining({ name: 'GoodnetError' }) as unknown;
    for (let at = 0; at < deflated.length; at += at < 400 || at > deflated.length - 400 ? 1 : 997) {
      const bytes = deflated.slice();
      bytes[at]! ^= 0xff;
      try {
        for (const [name, value] of readAll(bytes))
          if (whole.has(name)) expect(Buffer.compare(value, whole.get(name)!)).toBe(0);
      } catch (error) {
        expect(error).toEqual(typed);
      }
    }
  });
});

test('a comment, in which Python looks for another end, is refused', () => {
  const plain = zipSync(content, { level: 0 });
  const commented = (comment: string): Uint8Array => {
    const bytes = Uint8Array.from([...plain, ...Buffer.from(comment, 'latin1')]);
    new DataView(bytes.buffer).setUint16(plain.length - 2, comment.length, true);
    return bytes;
  };
  expect(readAll(commented('')).size).toBe(2);
  for (const comment of ['x', 'PK\x05\x06', 'PK\x05\x06'.padEnd(22, 'x'), 'PK\x05\x06'.padEnd(22, '\0')])
    expect(() => readAll(commented(comment))).toThrow(/can be read in two ways/);
});

test('bytes between two entries, which none lists, are refused', () => {
  const plain = zipSync({ a: text('1'), b: text('2') }, { level: 0 });
  const second = Buffer.from(plain).indexOf('PK\x03\x04', 4, 'latin1');
  const apart = (bytes: number): Uint8Array => {
    const wide = Uint8Array.from([...plain.subarray(0, second), ...new Uint8Array(bytes), ...plain.subarray(second)]);
    const view = new DataView(wide.buffer);
    const directory = wide.length - 6;
    view.setUint32(directory, view.getUint32(directory, true) + bytes, true);
    return patched(wide, central, 42, [second + bytes, 0, 0, 0], 1);
  };
  expect(readAll(apart(0)).size).toBe(2);
  expect(readAll(apart(16)).size).toBe(2); // a checksum and sizes may stand there
  expect(() => readAll(apart(512))).toThrow(/zip/);
});
