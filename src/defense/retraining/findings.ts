import type { Static } from '@sinclair/typebox';
import { finding, images as count, oneOf, stage } from '../../verdict/figure-schema.ts';
import { percent, percentText } from '../../verdict/metrics.ts';
import { trainingImages } from '../../engine/training/draw.ts';
import type { Attempt } from './attempts.ts';

const defense = oneOf('fine-pruning', 'unlearning');

/** What may be found of any training. */
export const trainingFindings = [
  finding('few-clean-images', { defense, images: count, fewest: count }),
  finding('trained-on-validation', { defense, images: count, heldOut: count }),
  finding('not-repaired', {
    defense,
    stage,
    images: count,
    lost: count,
    won: count,
  }),
];

export type TrainingFinding = Static<(typeof trainingFindings)[number]>;

const enough = 500,
  enoughEach = 5;

/** Images that are so few that accuracy falls where nobody can see it. */
export const fewImages = (defense: TrainingFinding['defense'], images: number, fewest: number): TrainingFinding[] =>
  images >= enough && fewest >= enoughEach ? [] : [{ code: 'few-clean-images', defense, images, fewest }];

/** What the validation figures of trained nets are worth. */
export const trainedOn = (defense: TrainingFinding['defense'], nets: number, images: number): TrainingFinding[] => {
  const training = trainingImages(images);
  return nets === 0 ? [] : [{ code: 'trained-on-validation', defense, images: training, heldOut: images - training }];
};

/** A stage for which no training held the accuracy. */
export function notRepaired(
  defense: TrainingFinding['defense'],
  stage: string,
  attempts: readonly Attempt[],
): TrainingFinding[] {
  if (attempts.some(({ passed }) => passed)) return [];
  const { images, lost, won } = attempts.at(-1)!.heldOut ?? { images: 0, lost: 0, won: 0 };
  return [{ code: 'not-repaired', defense, stage, images, lost, won }];
}

/** What was found of a training, in words. */
export function trainingSentence(found: TrainingFinding): string {
  const { defense, images } = found;
  if (found.code === 'few-clean-images')
    return (
      `The ${defense} had ${images} clean images, ${found.fewest} of the class with the fewest. With fewer than ${enough}, or ${enoughEach} a class, ` +
      'a net may lose points of accuracy that the images held out are too few to show.'
    );
  if (found.code === 'trained-on-validation')
    return `The nets of ${defense} were trained on ${images} of the validation images, and had to hold their accuracy on the other ${found.heldOut}: their validation accuracy is of images that they know. Judge them by a test split.`;
  const cost =
    images === 0
      ? 'the last one went astray'
      : `the last one loses ${percentText(percent(found.lost - found.won, images))} of the ${images} images held out`;
  return `Not repaired: no training of ${defense} (${found.stage}) holds the accuracy at any learning rate; ${cost}.`;
}
