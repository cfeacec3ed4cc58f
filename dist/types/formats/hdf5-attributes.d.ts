import type { Dataset, Group } from 'h5wasm';
import type { MemoryFiles } from './memory-files.ts';
type Owner = Pick<Group | Dataset, 'file_id' | 'path'>;
type Library = MemoryFiles['library'];
/** The names of an object's attributes. `at` and `file` are for messages. Throws `hdf5-attribute` where one stands there twice. */
export declare function attributeNames({ Module }: Library, { file_id, path }: Owner, at: string, file: string): ReadonlySet<string>;
/**
 * The text of an attribute, or its list of texts; null if there is none of that name. As h5py and Keras read it: bytes are UTF-8, whatever
 * character set is declared. An empty list of any type is a list of no texts. Throws `hdf5-attribute` for all else: other types,
 * padding with blanks, which h5py takes off, more than one axis, bytes behind a NUL.
 */
export declare function attributeText(library: Library, owner: Owner, name: string, file: string): string | string[] | null;
export {};
