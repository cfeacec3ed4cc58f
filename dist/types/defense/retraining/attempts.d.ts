import type { TrainingSettings } from '../../engine/training/train.ts';
import type { Edits } from '../../models/net.ts';
import type { Answered } from '../defense.ts';
import { type HeldOut } from './guard.ts';
import type { Ground } from './ground.ts';
/** A training at one learning rate. What it came to on held-out images is null where it went astray. */
export interface Attempt {
    rate: number;
    heldOut: HeldOut | null;
    passed: boolean;
}
/** What came of the trainings at several rates: the weights and answers of the first that holds the accuracy; null where none does. */
export interface Attempts {
    attempts: Attempt[];
    trained: {
        weights: Edits;
        rate: number;
        answers: Answered;
    } | null;
}
/** The weights that a training came to; null where it went astray. */
export interface TrainedTo {
    weights: Edits | null;
}
/** Where it is kept what trainings came to, by their stage and rate. */
export interface TrainingStore {
    take(stage: string, rate: number): TrainedTo | null;
    put(stage: string, rate: number, trained: TrainedTo): void;
}
/** How long a net is trained, and on what from where: all but the images and the rate. */
type Training = Omit<TrainingSettings, 'images' | 'steps' | 'rate'>;
/** Steps of every training. */
export declare const attemptSteps = 250;
/** Trains at one rate after the other, each time from the same weights, until a net holds the accuracy of the original. */
export declare function attempt(stage: string, rates: readonly number[], training: Training, { subject, clean, halves }: Ground): Promise<Attempts>;
export {};
