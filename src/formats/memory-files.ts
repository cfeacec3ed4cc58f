import type * as Library from 'h5wasm';
import type { ByteSource } from './byte-source.ts';
import type { Written } from './written-bytes.ts';

/** libhdf5, and its own file system in memory: nothing of the machine's is in it, and only what is admitted can be opened. */
export interface MemoryFiles {
  library: typeof Library;
  /** Puts a file there whose bytes come from `source` as they are needed, under a name of its own. */
  mount(source: ByteSource): string;
  unmount(path: string): void;
  /** Puts a file there that is written to `content`. */
  mountWritten(content: Written): string;
  /** Runs a call that opens the file at `path` and no other. */
  admitting<T>(path: string, call: () => T): T;
  /** Runs a call for which the library's memory may grow by `bytes`: what asks for more is refused by it. A length inside a file need not be true. */
  growing<T>(bytes: number, call: () => T): T;
  /** Runs a call, and tells of a file that it wanted to open without being admitted: external storage, or a virtual dataset's source. */
  straying<T>(call: () => T): { result: T; stray: null } | { stray: string };
}

/** The parts of Emscripten's FS that are used here and that the library's types leave out. */
interface EmscriptenFiles {
  open(path: unknown, flags: unknown, mode?: unknown): unknown;
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode;
  getStream(descriptor: number): { stream_ops: StreamOps };
  unlink(path: string): void;
  ErrnoError: new (code: number) => Error;
}

interface FileNode {
  usedBytes: number;
  stream_ops: StreamOps;
  node_ops: { setattr(node: unknown, attributes: { size?: number }): void };
}

type Transfer = (stream: unknown, heap: Int8Array, at: number, length: number, offset: number) => number;
interface StreamOps {
  read?: Transfer;
  write?: Transfer;
}

/** Emscripten's ENOENT, and the flag O_DIRECTORY: libhdf5 looks for folders of plugins. */
const noSuchFile = 44,
  folderOnly = 0o200000;
let started: Promise<MemoryFiles> | undefined;

/** Starts the library, with libhdf5's own error traces switched off: every failure becomes one typed error instead. */
export function memoryFiles(): Promise<MemoryFiles> {
  return (started ??= start());
}

async function start(): Promise<MemoryFiles> {
  // Some 30 MB of memory, taken when the first file is opened and not before.
  const library = await import('h5wasm');
  const FS = (await library.default.ready).FS as unknown as EmscriptenFiles;
  const stderr = FS.getStream(2);
  stderr.stream_ops = { ...stderr.stream_ops, write: (_stream, _heap, _at, length) => length };
  let admitted: string | null = null;
  let stray: string | null = null;
  const open = FS.open.bind(FS);
  FS.open = (path, flags, mode) => {
    if (path === admitted) return open(path, flags, mode);
    if ((Number(flags) & folderOnly) === 0) stray ??= String(path);
    throw new FS.ErrnoError(noSuchFile);
  };
  const admitting = <T>(path: string, call: () => T): T => {
    const before = admitted;
    admitted = path;
    try {
      return call();
    } finally {
      admitted = before;
    }
  };
  const growing = limitedMemory(library.Module);
  let mounted = 0;
  return {
    library,
    mount: (source) => {
      const path = `/in-${mounted++}`;
      const node = FS.createFile('/', path.slice(1), {}, true, false);
      node.usedBytes = source.size;
      node.stream_ops = {
        ...node.stream_ops,
        read: (_stream, heap, at, length, offset) => source.read(bytesOf(heap, at, length), offset),
      };
      return path;
    },
    mountWritten: (content) => {
      const path = `/out-${mounted++}`;
      const node = FS.createFile('/', path.slice(1), {}, true, true);
      const resize = (size: number): void => {
        content.resize(size);
        node.usedBytes = size;
      };
      node.usedBytes = content.size;
      node.node_ops = { ...node.node_ops, setattr: (_node, { size }) => size !== undefined && resize(size) };
      node.stream_ops = {
        ...node.stream_ops,
        read: (_stream, heap, at, length, offset) => content.read(bytesOf(heap, at, length), offset),
        write: (_stream, heap, at, length, offset) => {
          if (offset + length > content.size) resize(offset + length);
          content.write(bytesOf(heap, at, length), offset);
          return length;
        },
      };
      return path;
    },
    unmount: (path) => FS.unlink(path),
    admitting,
    growing,
    straying: (call) => {
      stray = null;
      try {
        const result = call();
        return stray === null ? { result, stray } : { stray };
      } catch (error) {
        if (stray === null) throw error;
        return { stray };
      }
    },
  };
}

const bytesOf = (heap: Int8Array, at: number, length: number): Uint8Array =>
  new Uint8Array(heap.buffer, heap.byteOffset + at, length);

/** Puts a ceiling on the memory of the library, and of nothing else. */
function limitedMemory(library: { HEAPU8: Uint8Array }): MemoryFiles['growing'] {
  let ceiling = Infinity;
  const grow = Reflect.get<{ grow(this: WebAssembly.Memory, pages: number): number }, 'grow'>(
    WebAssembly.Memory.prototype,
    'grow',
  );
  const pageBytes = 65_536;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer === library.HEAPU8.buffer && this.buffer.byteLength + pages * pageBytes > ceiling)
      throw new RangeError('More memory than this file may ask for');
    return grow.call(this, pages);
  };
  return (bytes, call) => {
    const before = ceiling;
    ceiling = library.HEAPU8.length + bytes;
    try {
      return call();
    } finally {
      ceiling = before;
    }
  };
}
