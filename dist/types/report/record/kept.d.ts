import type { Finished } from './assemble.ts';
import type { Gallery } from './gallery.ts';
import { type Judging } from './recheck.ts';
/** A finished model with the few images that its page shows. */
export interface Kept extends Finished {
    pictures: Gallery;
}
/** The text that a run keeps of a finished model for one that resumes it. `circumstances` stands for all that the result depends on besides the files. */
export declare const keptText: (finished: Kept, circumstances: string) => string;
/** A model that this run would come to, too: its path, folder, circumstances, and the SHA-256 of each of its inputs by path. */
export interface Wanted {
    path: string;
    folder: string;
    circumstances: string;
    hashes: ReadonlyMap<string, string>;
}
/** The finished model in a text of `keptText`, if it is the one that is wanted and every figure and verdict is as its counts have it. Else null. */
export declare function parseKept(text: string, { path, folder, circumstances, hashes }: Wanted, judging: Judging): Kept | null;
