import type { Dataset } from 'h5wasm';
import type { ByteSource } from './byte-source.ts';
import { type Tree } from './hdf5-tree.ts';
import type { MemoryFiles } from './memory-files.ts';
/** Checks layout, filters, sizes and the bits of the numbers of a dataset before a value is read. */
export declare function checkLayout(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void;
/** As `checkLayout`; values without chunks may lie in another file, which shows when one of them is read. */
export declare function checkValues(tree: Tree, dataset: Dataset, path: string, source: ByteSource): void;
/**
 * The bytes of some values. Where a file says that what it does not hold is not to be filled in, libhdf5 leaves memory
 * as it was: that is refused, since each library would take it for other numbers. The library's own slice() ignores
 * that, and libhdf5's status.
 */
export declare function readBytes(library: MemoryFiles['library'], dataset: Dataset, count: bigint[], start: number, itemBytes: number): ArrayBuffer;
