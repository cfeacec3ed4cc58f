import type { Config } from '../../settings/config.ts';
import type { AsrFloor } from '../../verdict/asr-floor.ts';
import { type Measured } from '../../defense/pruning/candidates.ts';
import { type Candidate, figuresOf } from '../../verdict/figures.ts';
import type { Checkpoint } from '../../defense/pruning/checkpoints.ts';
import { percent } from '../../verdict/metrics.ts';
import type { Step } from '../../defense/pruning/sweep.ts';
import type { Rounded } from '../../verdict/rounding.ts';
import type { Doubt } from '../../verdict/doubt.ts';
import type { ChoiceReason } from '../../defense/pruning/default-layer.ts';
import { checkLimits, type GateResult, type SplitName } from '../../verdict/gate.ts';
import type { Metric } from '../../verdict/metric-table.ts';

/** Something a reader should know about a model's figures. Wording stands elsewhere. */
export type Finding =
  | { code: 'default-layer'; reason: ChoiceReason }
  | { code: 'order-given' }
  | { code: 'computed-in-float32'; declared: string }
  | { code: 'keras-versions-differ'; activation: string }
  | { code: 'answers-at-random'; augmentation: string }
  | ({ code: 'rounding-decides' } & Rounded)
  | { code: 'checkpoint-not-reached'; checkpoint: number; largestDrop: number }
  | { code: 'checkpoints-coincide'; checkpoints: number[]; channelsPruned: number }
  | { code: 'no-attack-measured' }
  | { code: 'judged-on-same-images' }
  | { code: 'many-target-classes'; attack: string; split: SplitName; classes: number }
  | { code: 'attack-fails'; attack: string; split: SplitName; original: number }
  | {
      code: 'prune-resistant';
      attack: string;
      split: SplitName;
      original: number;
      pruned: number;
      checkpoint: number | null;
      channelsPruned: number;
    }
  | {
      code: 'interval-spans-limit';
      candidate: number;
      split: SplitName;
      metric: Metric;
      limit: number;
      low: number;
      high: number;
    }
  | { code: 'asr-floor'; attack: string; split: SplitName; images: number; floor: number }
  | {
      code: 'would-pass';
      kind: 'pruned' | 'goodnet';
      within: Reach | null;
      channelsPruned: number;
      accuracy: number;
      asr: number;
    }
  | {
      code: 'none-would-pass';
      kind: 'pruned' | 'goodnet';
      within: Reach | null;
      metric: Metric | 'all';
      limit: number | null;
      firstLater: { channelsPruned: number; accuracy: number; asr: number } | null;
    };

/** The largest checkpoint that was reached, and the channels pruned there: how far a search for a passing step goes at first. */
export interface Reach {
  checkpoint: number;
  channelsPruned: number;
}

/** The facts that findings are drawn from. */
export interface Evidence {
  config: Config;
  layerChoice: ChoiceReason | null;
  /** The number format that the net declares. */
  precision: string;
  picks: readonly Checkpoint[];
  validation: Measured;
  test: Measured | null;
  candidates: readonly Candidate[];
  verdict: GateResult;
  floors: { split: SplitName; floors: readonly AsrFloor[] }[];
  targets: { split: SplitName; classes: ReadonlyMap<string, number> }[];
  doubt: Doubt | null;
}

/** All findings on one model, the ones about how the figures were made first. */
export function findings(evidence: Evidence): Finding[] {
  const { config, layerChoice, precision, verdict, test } = evidence;
  return [
    ...(layerChoice === null ? [] : [{ code: 'default-layer' as const, reason: layerChoice }]),
    ...(config.order === undefined ? [] : [{ code: 'order-given' as const }]),
    ...(precision === 'float32' ? [] : [{ code: 'computed-in-float32' as const, declared: precision }]),
    ...(evidence.doubt === null || evidence.doubt.code === 'half-precision' ? [] : [evidence.doubt]),
    ...aboutCheckpoints(evidence),
    ...(Object.keys(config.attacks).length === 0 ? [{ code: 'no-attack-measured' as const }] : []),
    ...(test === null && verdict.verdict !== 'ungated' && Object.keys(config.attacks).length > 0
      ? [{ code: 'judged-on-same-images' as const }]
      : []),
    ...evidence.targets.flatMap(({ split, classes }) => manyTargets(split, classes)),
    ...evidence.floors.flatMap(({ split, floors }) =>
      floors.map((floor) => ({ code: 'asr-floor' as const, split, ...floor })),
    ),
    ...resistance(evidence),
    ...whatWouldPass(evidence),
    ...doubtfulLimits(evidence),
  ];
}

function manyTargets(split: SplitName, targets: ReadonlyMap<string, number>): Finding[] {
  return [...targets].flatMap(([attack, classes]): Finding[] =>
    classes > 1 ? [{ code: 'many-target-classes', attack, split, classes }] : [],
  );
}

function aboutCheckpoints({ picks, validation: { steps, sizes } }: Evidence): Finding[] {
  const largestDrop = percent(
    steps[0]!.pruned.correct - steps.reduce((least, step) => Math.min(least, step.pruned.correct), Infinity),
    sizes.clean,
  )!;
  const missed = picks
    .filter((pick) => pick.step === null)
    .map((pick): Finding => ({ code: 'checkpoint-not-reached', checkpoint: pick.dropPoints, largestDrop }));
  const reached = new Set(picks.flatMap((pick) => pick.step ?? []));
  const shared = [...reached].flatMap((channelsPruned): Finding[] => {
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
function resistance({ picks, validation, test }: Evidence): Finding[] {
  const largest = picks.filter((pick) => pick.step !== null).sort((a, b) => b.dropPoints - a.dropPoints)[0];
  const { steps, sizes } = test ?? validation;
  const split: SplitName = test === null ? 'validation' : 'test';
  const last = largest === undefined ? steps.at(-1)! : steps.find((step) => step.step === largest.step)!;
  return Object.entries(sizes.poisoned).flatMap(([attack, images]): Finding[] => {
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

/** For each kind the first step of the validation sweep that meets every limit, or the limit that stands in the way. */
function whatWouldPass({ config, picks, validation: { steps, sizes }, verdict }: Evidence): Finding[] {
  if (verdict.verdict === 'ungated' || Object.keys(sizes.poisoned).length === 0 || steps.length === 1) return [];
  const reached = picks.filter((pick) => pick.step !== null).sort((a, b) => b.dropPoints - a.dropPoints)[0];
  const within = reached === undefined ? null : { checkpoint: reached.dropPoints, channelsPruned: reached.step! };
  const last = within?.channelsPruned ?? steps.length - 1;
  return (['pruned', 'goodnet'] as const).map((kind): Finding => {
    const figures = (step: Step) => figuresOf(step[kind], steps[0]!.pruned, sizes);
    const rules = (step: Step) => checkLimits(figures(step), config);
    const shown = (step: Step) => ({
      channelsPruned: step.step,
      accuracy: figures(step).accuracy!,
      asr: figures(step).maxAsr!,
    });
    const near = steps.slice(1, 1 + last);
    const passing = near.find((step) => rules(step).every((rule) => rule.met));
    if (passing !== undefined) return { code: 'would-pass', kind, within, ...shown(passing) };
    const blocked = rules(steps[1]!).find((_, i) => near.every((step) => !rules(step)[i]!.met));
    const later = steps
      .slice(1 + last)
      .find((step) => rules(step).every((rule) => blocked === undefined || rule.metric !== blocked.metric || rule.met));
    return {
      code: 'none-would-pass',
      kind,
      within,
      metric: blocked?.metric ?? 'all',
      limit: blocked?.limit ?? null,
      firstLater: later === undefined ? null : shown(later),
    };
  });
}

/** Limits that lie inside the 95% interval of the recommended candidate's figure: more images could turn the verdict. */
function doubtfulLimits({ candidates, verdict, config }: Evidence): Finding[] {
  const subject = verdict.recommended ?? 0;
  return verdict.rules
    .filter((rule) => rule.candidate === subject && rule.split === verdict.judgedOn)
    .flatMap((rule): Finding[] => {
      const figures = candidates[subject]![rule.split]!;
      const worst = Object.keys(config.attacks).find((attack) => figures.asr[attack] === figures.maxAsr);
      const interval =
        rule.metric === 'accuracy'
          ? figures.accuracyInterval
          : rule.metric === 'asr' && worst !== undefined
            ? figures.asrInterval[worst]!
            : null;
      if (interval === null || interval === undefined || rule.limit < interval[0] || rule.limit > interval[1])
        return [];
      return [
        {
          code: 'interval-spans-limit',
          candidate: subject,
          split: rule.split,
          metric: rule.metric,
          limit: rule.limit,
          low: interval[0],
          high: interval[1],
        },
      ];
    });
}
