import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { breathe } from './breathe.ts';
import { failure } from './errors.ts';

/** A regular file opened for reading: it stays the same file, even if its name is given to another one meanwhile. */
export interface OpenFile extends HeldFile {
  readonly name: string;
  /** SHA-256 of the bytes that are read, in hex. */
  readonly sha256: string;
  /**
   * Reads at an offset in bytes: bytes that the hash is of, whatever the file's times say. Throws `file-unreadable` if it
   * was written to since they were read first.
   */
  read(target: Uint8Array, offset: number): number;
  close(): void;
}

/** A file that is read while it is hashed. A long one has its hash later; it rejects where that is of other bytes than were read. */
export interface HashedFile extends Omit<OpenFile, 'sha256'> {
  readonly sha256: Hash;
}

export type Hash = string | Promise<string>;

/** An open file as other threads of the process take it over. */
export interface HeldFile {
  readonly descriptor: number;
  readonly size: number;
  /** When it was last written before it was opened, in nanoseconds. */
  readonly written: bigint;
  /** SHA-256 of each of its blocks as it was read first, in memory that threads share; words are 0 until then. */
  readonly blocks: Int32Array;
}

/** A file named in a config or on the command line, with the SHA-256 that it must have, if one is pinned. */
export interface PinnedFile {
  file: string;
  sha256?: string;
}

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

/**
 * Opens a file that is hashed while it is read: `signal` ends that. One whose hash is pinned is hashed first. Throws as
 * `openFile`.
 */
export async function openWhileHashed(
  path: string,
  pinned: PinnedFile,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<HashedFile> {
  if (pinned.sha256 !== undefined) return openLargeFile(path, pinned, maxBytes, signal);
  const { file: name } = pinned;
  const file = found(path, name, maxBytes);
  const closed = new AbortController();
  const close = (): void => {
    closed.abort();
    closeSync(file.descriptor);
  };
  try {
    const sha256 = hashedInTurns(
      file,
      name,
      AbortSignal.any([closed.signal, ...(signal === undefined ? [] : [signal])]),
    );
    return { ...readingOf(file, name), sha256, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** What a thread reads of a file that is open in another. */
export const readingOf = (file: HeldFile, name: string) => ({
  name,
  ...file,
  read: (target: Uint8Array, offset: number) => readHashed(file, name, target, offset),
});

/** The hash of a file that one step reads; a longer one's goes on between whatever else this thread does. */
function hashedInTurns(file: HeldFile, name: string, signal: AbortSignal): Hash {
  const steps = hash(file, name);
  const first = steps.next();
  if (first.done) return first.value;
  const rest = async (): Promise<string> => {
    for (;;) {
      await new Promise((resume) => setImmediate(resume));
      signal.throwIfAborted();
      const step = steps.next();
      if (step.done) return step.value;
    }
  };
  const whole = rest();
  whole.catch(() => undefined); // whoever asks for it is told
  return whole;
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

/** Yields between steps. */
function* open(path: string, { file: name, sha256: pinned }: PinnedFile, maxBytes: number): Generator<void, OpenFile> {
  const file = found(path, name, maxBytes);
  let opened = false;
  try {
    const sha256 = yield* hash(file, name);
    if (pinned !== undefined && pinned.toLowerCase() !== sha256)
      throw failure('file-hash', name, { expected: pinned, actual: sha256 });
    opened = true;
    return { ...readingOf(file, name), sha256, close: () => closeSync(file.descriptor) };
  } finally {
    if (!opened) closeSync(file.descriptor);
  }
}

/** A file that nothing has been read of. */
function found(path: string, name: string, maxBytes: number): HeldFile {
  const descriptor = openRegular(path, name);
  const { size, written } = stateOf(descriptor);
  if (size > maxBytes) {
    closeSync(descriptor);
    throw failure('file-size', name, { bytes: size, most: maxBytes });
  }
  const words = digestWords * Math.ceil(size / blockBytes);
  const blocks = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * words));
  return { descriptor, size, written, blocks };
}

function stateOf(descriptor: number): { size: number; written: bigint } {
  const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
  return { size: Number(size), written: mtimeNs };
}

/** Reads the blocks that the part lies in, and hands over what each was when it was read first. */
function readHashed(file: HeldFile, name: string, target: Uint8Array, offset: number): number {
  const stop = Math.min(offset + target.length, file.size);
  const block = new Uint8Array(blockBytes);
  for (let at = offset - (offset % blockBytes); at < stop; at += blockBytes) {
    const content = block.subarray(0, Math.min(blockBytes, file.size - at));
    if (readUnchanged(file, name, content, at) < content.length || !isAsBefore(file, content, at)) throw changed(name);
    const from = Math.max(offset, at);
    target.set(content.subarray(from - at, stop - at), from - offset);
  }
  return Math.max(0, stop - offset);
}

/**
 * Whether the block at `at` is what it was when some thread read it first, which is now if none has. Two that read
 * different ones at once never both agree.
 */
function isAsBefore({ blocks }: HeldFile, content: Uint8Array, at: number): boolean {
  const digest = new Int32Array(new Uint8Array(createHash('sha256').update(content).digest()).buffer);
  const place = (at / blockBytes) * digestWords;
  return digest.every((word, i) => {
    const own = word || 1; // 0 is a word that is not known
    return [0, own].includes(Atomics.compareExchange(blocks, place + i, 0, own));
  });
}

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
const digestWords = 8;

/** The size of a file in bytes; 0 where none can be seen. */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

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

/** The SHA-256 of a file in hex, of the very bytes that are read of it. Yields between steps. */
function* hash(file: HeldFile, name: string): Generator<void, string> {
  const digest = createHash('sha256');
  const step = new Uint8Array(Math.min(stepBytes, file.size + 1));
  for (let at = 0; ; at += step.length) {
    const content = step.subarray(0, readUnchanged(file, name, step, at));
    digest.update(content);
    for (let from = 0; from < content.length; from += blockBytes)
      if (!isAsBefore(file, content.subarray(from, from + blockBytes), at + from)) throw changed(name);
    if (content.length < step.length) return digest.digest('hex');
    yield;
  }
}
