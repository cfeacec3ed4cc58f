import type { World } from './run.ts';
/** Folder of the installed package, with a slash at its end. */
export declare const packageFolder: string;
/** The world of this process: its working folder and clock, the engine beside the bundle, and no progress shown. */
export declare function processWorld(): World;
