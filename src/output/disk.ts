import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';

/**
 * The steps by which an output folder changes, so that a test can stop after any of them. When the process dies, each has happened or
 * has not; but a written file may be cut short, and a removed folder half gone.
 */
export interface Disk {
  /** Makes a folder and those above it; answers the first that was not there. */
  makeFolder(folder: string): string | undefined;
  /** Writes a new file and waits until it is on the disk. */
  write(file: string, content: Uint8Array | string): void;
  /** Opens a new file that is written in pieces. */
  create(file: string): GrowingFile;
  /** Puts a file in the place of another, or where none was. */
  move(from: string, to: string): void;
  /** Removes a file, if it is there. */
  remove(file: string): void;
  /** Removes a folder, if it is there, with all that is in it; links are not followed. */
  removeFolder(folder: string): void;
  /** Removes a folder that nothing is in; leaves any other. */
  removeEmpty(folder: string): void;
  /** Waits until the names in a folder are on the disk. */
  sync(folder: string): void;
}

/** A file that is being written. */
export interface GrowingFile {
  /** Answers how many bytes there were. */
  read(target: Uint8Array, at: number): number;
  write(bytes: Uint8Array, at: number): void;
  resize(size: number): void;
  /** Waits until it is on the disk. */
  sync(): void;
  close(): void;
}

export const disk: Disk = {
  makeFolder: (folder) => mkdirSync(folder, { recursive: true }),
  write(file, content) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const descriptor = openSync(file, 'wx');
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
  create(file) {
    const descriptor = openSync(file, 'wx+');
    return {
      read: (target, at) => readSync(descriptor, target, 0, target.length, at),
      write(bytes, at) {
        for (let done = 0; done < bytes.length;)
          done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
      },
      resize: (size) => ftruncateSync(descriptor, size),
      sync: () => fsyncSync(descriptor),
      close: () => closeSync(descriptor),
    };
  },
  move: renameSync,
  remove: (file) => rmSync(file, { force: true }),
  removeFolder: (folder) => rmSync(folder, { recursive: true, force: true }),
  removeEmpty(folder) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) throw error;
    }
  },
  sync(folder) {
    if (process.platform === 'win32') return; // a folder cannot be opened there
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } catch (error) {
      if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code!)) throw error; // file systems that have no such thing
    } finally {
      closeSync(descriptor);
    }
  },
};
