import { GoodnetError } from '../../base/errors.ts';
import { trainedAStep } from '../../engine/training/draw.ts';
import type { TrainingSettings } from '../../engine/training/train.ts';
import type { Edits } from '../../models/net.ts';
import type { Answered } from '../defense.ts';
import { costsTooMuch, heldOut, type HeldOut } from './guard.ts';
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
  trained: { weights: Edits; rate: number; answers: Answered } | null;
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
export const attemptSteps = 250;

/** Trains at one rate after the other, each time from the same weights, until a net holds the accuracy of the original. */
export async function attempt(
  stage: string,
  rates: readonly number[],
  training: Training,
  { subject, clean, halves }: Ground,
): Promise<Attempts> {
  const attempts: Attempt[] = [];
  const before = await subject.original();
  const { trainings } = subject.kept;
  const train = async (rate: number): Promise<TrainedTo> => {
    const progress = subject.progress(`training ${stage} at ${rate}`, [{ count: attemptSteps * trainedAStep }]);
    const settings = { ...training, images: halves.training, steps: attemptSteps, rate };
    const { weights, losses } = await clean.trained(settings, progress);
    const found = { weights: losses.every(Number.isFinite) ? weights : null };
    trainings.put(stage, rate, found);
    return found;
  };
  for (const rate of rates) {
    const { weights } = trainings.take(stage, rate) ?? (await train(rate));
    const answers = weights && (await finiteAnswers(() => subject.answers(weights)));
    const found = answers && heldOut(before.validation!, answers.validation!, halves);
    const passed = found !== null && !costsTooMuch(found);
    attempts.push({ rate, heldOut: found, passed });
    if (passed) return { attempts, trained: { weights: weights!, rate, answers: answers! } };
  }
  return { attempts, trained: null };
}

/** The answers of a net; null where its scores or what they are computed from are no numbers. */
async function finiteAnswers(answers: () => Promise<Answered>): Promise<Answered | null> {
  try {
    return await answers();
  } catch (error) {
    if (error instanceof GoodnetError && error.code === 'output-not-finite') return null;
    throw error;
  }
}
