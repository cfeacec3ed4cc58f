import type { Dataset, Entity, File, Group } from 'h5wasm';
import type { MemoryFiles } from './memory-files.ts';
export declare const isGroup: (entity: Entity | null) => entity is Group;
export declare const isDataset: (entity: Entity | null) => entity is Dataset;
/** Where in the file the header of an object stands. */
export declare function addressOf({ Module }: MemoryFiles['library'], { file_id, path }: Group | Dataset): number;
/** One object of a file, by one of its names. */
export interface Item {
    path: string;
    entity: Group | Dataset;
}
/** What stands where in a file. Walks hard links only: soft, external and user-defined links are refused. */
export declare class Tree {
    private readonly file;
    private readonly name;
    readonly library: MemoryFiles['library'];
    private readonly known;
    constructor(file: File, name: string, library: MemoryFiles['library']);
    at(path: string): Entity | null;
    /** Every group and dataset; the root first. Each has one place: circles of hard links have no end, and what changes at one name would at another. */
    items(): Item[];
    private child;
    /** Whether a soft or external link stands there. Asked before the object is: that would follow it. */
    private isLink;
    /** The names in a group, each of which stands there once and is no way to another group. */
    names(path: string, group: Group): ReadonlySet<string>;
}
