import { type Config, type Kind } from '../../settings/config.ts';
import { failure } from '../../base/errors.ts';
import type { Sizes } from '../../engine/split.ts';
import { type Counts, type Figures, type GoodNetCounts, stageOf } from '../../verdict/figures.ts';
import type { Recorded } from '../defense.ts';
import { bestStep } from './best.ts';
import { checkpoints } from './checkpoints.ts';
import type { PruningFinding } from './findings.ts';
import { bestStage, type KeptStep, keptSteps, type Measured, type Pruned } from './pruned.ts';
import { ascending } from './rank.ts';
import type { PruningTrace } from './trace.ts';

/** What pruning found out, by its record alone. Throws `report-invalid` for counts that no run can have. */
export function recalled(model: Recorded<PruningTrace>, config: Config): Pruned {
  const meanActivation = Float64Array.from(model.ranking.meanActivation);
  const order = config.order === undefined ? ascending(meanActivation) : Int32Array.from(config.order);
  const validation = sweepOf(model, order);
  const picks = checkpoints(validation.steps, validation.sizes.clean, config.checkpoints);
  const hasBest = model.candidates.some(({ stage }) => stage === bestStage);
  const best = hasBest ? bestStep(validation, picks, config) : null;
  return {
    target: { prunes: model.prunes, rankLayer: model.rankLayer, layer: { name: model.layer } },
    reason: told(model, 'default-layer')[0]?.reason ?? null,
    ranking: { meanActivation, order },
    orderIsGiven: config.order !== undefined,
    validation,
    test: testOf(model, { picks, best }, order.length),
    picks,
    best,
  };
}

const told = <C extends PruningFinding['code']>({ findings }: Pick<Recorded<PruningTrace>, 'findings'>, code: C) =>
  (findings as readonly PruningFinding[]).filter(
    (finding): finding is Extract<PruningFinding, { code: C }> => finding.code === code,
  );

/** The validation sweep as it was counted, its steps numbered and its channels in the order of the ranking. */
function sweepOf({ path, sweep }: Recorded<PruningTrace>, order: Int32Array): Measured {
  const sizes: Sizes = { clean: sweep.clean, poisoned: sweep.poisoned };
  checkSizes(sizes, path);
  const known = Object.keys(sweep.steps[0]?.robust ?? {});
  const steps = sweep.steps.map((pruned, step) => {
    const { goodnet } = pruned;
    for (const counts of [pruned, goodnet])
      if (!possible(counts, sizes, known))
        throw failure('report-invalid', path, { cause: `has impossible counts at step ${step}` });
    return { step, channel: step === 0 ? null : order[step - 1]!, pruned, goodnet };
  });
  if (steps.length !== order.length + 1)
    throw failure('report-invalid', path, { cause: `has ${steps.length} steps for ${order.length} channels` });
  return { steps, sizes };
}

/** The test figures as the sweep of the steps that were kept. Where no checkpoint was reached, only the findings know the last step. */
function testOf(
  model: Recorded<PruningTrace>,
  pruned: Pick<Pruned, 'picks' | 'best'>,
  channels: number,
): Measured | null {
  const original = model.candidates[0]!.test;
  if (original === null) return null;
  const sizes: Sizes = { clean: original.clean, poisoned: original.poisoned };
  checkSizes(sizes, model.path);
  const known = Object.keys(model.sweep.steps[0]!.robust);
  if (Object.keys(sizes.poisoned).sort().join() !== Object.keys(model.sweep.poisoned).sort().join())
    throw failure('report-invalid', model.path, { cause: 'has other attacks on test than on validation' });
  const none = Object.fromEntries(Object.keys(sizes.poisoned).map((attack) => [attack, 0]));
  const of = (kind: Kind, kept: KeptStep): Figures => {
    const stage = stageOf(kept);
    const found = model.candidates.find((candidate) => candidate.kind === kind && stageOf(candidate) === stage)?.test;
    if (found == null)
      throw failure('report-invalid', model.path, { cause: `lacks the test figures of ${kind} ${stage}` });
    if (!possible(found, sizes, known))
      throw failure('report-invalid', model.path, {
        cause: `has impossible counts of ${kind} ${stage} on test`,
      });
    return found;
  };
  const kept = keptSteps(pruned).map((each) => ({
    step: each.step,
    channel: null,
    pruned: countsOf(of('pruned', each)),
    goodnet: goodnetOf(of('goodnet', each)),
  }));
  const left = Object.fromEntries(
    told(model, 'prune-resistant').map(({ attack, pruned }) => [
      attack,
      Math.round((pruned * (sizes.poisoned[attack] ?? 0)) / 100),
    ]),
  );
  const last = {
    step: channels,
    channel: null,
    pruned: { correct: 0, hits: { ...none, ...left }, robust: {} },
    goodnet: { correct: 0, hits: none, robust: {}, rejectedClean: 0, rejectedPoisoned: none },
  };
  return {
    sizes,
    steps: [
      { step: 0, channel: null, pruned: countsOf(original), goodnet: goodnetOf(original) },
      ...kept,
      ...(pruned.picks.some(({ step }) => step !== null) ? [] : [last]),
    ],
  };
}

const countsOf = ({ correct, hits, robust }: Counts): Counts => ({ correct, hits, robust });
const goodnetOf = (counts: Counts & Partial<GoodNetCounts>): GoodNetCounts => ({
  ...countsOf(counts),
  rejectedClean: counts.rejectedClean ?? 0,
  rejectedPoisoned: counts.rejectedPoisoned ?? {},
});

/** Images are counted. Throws `report-invalid`. */
function checkSizes({ clean, poisoned }: Sizes, path: string): void {
  if (![clean, ...Object.values(poisoned)].every((images) => Number.isSafeInteger(images) && images > 0))
    throw failure('report-invalid', path, { cause: 'counts images as none are counted' });
}

/** Whether counts are those of some images, with the hits of every attack and the true classes of those in `known`. */
function possible(
  { correct, hits, robust, rejectedClean = 0, rejectedPoisoned }: Counts & Partial<GoodNetCounts>,
  { clean, poisoned }: Sizes,
  known: readonly string[],
): boolean {
  const fits = (part: Record<string, number>, attacks: readonly string[]) =>
    Object.keys(part).length === attacks.length &&
    attacks.every((attack) => Object.hasOwn(part, attack) && part[attack]! <= (poisoned[attack] ?? -1));
  const attacks = Object.keys(poisoned);
  return (
    correct <= clean &&
    fits(hits, attacks) &&
    fits(robust, known) &&
    rejectedClean <= clean &&
    (rejectedPoisoned === undefined || fits(rejectedPoisoned, attacks))
  );
}
