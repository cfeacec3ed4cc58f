import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { breathe } from './breathe.ts';
import { failure } from './errors.ts';

/** A regular file opened for reading: it stays the same file, even if its name is given to another one meanwhile. */
export interface OpenFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256 of the bytes that are read, in hex. */
  readonly sha256: string;
  readonly descriptor: number;
  /** When it was last written before it was hashed, in nanoseconds. */
  readonly written: bigint;
  /** SHA-256 of each of its blocks, one after another. */
  readonly blocks: Uint8Array;
  /** Reads at an offset in bytes: bytes that were hashed, whatever the file's times say. Throws `file-unreadable` if it was written to since. */
  read(target: Uint8Array, offset: number): number;
  close(): void;
}

/** A file named in a config or on the command line, with the SHA-256 that it must have, if one is pinned. */
export interface PinnedFile {
  file: string;
  sha256?: string;
  /** The file, where this process has it open and hashed already: read from there, and left open. */
  held?: HeldFile;
}

/** An open file as other threads of the process take it over. */
export type HeldFile = Pick<OpenFile, 'descriptor' | 'size' | 'sha256' | 'written' | 'blocks'>;

/** Opens and hashes `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable`, `file-size` or `file-hash`. */
export function openFile(path: string, pinned: PinnedFile, maxBytes = Infinity): OpenFile {
  return atOnce(open(path, pinned, maxBytes));
}

/** `openFile` for a file that takes long to hash: `signal` ends it, and its reason is thrown. */
export async function openLargeFile(
  path: string,
  pinned: PinnedFile,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<OpenFile> {
  return breathing(open(path, pinned, maxBytes), signal);
}

function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

async function breathing<T>(steps: Generator<void, T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await breathe(signal);
    }
  } finally {
    steps.return(undefined as never); // closes the file where it was ended
  }
}

/** Yields between blocks of the file. */
function* open(
  path: string,
  { file: name, sha256: pinned, held }: PinnedFile,
  maxBytes: number,
): Generator<void, OpenFile> {
  const as = (file: HeldFile, close: () => void): OpenFile => ({
    name,
    ...file,
    read: (target, offset) => readHashed(file, name, target, offset),
    close,
  });
  if (held !== undefined) return as(held, () => undefined);
  const descriptor = openRegular(path, name);
  let opened = false;
  try {
    const { size, written } = stateOf(descriptor);
    if (size > maxBytes) throw failure('file-size', name, { bytes: size, most: maxBytes });
    const { sha256, blocks } = yield* hash(descriptor, name);
    if (pinned !== undefined && pinned.toLowerCase() !== sha256)
      throw failure('file-hash', name, { expected: pinned, actual: sha256 });
    opened = true;
    return as({ descriptor, size, sha256, written, blocks }, () => closeSync(descriptor));
  } finally {
    if (!opened) closeSync(descriptor);
  }
}

function stateOf(descriptor: number): { size: number; written: bigint } {
  const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
  return { size: Number(size), written: mtimeNs };
}

/** Reads the blocks that the part lies in, holds each against its hash, and hands over what was hashed. */
function readHashed(file: HeldFile, name: string, target: Uint8Array, offset: number): number {
  const stop = Math.min(offset + target.length, file.size);
  const block = new Uint8Array(blockBytes);
  for (let at = offset - (offset % blockBytes); at < stop; at += blockBytes) {
    const content = block.subarray(0, Math.min(blockBytes, file.size - at));
    if (readUnchanged(file, name, content, at) < content.length || !isHashed(file, content, at)) throw changed(name);
    const from = Math.max(offset, at);
    target.set(content.subarray(from - at, stop - at), from - offset);
  }
  return Math.max(0, stop - offset);
}

function isHashed({ blocks }: HeldFile, content: Uint8Array, at: number): boolean {
  const place = (at / blockBytes) * digestBytes;
  return hashOf(content).equals(blocks.subarray(place, place + digestBytes));
}

const hashOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();

function readUnchanged(file: HeldFile, name: string, target: Uint8Array, offset: number): number {
  const count = readFully(file.descriptor, name, target, offset);
  const { size, written } = stateOf(file.descriptor);
  if (size !== file.size || written !== file.written) throw changed(name);
  return count;
}

const changed = (name: string) => failure('file-unreadable', name, { cause: 'it changed while goodnet ran' });

/** Fills `target`; fewer bytes are read at the end of the file alone. */
function readFully(descriptor: number, name: string, target: Uint8Array, offset: number): number {
  let done = 0;
  for (let count = -1; count !== 0 && done < target.length; done += count)
    count = readAt(descriptor, name, target.subarray(done), offset + done);
  return done;
}

function readAt(descriptor: number, name: string, target: Uint8Array, offset: number): number {
  try {
    return readSync(descriptor, target, 0, target.length, offset);
  } catch (error) {
    throw failure('file-unreadable', name, { cause: (error as NodeJS.ErrnoException).code ?? 'unknown error' });
  }
}

/** The SHA-256 of a file in hex. Throws as `openFile` does. */
export function hashFile(path: string, pinned: PinnedFile): string {
  const file = openFile(path, pinned);
  file.close();
  return file.sha256;
}

/** The whole content of an open file: the bytes that its hash is of. Throws `file-unreadable`. */
export const readAll = (file: OpenFile): Uint8Array => atOnce(whole(file));

/** What `readAll` reads, block by block; each is overwritten by the next. Throws `file-unreadable`. */
export function* blocksOf(file: OpenFile): Generator<Uint8Array> {
  const block = new Uint8Array(Math.min(stepBytes, file.size));
  for (let at = 0; at < file.size; at += stepBytes) yield block.subarray(0, file.read(block, at));
}

/** `readAll` for a file that takes long to read: `signal` ends it, and its reason is thrown. */
export const readAllOfLarge = (file: OpenFile, signal: AbortSignal | undefined): Promise<Uint8Array> =>
  breathing(whole(file), signal);

/** Yields between blocks of the file. */
function* whole(file: OpenFile): Generator<void, Uint8Array> {
  const bytes = new Uint8Array(file.size);
  const digest = createHash('sha256');
  for (let at = 0; at < bytes.length;) {
    const count = readUnchanged(file, file.name, bytes.subarray(at, at + stepBytes), at);
    if (count === 0) throw failure('file-unreadable', file.name, { cause: 'it became shorter while it was read' });
    digest.update(bytes.subarray(at, at + count));
    at += count;
    yield;
  }
  if (digest.digest('hex') !== file.sha256) throw changed(file.name);
  return bytes;
}

/** What is read of a file at once, and what one hash of its blocks is of. */
const stepBytes = 1 << 20,
  blockBytes = 1 << 16;
const digestBytes = 32;

function openRegular(path: string, name: string): number {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw code === 'ENOENT' ? failure('file-missing', name) : failure('file-unreadable', name, { cause: code });
  }
  throw failure('file-unreadable', name, { cause: 'not a regular file, but a folder or device' });
}

function* hash(descriptor: number, name: string): Generator<void, Pick<HeldFile, 'sha256' | 'blocks'>> {
  const digest = createHash('sha256');
  const blocks: Buffer[] = [];
  const step = new Uint8Array(stepBytes);
  for (let at = 0, count = -1; count !== 0; at += count) {
    count = readFully(descriptor, name, step, at);
    digest.update(step.subarray(0, count));
    for (let from = 0; from < count; from += blockBytes)
      blocks.push(hashOf(step.subarray(from, Math.min(from + blockBytes, count))));
    yield;
  }
  return { sha256: digest.digest('hex'), blocks: new Uint8Array(Buffer.concat(blocks)) };
}
