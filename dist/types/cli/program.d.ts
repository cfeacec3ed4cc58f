import { type World } from '../run.ts';
/** The process around the command line. */
export interface Terminal extends World {
    stdout: NodeJS.WritableStream;
    stderr: NodeJS.WritableStream & {
        isTTY?: boolean;
    };
    /** Folder of the installed package: examples/ lies there. */
    packageFolder: string;
}
/** Runs one command line and answers its exit code: 0 passed or nothing to gate, 1 gate not met, 2 input or usage error, 3 a bug, 130 interrupted. */
export declare function main(argv: readonly string[], terminal: Terminal): Promise<number>;
