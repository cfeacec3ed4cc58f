import type { ProgressEvent, World } from './world.ts';
/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export declare function progressOf(model: string, place: Pick<World, 'progress' | 'signal'>): (stage: ProgressEvent["stage"], data: readonly {
    count: number;
}[]) => (images: number) => void;
