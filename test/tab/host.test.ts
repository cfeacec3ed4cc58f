import { createHash, randomBytes } from 'node:crypto';
import * as disk from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Buffer as TabBuffer } from '../../src/tab/host/buffer.ts';
import * as crypto from '../../src/tab/host/crypto.ts';
import * as memory from '../../src/tab/host/fs.ts';
import tabPath from '../../src/tab/host/path.ts';
import * as tabZlib from '../../src/tab/host/zlib.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** What a step comes to: its value, or the code of what it throws. */
function outcome(step: () => unknown): unknown {
  try {
    return step() ?? null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** Files as both have them. */
type Files = typeof disk & typeof memory;

/** The same steps in a folder of this machine and in one of the tab's memory. */
function both(steps: (fs: Files, at: (name: string) => string) => unknown[]): void {
  const folder = temporaryFolder();
  const here = `/tab-${randomBytes(4).toString('hex')}`;
  memory.mkdirSync(here);
  const [onDisk, inMemory] = [
    steps(disk as Files, (name) => path.join(folder, name)),
    steps(memory as unknown as Files, (name) => `${here}/${name}`),
  ];
  const plain = (value: unknown): string => JSON.stringify(value).replaceAll(folder, '').replaceAll(here, '');
  expect(plain(inMemory)).toBe(plain(onDisk));
}

/** Writes a new file as an output folder does. */
function write(fs: Files, file: string, text: string): void {
  const descriptor = fs.openSync(file, 'wx');
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += fs.writeSync(descriptor, bytes, at);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

describe('files in memory do as files of the machine', () => {
  test('folders', () =>
    both((fs, at) => [
      outcome(() => fs.mkdirSync(at('a/b/c'), { recursive: true })),
      outcome(() => fs.mkdirSync(at('a/b/c'), { recursive: true })),
      outcome(() => fs.mkdirSync(at('a'))),
      outcome(() => fs.mkdirSync(at('no/where'))),
      outcome(() => fs.rmdirSync(at('a'))),
      outcome(() => fs.rmdirSync(at('a/b/c'))),
      outcome(() => fs.rmdirSync(at('none'))),
      outcome(() => fs.statSync(at('a')).isDirectory()),
      outcome(() => fs.lstatSync(at('a/b/c')).isDirectory()),
      outcome(() => fs.readdirSync(at('a'))),
      outcome(() => fs.readdirSync(at('a'), { withFileTypes: true }).map((entry) => [entry.name, entry.isFile()])),
      outcome(() => fs.rmSync(at('a'))),
      outcome(() => fs.rmSync(at('a'), { recursive: true, force: true })),
      outcome(() => fs.rmSync(at('a'), { recursive: true, force: true })),
      outcome(() => fs.rmSync(at('a'))),
      fs.existsSync(at('a')),
    ]));

  test('files that are written and moved', () =>
    both((fs, at) => [
      outcome(() => write(fs, at('one'), 'one ä')),
      outcome(() => write(fs, at('one'), 'again')),
      outcome(() => write(fs, at('none/one'), 'no folder')),
      outcome(() => write(fs, at('two'), 'the second, which is longer')),
      outcome(() => fs.readFileSync(at('one'), 'utf8')),
      outcome(() => [...fs.readFileSync(at('one'))]),
      outcome(() => fs.statSync(at('one')).size),
      outcome(() => fs.mkdirSync(at('folder'))),
      outcome(() => fs.mkdirSync(at('one/below'), { recursive: true })),
      outcome(() => fs.renameSync(at('one'), at('folder'))),
      outcome(() => fs.renameSync(at('two'), at('one'))),
      outcome(() => fs.renameSync(at('two'), at('three'))),
      outcome(() => fs.renameSync(at('one'), at('folder/one'))),
      outcome(() => fs.renameSync(at('folder'), at('moved'))),
      outcome(() => fs.readFileSync(at('moved/one'), 'utf8')),
      outcome(() => fs.readFileSync(at('moved'), 'utf8')),
      outcome(() => fs.readFileSync(at('one'), 'utf8')),
      outcome(() => fs.readdirSync(at('moved/one'))),
      outcome(() => fs.rmdirSync(at('moved'))),
      outcome(() => fs.realpathSync(at('moved/one'))),
      outcome(() => fs.realpathSync(at('one'))),
      outcome(() => fs.accessSync(at('moved'))),
      outcome(() => fs.accessSync(at('one'))),
    ]));

  test('open files', () =>
    both((fs, at) => {
      write(fs, at('file'), 'abcdefgh');
      const { O_RDONLY, O_NONBLOCK } = fs.constants;
      const descriptor = fs.openSync(at('file'), O_RDONLY | O_NONBLOCK);
      const read = (length: number, from: number): unknown => {
        const target = new Uint8Array(10);
        return [fs.readSync(descriptor, target, 1, length, from), [...target]];
      };
      const state = fs.fstatSync(descriptor, { bigint: true });
      return [
        outcome(() => fs.openSync(at('none'), O_RDONLY)),
        read(3, 2),
        read(8, 5),
        read(4, 8),
        state.isFile(),
        Number(state.size),
        outcome(() => fs.renameSync(at('file'), at('other'))),
        read(3, 0),
        outcome(() => fs.rmSync(at('other'))),
        read(3, 0),
        outcome(() => fs.closeSync(descriptor)),
        outcome(() => fs.fstatSync(descriptor)),
      ];
    }));

  describe('a file that was given', () => {
    const bytes = randomBytes(2 ** 23 + 5);
    const fetched: number[] = [];
    let shown = bytes;
    /** A file of a user's, which is read by parts. */
    class UsersFile extends Blob {
      override readonly size = bytes.length;
      override slice(from = 0, to = 0): Blob {
        fetched.push(from);
        return Object.assign(new Blob(), { part: shown.subarray(from, to) });
      }
    }
    class FileReaderSync {
      readAsArrayBuffer(blob: Blob): ArrayBuffer {
        const { part } = blob as Blob & { part: Uint8Array };
        return Uint8Array.from(part).buffer;
      }
    }
    beforeAll(() => void Object.assign(globalThis, { FileReaderSync }));
    afterAll(() => void Reflect.deleteProperty(globalThis, 'FileReaderSync'));

    const read = (descriptor: number, at: number, length: number): Uint8Array => {
      const target = new Uint8Array(length);
      return target.subarray(0, memory.readSync(descriptor, target, 0, length, at));
    };

    test('is read where it lies, a large part at a time', () => {
      memory.place('/users/file', new UsersFile());
      const descriptor = memory.openSync('/users/file', 'r');
      for (const [at, length] of [
        [0, 100],
        [1000, 2 ** 16],
        [2 ** 22 - 7, 20],
        [bytes.length - 3, 10],
        [5, 5],
      ] as const)
        expect(Buffer.from(read(descriptor, at, length)).equals(bytes.subarray(at, at + length))).toBe(true);
      expect(fetched).toEqual([0, 2 ** 22, bytes.length - 3, 5]);
      expect(outcome(() => memory.writeSync(descriptor, bytes))).toBe('EROFS');
      memory.closeSync(descriptor);
    });

    test('and that became shorter cannot be read', () => {
      shown = bytes.subarray(0, 10);
      memory.place('/users/file', new UsersFile());
      const descriptor = memory.openSync('/users/file', 'r');
      expect(outcome(() => read(descriptor, 5, 100))).toBe('EIO');
    });
  });

  test('what was written to is seen', () => {
    memory.place('/seen/file', new Uint8Array(3));
    const before = memory.statSync('/seen/file').mtimeMs;
    memory.place('/seen/file', new Uint8Array(3));
    expect(memory.statSync('/seen/file').mtimeMs).toBeGreaterThan(before);
    expect(memory.filesBelow('/seen')).toEqual(['/seen/file']);
  });
});

test('paths', () => {
  const names = ['', '.', '..', 'a', 'a/b', '/a/b', 'a//b/', './a', '../a', '/a/../..', 'a/./b/../c', '/', '/a/b.h5'];
  for (const name of names) {
    expect(tabPath.normalize(name), `normalize ${name}`).toBe(path.posix.normalize(name));
    expect(tabPath.resolve(name), `resolve ${name}`).toBe(path.posix.resolve('/', name));
    expect(tabPath.basename(name), `basename ${name}`).toBe(path.posix.basename(name));
    expect(tabPath.dirname(name), `dirname ${name}`).toBe(path.posix.dirname(name));
    for (const other of names) {
      expect(tabPath.join(name, other), `join ${name} ${other}`).toBe(path.posix.join(name, other));
      expect(tabPath.resolve('/x', name, other)).toBe(path.posix.resolve('/x', name, other));
      const [from, to] = [path.posix.resolve('/', name), path.posix.resolve('/', other)];
      expect(tabPath.relative(from, to), `relative ${from} ${to}`).toBe(path.posix.relative(from, to));
    }
  }
});

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])('SHA-256 of %i bytes', (count) => {
  const bytes = randomBytes(count);
  const split = Math.floor(count / 3);
  const hash = crypto.createHash('sha256').update(bytes.subarray(0, split)).update(bytes.subarray(split));
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect([...crypto.createHash('sha256').update(bytes).digest()]).toEqual([
    ...createHash('sha256').update(bytes).digest(),
  ]);
});

test('SHA-256 of a text in base64', () => {
  expect(crypto.createHash('sha256').update('größer').digest('base64')).toBe(
    createHash('sha256').update('größer').digest('base64'),
  );
});

test('bytes', () => {
  const bytes = TabBuffer.from('größer 👍');
  expect([...bytes]).toEqual([...Buffer.from('größer 👍')]);
  expect(bytes.toString()).toBe('größer 👍');
  expect(bytes.toString('utf8', 0, 2)).toBe('gr');
  const many = randomBytes(100_000);
  expect(TabBuffer.from(many).toString('base64')).toBe(many.toString('base64'));
  expect([...TabBuffer.from(many.toString('base64'), 'base64')]).toEqual([...many]);
  expect(TabBuffer.from(many.subarray(0, 20)).toString('hex')).toBe(many.toString('hex', 0, 20));
  expect([...TabBuffer.concat([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
  expect([...TabBuffer.from(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2)]).toEqual([2, 3]);
  expect(TabBuffer.byteLength('ä')).toBe(2);
  const names = ['a', 'ab', '', 'ä', 'b'];
  const sorted = (Bytes: Pick<typeof Buffer, 'from' | 'compare'>): string[] =>
    [...names].sort((a, b) => Bytes.compare(Bytes.from(a), Bytes.from(b)));
  expect(sorted(TabBuffer as unknown as typeof Buffer)).toEqual(sorted(Buffer));
  const header = TabBuffer.alloc(8);
  expect([header.writeUInt32BE(0xfffefdfc, 0), header.write('IDAT', 4, 'latin1'), [...header]]).toEqual([
    4,
    4,
    [0xff, 0xfe, 0xfd, 0xfc, 0x49, 0x44, 0x41, 0x54],
  ]);
});

describe('zlib', () => {
  const bytes = Buffer.concat([Buffer.alloc(100_000, 'abc'), randomBytes(1000)]);
  const most = { maxOutputLength: bytes.length };

  test('packs what Node unpacks, and the other way round', () => {
    expect(zlib.inflateSync(tabZlib.deflateSync(bytes)).equals(bytes)).toBe(true);
    expect(Buffer.from(tabZlib.inflateSync(zlib.deflateSync(bytes), most)).equals(bytes)).toBe(true);
    expect(tabZlib.inflateSync(zlib.deflateSync(Buffer.alloc(0)), most)).toHaveLength(0);
    expect(tabZlib.crc32(bytes)).toBe(zlib.crc32(bytes));
  });

  test('unpacks no more than it may', () => {
    const packed = zlib.deflateSync(bytes);
    const code = outcome(() => tabZlib.inflateSync(packed, { maxOutputLength: bytes.length - 1 }));
    expect(code).toBe('ERR_BUFFER_TOO_LARGE');
    expect(outcome(() => zlib.inflateSync(packed, { maxOutputLength: bytes.length - 1 }))).toBe(code);
  });

  test('refuses what is cut or damaged', () => {
    const packed = zlib.deflateSync(bytes);
    const wrong = Buffer.from(packed);
    wrong[wrong.length - 1]! ^= 1;
    for (const damaged of [packed.subarray(0, packed.length - 1), packed.subarray(0, 20), wrong, Buffer.alloc(30)])
      expect(() => tabZlib.inflateSync(damaged, most)).toThrow();
  });
});
