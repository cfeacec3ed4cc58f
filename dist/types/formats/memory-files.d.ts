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
    straying<T>(call: () => T): {
        result: T;
        stray: null;
    } | {
        stray: string;
    };
}
/** Starts the library, with libhdf5's own error traces switched off: every failure becomes one typed error instead. */
export declare function memoryFiles(): Promise<MemoryFiles>;
