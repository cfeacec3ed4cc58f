import { type Command } from 'commander';
import { type Config } from '../config.ts';
import type { World } from '../run.ts';
/** The commands that write data files. `resolve` reads a config. */
export declare function addDataCommands(program: Command, { stdout }: {
    stdout: NodeJS.WritableStream;
}, world: World, resolve: (config: string) => Config): void;
