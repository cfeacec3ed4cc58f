import { unzipSync } from 'fflate';
import { failure } from '../errors.ts';

/** A zip file in memory: the names in it, and the content of each. */
export interface Archive {
  names: string[];
  read(name: string): Uint8Array;
}

/** Opens a zip file. Throws `archive-damaged`. */
export function openArchive(bytes: Uint8Array, file: string): Archive {
  const names: string[] = [];
  const unzip = (filter: (name: string) => boolean): Record<string, Uint8Array> => {
    try {
      return unzipSync(bytes, { filter: ({ name }) => filter(name) });
    } catch (error) {
      throw failure('archive-damaged', file, { cause: error instanceof Error ? error.message : String(error) });
    }
  };
  unzip((name) => (names.push(name), false));
  return { names, read: (name) => unzip((other) => other === name)[name]! };
}
