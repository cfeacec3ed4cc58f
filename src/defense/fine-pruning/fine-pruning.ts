import { type Static, Type } from '@sinclair/typebox';
import { partsOfABatch } from '../../engine/training/draw.ts';
import type { Edits } from '../../models/net.ts';
import { images } from '../../verdict/figure-schema.ts';
import { dropName } from '../../verdict/figures.ts';
import type { Config } from '../../settings/config.ts';
import type { Defense, Proposal, Proposed, Recorded, Subject } from '../defense.ts';
import { chooseTarget } from '../pruning/default-layer.ts';
import { prunedWeights } from '../pruning/prune.ts';
import type { Target } from '../pruning/target.ts';
import { type Attempt, type Attempts, attempt } from '../retraining/attempts.ts';
import {
  candidatesOf,
  countsOf,
  netsOf,
  type Original,
  originalOf,
  recalledNets,
  type Retrained,
} from '../retraining/candidates.ts';
import {
  fewImages,
  notRepaired,
  trainedOn,
  type TrainingFinding,
  trainingFindings,
  trainingSentence,
} from '../retraining/findings.ts';
import { groundOf } from '../retraining/ground.ts';
import { attemptsAgain, attemptsTrace } from '../retraining/trace.ts';

const trace = {
  finePruning: Type.Optional(
    Type.Object({
      images,
      fewest: images,
      stages: Type.Array(Type.Object({ checkpoint: Type.Number(), channelsPruned: images, attempts: attemptsTrace })),
    }),
  ),
};

type FinePruningTrace = Static<ReturnType<typeof Type.Object<typeof trace>>>;

/**
 * Trains the nets at the checkpoints of pruning on clean images; pruned weights stay zero.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export const finePruning = {
  name: 'fine-pruning',
  trace,
  findings: trainingFindings,
  stages: ({ checkpoints }: Config) => checkpoints.map(stageAt),
  propose,
  recall,
  sentence: trainingSentence,
} satisfies Defense<FinePruningTrace, TrainingFinding>;

const rates = [3e-3, 1e-3, 3e-4];
const seed = 1;

const stageAt = (checkpoint: number): string => `finepruned_${dropName(checkpoint)}`;

/** What was found out of a net that is trained at each checkpoint. */
interface FinePruned {
  original: Original;
  nets: Retrained[];
  images: number;
  fewest: number;
  stages: { checkpoint: number; channelsPruned: number; attempts: Attempt[] }[];
}

async function propose(subject: Subject, before: readonly Proposed[]) {
  const { model, config } = subject;
  const { target } = chooseTarget(model, config);
  const original = await subject.original();
  const weights: Edits[] = [];
  const found = await subject.during(partsOfABatch, async ({ validation: { clean } }): Promise<FinePruned> => {
    const ground = groundOf(subject, clean);
    const { fewest } = ground;
    const found: FinePruned = {
      original: originalOf(original),
      nets: [],
      images: clean.data.count,
      fewest,
      stages: [],
    };
    const pruned = prunedNets(before);
    const known = new Map<number, Attempts>(); // checkpoints that coincide have one net
    for (const { checkpoint, off } of pruned) {
      const [from, masks] = [prunedWeights(target, off), masksOf(target, off)];
      const channelsPruned = off.length;
      const { attempts, trained } =
        known.get(channelsPruned) ?? (await attempt(stageAt(checkpoint), rates, { seed, from, masks }, ground));
      known.set(channelsPruned, { attempts, trained });
      found.stages.push({ checkpoint, channelsPruned, attempts });
      if (trained !== null) {
        weights.push(trained.weights);
        found.nets.push({ stage: stageAt(checkpoint), channelsPruned, counts: countsOf(original, trained.answers) });
      }
    }
    return found;
  });
  const nets = netsOf(subject, found.nets, weights);
  return { ...proposalOf(found), nets, furthest: nets.at(-1)! };
}

/** The channels that are pruned at each checkpoint that was reached. */
const prunedNets = (before: readonly Proposed[]): { checkpoint: number; off: Int32Array }[] =>
  before.flatMap(({ candidates, nets }) =>
    candidates.flatMap(({ kind, checkpoint }, i) =>
      kind === 'pruned' && checkpoint !== null ? [{ checkpoint, off: nets[i]!.off }] : [],
    ),
  );

/** For each weight of the pruned layer 1, or 0 where it is pruned. */
function masksOf(target: Target, off: Int32Array): Edits {
  const weights = target.layer.weights.map((weight) => ({ ...weight, values: weight.values.map(() => 1) }));
  return prunedWeights({ ...target, layer: { ...target.layer, weights } }, off);
}

function recall(recorded: Recorded<FinePruningTrace>): Proposal<FinePruningTrace, TrainingFinding> {
  const { images, fewest, stages } = recorded.finePruning ?? { images: 0, fewest: 0, stages: [] };
  return proposalOf({
    ...recalledNets('fine-pruned', recorded),
    images,
    fewest,
    stages: stages.map((stage) => ({ ...stage, attempts: attemptsAgain(stage.attempts) })),
  });
}

const proposalOf = ({ original, nets, images, fewest, stages }: FinePruned) => ({
  candidates: candidatesOf('fine-pruned', original, nets),
  trace: () => ({ finePruning: { images, fewest, stages } }),
  findings: () => ({
    method: [
      ...(stages.length === 0 ? [] : fewImages('fine-pruning', images, fewest)),
      ...trainedOn('fine-pruning', nets.length, images),
    ],
    stages: stages.flatMap(({ checkpoint, attempts }) => notRepaired('fine-pruning', stageAt(checkpoint), attempts)),
    outcome: [],
  }),
});
