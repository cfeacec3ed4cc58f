import type { Dataset } from 'h5wasm';
import type { ByteSource } from './byte-source.ts';
import { type Tree } from './hdf5-tree.ts';
import type { MemoryFiles } from './memory-files.ts';
/** Checks layout, filters, sizes and the bits of the numbers of a dataset before a value is read. */
export declare function checkLayout(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void;
/** As `checkLayout`; values without chunks may lie in another file, which shows when one of them is read. */
export declare function checkValues(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void;
/** The library's own slice() ignores libhdf5's status and would hand out stale memory when a read fails. */
export declare function readBytes({ Module }: MemoryFiles['library'], dataset: Dataset, count: bigint[], start: number, itemBytes: number): ArrayBuffer;
