import { type Static, Type } from '@sinclair/typebox';
import type { Config } from '../../settings/config.ts';
import { figuresOf } from '../../verdict/figures.ts';
import { attack, finding, images as count, nullable, oneOf, split } from '../../verdict/figure-schema.ts';
import { checkLimits, type GateResult, type SplitName } from '../../verdict/gate.ts';
import { type Limits, metricNames } from '../../verdict/metric-table.ts';
import { percent } from '../../verdict/metrics.ts';
import type { Told } from '../defense.ts';
import { keptSteps, type Pruned } from './pruned.ts';
import type { Step } from './sweep.ts';

const number = Type.Number();
const kind = oneOf('pruned', 'goodnet');
/** The largest checkpoint that was reached, and the channels pruned there: how far a search for a passing step goes at first. */
const reach = Type.Object({ checkpoint: number, channelsPruned: count });
const figures = Type.Object({ channelsPruned: count, accuracy: number, asr: number });

/** What pruning finds. */
export const pruningFindings = [
  finding('default-layer', {
    reason: oneOf('deepest-on-every-path', 'no-layer-on-every-path', 'no-convolution', 'last-prunable'),
  }),
  finding('order-given', {}),
  finding('checkpoint-not-reached', { checkpoint: number, largestDrop: number }),
  finding('checkpoints-coincide', { checkpoints: Type.Array(number), channelsPruned: count }),
  finding('attack-fails', { attack, split, original: number }),
  finding('prune-resistant', {
    attack,
    split,
    original: number,
    pruned: number,
    checkpoint: nullable(number),
    channelsPruned: count,
  }),
  finding('unlearning-may-repair', {}),
  finding('would-pass', { kind, within: nullable(reach), channelsPruned: count, accuracy: number, asr: number }),
  finding('none-would-pass', {
    kind,
    within: nullable(reach),
    metric: oneOf(...metricNames, 'all'),
    limit: nullable(number),
    firstLater: nullable(figures),
  }),
];

export type PruningFinding = Static<(typeof pruningFindings)[number]>;

/** What a reader should know of a net that was pruned. */
export function findingsOf(
  pruned: Pruned,
  limits: Limits & Pick<Config, 'defenses'>,
  verdict: GateResult,
): Told<PruningFinding> {
  const { reason, orderIsGiven } = pruned;
  const resisting = resistance(pruned);
  const couldUnlearn =
    !limits.defenses.includes('unlearning') && resisting.some(({ code }) => code === 'prune-resistant');
  return {
    method: [
      ...(reason === null ? [] : [{ code: 'default-layer' as const, reason }]),
      ...(orderIsGiven ? [{ code: 'order-given' as const }] : []),
    ],
    stages: aboutCheckpoints(pruned),
    outcome: [
      ...resisting,
      ...(couldUnlearn ? [{ code: 'unlearning-may-repair' as const }] : []),
      ...whatWouldPass(pruned, limits, verdict),
    ],
  };
}

function aboutCheckpoints({ picks, validation: { steps, sizes } }: Pruned): PruningFinding[] {
  const largestDrop = percent(
    steps[0]!.pruned.correct - steps.reduce((least, step) => Math.min(least, step.pruned.correct), Infinity),
    sizes.clean,
  )!;
  const missed = picks
    .filter((pick) => pick.step === null)
    .map((pick): PruningFinding => ({ code: 'checkpoint-not-reached', checkpoint: pick.dropPoints, largestDrop }));
  const reached = new Set(picks.flatMap((pick) => pick.step ?? []));
  const shared = [...reached].flatMap((channelsPruned): PruningFinding[] => {
    const same = picks.filter((pick) => pick.step === channelsPruned).map((pick) => pick.dropPoints);
    return same.length > 1 ? [{ code: 'checkpoints-coincide', checkpoints: same, channelsPruned }] : [];
  });
  return [...missed, ...shared];
}

const notablePercent = 50;

/**
 * An attack that never succeeded, even on the original; or one that did and keeps more than half of its success at the largest
 * checkpoint (none reached: at the last step).
 */
function resistance({ picks, validation, test }: Pruned): PruningFinding[] {
  const largest = picks.filter((pick) => pick.step !== null).sort((a, b) => b.dropPoints - a.dropPoints)[0];
  const { steps, sizes } = test ?? validation;
  const split: SplitName = test === null ? 'validation' : 'test';
  const last = largest === undefined ? steps.at(-1)! : steps.find((step) => step.step === largest.step)!;
  return Object.entries(sizes.poisoned).flatMap(([attack, images]): PruningFinding[] => {
    const original = percent(steps[0]!.pruned.hits[attack]!, images);
    const pruned = percent(last.pruned.hits[attack]!, images);
    if (original === null || pruned === null) return [];
    if (original < notablePercent) return [{ code: 'attack-fails', attack, split, original }];
    if (pruned * 2 <= original) return [];
    return [
      {
        code: 'prune-resistant',
        attack,
        split,
        original,
        pruned,
        checkpoint: largest?.dropPoints ?? null,
        channelsPruned: last.step,
      },
    ];
  });
}

/**
 * For each kind of which no candidate meets every limit: the first step of the validation sweep that does, or the limit
 * that stands in the way.
 */
function whatWouldPass(
  { picks, best, validation: { steps, sizes } }: Pruned,
  limits: Limits,
  { verdict }: Pick<GateResult, 'verdict'>,
): PruningFinding[] {
  if (verdict === 'ungated' || Object.keys(sizes.poisoned).length === 0 || steps.length === 1) return [];
  const reached = picks.filter((pick) => pick.step !== null).sort((a, b) => b.dropPoints - a.dropPoints)[0];
  const within = reached === undefined ? null : { checkpoint: reached.dropPoints, channelsPruned: reached.step! };
  const last = within?.channelsPruned ?? steps.length - 1;
  const kept = new Set(keptSteps({ picks, best }).map(({ step }) => step));
  return (['pruned', 'goodnet'] as const).flatMap((kind): PruningFinding[] => {
    const figures = (step: Step) => figuresOf(step[kind], steps[0]!.pruned, sizes);
    const rules = (step: Step) => checkLimits(figures(step), limits);
    const shown = (step: Step) => ({
      channelsPruned: step.step,
      accuracy: figures(step).accuracy!,
      asr: figures(step).maxAsr!,
    });
    const passes = (step: Step) => rules(step).every((rule) => rule.met);
    if (steps.some((step) => kept.has(step.step) && passes(step))) return [];
    const near = steps.slice(1, 1 + last);
    const passing = near.find(passes);
    if (passing !== undefined) return [{ code: 'would-pass', kind, within, ...shown(passing) }];
    const blocked = rules(steps[1]!).find((_, i) => near.every((step) => !rules(step)[i]!.met));
    const lifts = (step: Step) =>
      blocked === undefined ? passes(step) : rules(step).every(({ metric, met }) => metric !== blocked.metric || met);
    const later = steps.slice(1 + last).find(lifts);
    return [
      {
        code: 'none-would-pass',
        kind,
        within,
        metric: blocked?.metric ?? 'all',
        limit: blocked?.limit ?? null,
        firstLater: later === undefined ? null : shown(later),
      },
    ];
  });
}
