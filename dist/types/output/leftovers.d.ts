import type { Disk } from './disk.ts';
import { type Owner } from './owner.ts';
import { type Published } from './published.ts';
/** Staging folders in an output folder that other runs than `own` made, and what became of their processes. */
export declare function leftoversIn(folder: string, own: string): {
    name: string;
    owner: Owner;
    pid: number;
}[];
/** Completes what a killed run had committed, or gives it up where somebody has put a file of their own in the way since. */
export declare function recover(staging: string, published: Published, disk: Disk): void;
