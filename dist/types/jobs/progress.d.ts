import type { Listener, ProgressEvent } from './listener.ts';
/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export declare function progressOf(model: string, { listener, signal }: {
    listener: Listener;
    signal?: AbortSignal;
}): (stage: ProgressEvent["stage"], data: readonly {
    count: number;
}[]) => (images: number) => void;
