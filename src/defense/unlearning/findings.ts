import { type Static, Type } from '@sinclair/typebox';
import { finding, images as count } from '../../verdict/figure-schema.ts';
import { percentText } from '../../verdict/metrics.ts';
import type { Told } from '../defense.ts';
import { withIndices } from '../reversal/anomaly.ts';
import { maskFindings, type MaskFinding, maskSentence, ofMasks } from '../reversal/masks.ts';
import { type Searched, works } from '../reversal/search.ts';
import { fewImages, notRepaired, trainedOn, trainingFindings, trainingSentence } from '../retraining/findings.ts';
import { stageOf, type Unlearned } from './unlearned.ts';

/** What unlearning finds. */
export const unlearningFindings = [
  ...trainingFindings,
  ...maskFindings,
  finding('chosen-on-clean-images', { round: count, accuracy: Type.Number() }),
];

export type UnlearningFinding = Static<(typeof unlearningFindings)[number]>;

/** What a reader should know of a net whose triggers were unlearned. */
export function findingsOf({ original, nets, images, fewest, rounds }: Unlearned): Told<UnlearningFinding> {
  const { sizes } = original.validation;
  const last = nets.at(-1);
  const attacked = Object.keys(sizes.poisoned).length > 0;
  return {
    method: [...fewImages('unlearning', images, fewest), ...trainedOn('unlearning', nets.length, images)],
    stages: [
      ...rounds.slice(0, 1).flatMap(({ triggers }) => ofSubmitted(triggers, attacked)),
      ...rounds.flatMap(({ attempts }, i) => notRepaired('unlearning', stageOf(i + 1), attempts)),
    ],
    outcome:
      attacked || last === undefined
        ? []
        : [
            {
              code: 'chosen-on-clean-images',
              round: nets.length,
              accuracy: (100 * last.counts.validation.net.correct) / sizes.clean,
            },
          ],
  };
}

/** What the masks of the submitted net say. Where an attack is measured, that none is small is of no interest. */
function ofSubmitted(triggers: readonly Searched[], attacked: boolean): MaskFinding[] {
  const found = ofMasks(withIndices(triggers).map((each) => ({ ...each, works: works(each) })));
  return attacked ? found.filter(({ code }) => code === 'small-mask') : found;
}

/** What unlearning found, in words. */
export function unlearningSentence(found: UnlearningFinding): string {
  if (found.code === 'small-mask' || found.code === 'no-small-mask') return maskSentence(found);
  if (found.code !== 'chosen-on-clean-images') return trainingSentence(found);
  return (
    `Clean images alone choose ${stageOf(found.round)}: the last round that holds the accuracy (${percentText(found.accuracy)}). ` +
    'Whether a backdoor was in the net, and is gone, nobody measured.'
  );
}
