import type { Evaluator } from '../engine/evaluator.ts';
import type { Listener, ProgressEvent } from './listener.ts';
interface Place {
    listener: Listener;
    evaluator: Evaluator;
    signal?: AbortSignal;
}
/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export declare function progressOf(model: string, { listener, evaluator, signal }: Place): (stage: ProgressEvent["stage"], data: readonly {
    count: number;
}[]) => (images: number) => void;
export {};
