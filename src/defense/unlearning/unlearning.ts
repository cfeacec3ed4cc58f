import { partsOfABatch } from '../../engine/training/draw.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import type { Defense, Proposal, Recorded, ShownTrigger, Subject } from '../defense.ts';
import { attempt } from '../retraining/attempts.ts';
import { candidatesOf, countsOf, netsOf, originalOf, recalledNets } from '../retraining/candidates.ts';
import { groundOf } from '../retraining/ground.ts';
import { attemptsAgain } from '../retraining/trace.ts';
import { pixelRange } from '../reversal/range.ts';
import { findTriggers, smallest } from '../reversal/search.ts';
import { findingsOf, type UnlearningFinding, unlearningFindings, unlearningSentence } from './findings.ts';
import { stageOf, traceOf, type Unlearned, type UnlearningTrace, unlearningTrace } from './unlearned.ts';

/**
 * Reverses a trigger for every class and trains the net to give images with the smallest ones their true class, round
 * after round. Needs clean images alone.
 * Source: B. Wang et al., "Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks", S&P 2019.
 */
export const unlearning = {
  name: 'unlearning',
  trace: unlearningTrace,
  findings: unlearningFindings,
  stages: ({ rounds }: Config) => Array.from({ length: rounds }, (_, i) => stageOf(i + 1)),
  propose,
  recall,
  sentence: unlearningSentence,
} satisfies Defense<UnlearningTrace, UnlearningFinding>;

/** Learning rates of the first round, and of those that go on from it. */
const firstRates = [3e-3, 1e-3, 3e-4],
  laterRates = [1e-3, 3e-4];
/** How many classes a round unlearns the triggers of. */
const together = 3;

async function propose(subject: Subject) {
  const { model, config } = subject;
  const original = await subject.original();
  const found = await subject.during(Math.max(model.classes, partsOfABatch), async ({ validation: { clean } }) => {
    const ground = groundOf(subject, clean);
    const unlearned: Unlearned = {
      original: originalOf(original),
      nets: [],
      images: clean.data.count,
      fewest: ground.fewest,
      rounds: [],
    };
    const weights: ReadonlyMap<string, Float32Array>[] = [];
    const triggers: ShownTrigger[] = [];
    const range = pixelRange(clean.data, dataFormat(config));
    let rates = firstRates;
    for (let round = 1; round <= config.rounds; round++) {
      const from = weights.at(-1);
      const progress = (count: number) => subject.progress(`triggers, round ${round}`, [{ count }]);
      const kept = subject.kept.triggers(round);
      const before = round === 1 ? await subject.scanned() : null;
      const all = before ?? (await findTriggers(clean, { classes: model.classes, range, edits: from, kept, progress }));
      triggers.push(...smallest(all.triggers, together).map((trigger) => ({ ...trigger, round, range })));
      const training = { seed: round, from, triggers: [...triggers] };
      const { attempts, trained } = await attempt(stageOf(round), rates, training, ground);
      unlearned.rounds.push({ triggers: all.searched, attempts });
      if (trained === null) break;
      weights.push(trained.weights);
      unlearned.nets.push({ stage: stageOf(round), channelsPruned: 0, counts: countsOf(original, trained.answers) });
      rates = laterRates.filter((rate) => rate <= trained.rate);
    }
    return { unlearned, weights, triggers };
  });
  const nets = netsOf(subject, found.unlearned.nets, found.weights);
  return { ...proposalOf(found.unlearned), nets, furthest: nets.at(-1)!, triggers: found.triggers };
}

function recall(recorded: Recorded<UnlearningTrace>): Proposal<UnlearningTrace, UnlearningFinding> {
  const { images, fewest, rounds } = recorded.unlearning ?? { images: 0, fewest: 0, rounds: [] };
  return proposalOf({
    ...recalledNets('unlearned', recorded),
    images,
    fewest,
    rounds: rounds.map(({ triggers, attempts }) => ({ triggers, attempts: attemptsAgain(attempts) })),
  });
}

const proposalOf = (unlearned: Unlearned): Proposal<UnlearningTrace, UnlearningFinding> => ({
  candidates: candidatesOf('unlearned', unlearned.original, unlearned.nets),
  trace: () => traceOf(unlearned, together),
  findings: () => findingsOf(unlearned),
});
