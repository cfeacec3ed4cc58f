import { GoodnetError } from '../../base/errors.ts';
import { groundOf } from '../../defense/retraining/ground.ts';
import { attemptSteps } from '../../defense/retraining/attempts.ts';
import { pixelRange } from '../../defense/reversal/range.ts';
import { searchSteps } from '../../defense/reversal/search.ts';
import type { Subject } from '../../defense/defense.ts';
import { operationsAnImage } from '../../engine/cost.ts';
import { splitNet } from '../../engine/parts.ts';
import { partsOfABatch, searchedAStep, trainedAStep } from '../../engine/training/draw.ts';
import { dataFormat } from '../../settings/data-format.ts';

/** A step of training and one of a search are measured where they cost no more operations than this. */
const most = 2 ** 38;

/** Seconds that unlearning would take with so many workers, by one measured step of each kind; null where it cannot be done, or a step takes long. */
export async function unlearningSeconds(subject: Subject, workers: number): Promise<number | null> {
  const { model, config } = subject;
  const back = 3; // forward, and gradients of weights and inputs
  if (back * (searchedAStep + trainedAStep) * operationsAnImage(splitNet(model, null)) > most) return null;
  try {
    return await subject.during(partsOfABatch, async ({ validation: { clean } }) => {
      const { halves } = groundOf(subject, clean);
      const range = pixelRange(clean.data, dataFormat(config));
      const untold = () => undefined;
      const search = (steps: number) => clean.reversed([{ target: 0, steps, range }], untold);
      const train = (steps: number) => clean.trained({ images: halves.training, steps, rate: 0, seed: 1 }, untold);
      await search(1);
      await train(1);
      const searched = await seconds(() => search(2));
      const trained = await seconds(() => train(2));
      const searches = searchSteps(model.classes) / Math.min(workers, model.classes);
      return (config.rounds * (searches * searched + attemptSteps * trained)) / 2;
    });
  } catch (error) {
    if (error instanceof GoodnetError) return null;
    throw error;
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
