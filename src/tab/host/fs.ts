import { WrittenBytes, writeAll } from '../../formats/written-bytes.ts';
import { Bytes } from './buffer.ts';

/**
 * What a browser's tab has in the place of Node's file system: files in memory, and beside them those that its user gave,
 * which are read where they lie. Paths are absolute, and there are no links.
 */
type Entry = StoredFile | Folder;

/** Bytes that are read at an offset. */
interface Content {
  readonly size: number;
  read(target: Uint8Array, at: number): void;
}

class Folder {
  readonly entries = new Map<string, Entry>();
}

class StoredFile {
  written = now();
  constructor(readonly content: Content) {}
}

/** What a worker has to read a file with that the user gave. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const aheadBytes = 2 ** 22;

/** A file that the user gave: so much of it is read at once, and kept until another part is wanted. */
class Given implements Content {
  readonly size: number;
  private part = new Uint8Array();
  private from = 0;

  constructor(private readonly blob: Blob) {
    this.size = blob.size;
  }

  read(target: Uint8Array, at: number): void {
    for (let done = 0; done < target.length;) {
      const place = at + done;
      if (place < this.from || place >= this.from + this.part.length) this.fetch(place);
      const found = this.part.subarray(place - this.from, place - this.from + target.length - done);
      target.set(found, done);
      done += found.length;
    }
  }

  private fetch(at: number): void {
    try {
      const slice = this.blob.slice(at, Math.min(this.size, at + aheadBytes));
      [this.part, this.from] = [new Uint8Array(new FileReaderSync().readAsArrayBuffer(slice)), at];
    } catch (error) {
      throw fault('EIO', error instanceof Error ? error.name : String(error)); // it was changed or removed since it was given
    }
    if (this.part.length === 0) throw fault('EIO', 'it became shorter');
  }
}

/** A file or folder that is open, and the place in it. */
interface Handle {
  entry: Entry;
  at: number;
}

const root = new Folder();
const handles = new Map<number, Handle>();
let opened = 2,
  steps = 0;

/** A time that is later at each call: nothing that was written looks as if it were not. */
function now(): number {
  return ++steps;
}

const fault = (code: string, subject: string): Error => Object.assign(new Error(`${code}: ${subject}`), { code });

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function found(path: string): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const part of partsOf(path)) entry = entry instanceof Folder ? entry.entries.get(part) : undefined;
  return entry;
}

function known(path: string): Entry {
  const entry = found(path);
  if (entry === undefined) throw fault('ENOENT', path);
  return entry;
}

function folderAt(path: string): Folder {
  const entry = known(path);
  if (entry instanceof Folder) return entry;
  throw fault('ENOTDIR', path);
}

/** The folder that a path lies in, and its name there. */
function placeOf(path: string): { folder: Folder; name: string } {
  const parts = partsOf(path);
  return { name: parts.pop() ?? '', folder: folderAt(`/${parts.join('/')}`) };
}

/** Puts a file there, with the folders above it. */
export function place(path: string, content: Blob | Uint8Array): void {
  const parts = partsOf(path);
  mkdirSync(`/${parts.slice(0, -1).join('/')}`, { recursive: true });
  const { folder, name } = placeOf(path);
  folder.entries.set(name, new StoredFile(content instanceof Blob ? new Given(content) : written(content)));
}

function written(bytes: Uint8Array): WrittenBytes {
  const content = new WrittenBytes();
  writeAll(content, bytes);
  return content;
}

/** The paths of all files below a folder. */
export function filesBelow(path: string): string[] {
  return [...folderAt(path).entries].flatMap(([name, entry]) =>
    entry instanceof Folder ? filesBelow(`${path}/${name}`) : [`${path}/${name}`],
  );
}

export const constants = { O_RDONLY: 0, O_NONBLOCK: 0, W_OK: 2, X_OK: 1 };

export const existsSync = (path: string): boolean => found(path) !== undefined;
export const accessSync = (path: string): void => void known(path);

export function realpathSync(path: string): string {
  known(path);
  return path;
}

export function readlinkSync(path: string): never {
  known(path);
  throw fault('EINVAL', path);
}

const kindOf = (entry: Entry) => ({
  isFile: () => entry instanceof StoredFile,
  isDirectory: () => entry instanceof Folder,
  isSymbolicLink: () => false,
});

export function statSync(path: string) {
  const entry = known(path);
  const { size, written } = sizeOf(entry);
  return { ...kindOf(entry), size, mtimeMs: written };
}
export const lstatSync = statSync;

const sizeOf = (entry: Entry): { size: number; written: number } =>
  entry instanceof Folder ? { size: 0, written: 1 } : { size: entry.content.size, written: entry.written };

export function fstatSync(descriptor: number) {
  const { entry } = handleOf(descriptor);
  const { size, written } = sizeOf(entry);
  return { ...kindOf(entry), size: BigInt(size), mtimeNs: BigInt(written) };
}

export function readdirSync(path: string, { withFileTypes = false } = {}) {
  const { entries } = folderAt(path);
  return withFileTypes ? [...entries].map(([name, entry]) => ({ name, ...kindOf(entry) })) : [...entries.keys()];
}

/** With `recursive` it answers the first folder that was not there. */
export function mkdirSync(path: string, { recursive = false } = {}): string | undefined {
  const parts = partsOf(path);
  if (!recursive && found(path) !== undefined) throw fault('EEXIST', path);
  let made: string | undefined;
  for (let depth = recursive ? 1 : parts.length; depth <= parts.length; depth++) {
    const here = `/${parts.slice(0, depth).join('/')}`;
    const { folder, name } = placeOf(here);
    const there = folder.entries.get(name);
    if (there instanceof StoredFile) throw fault(depth < parts.length ? 'ENOTDIR' : 'EEXIST', here);
    if (there !== undefined) continue;
    folder.entries.set(name, new Folder());
    made ??= here;
  }
  return recursive ? made : undefined;
}

/** Opens what is there for reading, or with `wx` or `wx+` a new file. */
export function openSync(path: string, flags: number | 'r' | 'wx' | 'wx+'): number {
  if (!['r', 'wx', 'wx+', constants.O_RDONLY].includes(flags)) throw fault('EINVAL', `${path} as ${flags}`);
  if (flags === 'wx' || flags === 'wx+') {
    const { folder, name } = placeOf(path);
    if (folder.entries.has(name)) throw fault('EEXIST', path);
    folder.entries.set(name, new StoredFile(new WrittenBytes()));
  }
  handles.set(++opened, { entry: known(path), at: 0 });
  return opened;
}

export function closeSync(descriptor: number): void {
  handleOf(descriptor);
  handles.delete(descriptor);
}

export const fsyncSync = (descriptor: number): void => void handleOf(descriptor);

function handleOf(descriptor: number): Handle {
  const handle = handles.get(descriptor);
  if (handle === undefined) throw fault('EBADF', String(descriptor));
  return handle;
}

function fileOf(descriptor: number): { file: StoredFile; handle: Handle } {
  const handle = handleOf(descriptor);
  if (handle.entry instanceof Folder) throw fault('EISDIR', String(descriptor));
  return { file: handle.entry, handle };
}

export function readSync(descriptor: number, target: Uint8Array, offset: number, length: number, at: number): number {
  const { content } = fileOf(descriptor).file;
  const count = Math.max(0, Math.min(length, content.size - at));
  content.read(target.subarray(offset, offset + count), at);
  return count;
}

/** Writes `length` bytes from `offset` on to `place`, or behind those that were written before. */
export function writeSync(
  descriptor: number,
  bytes: Uint8Array,
  offset = 0,
  length = bytes.length - offset,
  place?: number,
): number {
  const { file, content, handle } = writtenOf(descriptor);
  const at = place ?? handle.at;
  if (at + length > content.size) content.resize(at + length);
  content.write(bytes.subarray(offset, offset + length), at);
  file.written = now();
  if (place === undefined) handle.at += length;
  return length;
}

export function ftruncateSync(descriptor: number, size: number): void {
  const { file, content } = writtenOf(descriptor);
  content.resize(size);
  file.written = now();
}

function writtenOf(descriptor: number): { file: StoredFile; content: WrittenBytes; handle: Handle } {
  const { file, handle } = fileOf(descriptor);
  if (!(file.content instanceof WrittenBytes)) throw fault('EROFS', String(descriptor));
  return { file, content: file.content, handle };
}

export function readFileSync(path: string | URL): Bytes;
export function readFileSync(path: string | URL, encoding: 'utf8'): string;
export function readFileSync(path: string | URL, encoding?: 'utf8'): Bytes | string {
  const name = path instanceof URL ? decodeURIComponent(path.pathname) : path;
  const entry = known(name);
  if (entry instanceof Folder) throw fault('EISDIR', name);
  const bytes = new Bytes(entry.content.size);
  entry.content.read(bytes, 0);
  return encoding === undefined ? bytes : bytes.toString();
}

/** Puts a file or folder in the place of a file, or where nothing was. */
export function renameSync(from: string, to: string): void {
  const [old, fresh] = [placeOf(from), placeOf(to)];
  const entry = known(from);
  const there = fresh.folder.entries.get(fresh.name);
  if (there instanceof Folder && !(entry instanceof Folder)) throw fault('EISDIR', to);
  if (there instanceof Folder && there.entries.size > 0) throw fault('ENOTEMPTY', to);
  if (there instanceof StoredFile && entry instanceof Folder) throw fault('ENOTDIR', to);
  old.folder.entries.delete(old.name);
  fresh.folder.entries.set(fresh.name, entry);
}

export function rmSync(path: string, { force = false, recursive = false } = {}): void {
  const entry = found(path);
  if (entry === undefined && force) return;
  if (known(path) instanceof Folder && !recursive) throw fault('ERR_FS_EISDIR', path);
  const { folder, name } = placeOf(path);
  folder.entries.delete(name);
}

export function rmdirSync(path: string): void {
  if (folderAt(path).entries.size > 0) throw fault('ENOTEMPTY', path);
  const { folder, name } = placeOf(path);
  folder.entries.delete(name);
}
