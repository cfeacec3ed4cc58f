import type { ProgressEvent } from '../run.ts';
/** Where progress is shown: a bar with rate and time left on a terminal, a line per finished stage elsewhere. */
export interface ProgressDisplay {
    show: (event: ProgressEvent) => void;
    stop: () => void;
}
export declare function progressDisplay(stderr: NodeJS.WritableStream & {
    isTTY?: boolean;
}, now: () => Date): ProgressDisplay;
