import type { Rewrite } from '../../models/rewritten.ts';
import type { Config } from '../../settings/config.ts';
import type { Proposal } from '../../defense/defense.ts';
import type { DefenseFinding } from '../../defense/registry.ts';
import type { AsrFloor } from '../../verdict/asr-floor.ts';
import type { Doubt } from '../../verdict/doubt.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { GateResult, SplitName } from '../../verdict/gate.ts';
import { type Metric, metrics } from '../../verdict/metric-table.ts';
import type { Rounded } from '../../verdict/rounding.ts';

/** Something a reader should know about a model's figures. Wording stands elsewhere. */
export type Finding = DefenseFinding | FigureFinding;

/** What is found whatever the defense. */
export type FigureFinding =
  | { code: 'computed-in-float32'; declared: string }
  | { code: 'keras-versions-differ'; activation: string }
  | { code: 'answers-at-random'; augmentation: string }
  | { code: 'graph-rewritten'; rewrite: Rewrite }
  | ({ code: 'rounding-decides' } & Rounded)
  | { code: 'no-attack-measured' }
  | { code: 'judged-on-same-images' }
  | { code: 'folders-by-number' }
  | { code: 'many-target-classes'; attack: string; split: SplitName; classes: number }
  | {
      code: 'interval-spans-limit';
      candidate: number;
      split: SplitName;
      metric: Metric;
      limit: number;
      low: number;
      high: number;
    }
  | { code: 'asr-floor'; attack: string; split: SplitName; images: number; floor: number };

/** The facts that findings are drawn from. */
export interface Evidence {
  config: Config;
  /** The number format that the net declares. */
  precision: string;
  proposals: readonly Proposal<object, DefenseFinding>[];
  candidates: readonly Candidate[];
  verdict: GateResult;
  floors: { split: SplitName; floors: readonly AsrFloor[] }[];
  targets: { split: SplitName; classes: ReadonlyMap<string, number> }[];
  /** Whether test images are those of validation. */
  repeats: boolean;
  /** Whether class folders have names that could be read otherwise. */
  foldersByNumber: boolean;
  doubt: Doubt | null;
}

/** All findings on one model, the ones about how the figures were made first. */
export function findings(evidence: Evidence): Finding[] {
  const { config, precision, candidates, verdict } = evidence;
  const told = evidence.proposals.map((proposal) => proposal.findings(verdict));
  const attacked = Object.keys(config.attacks).length > 0;
  return [
    ...told.flatMap(({ method }) => method),
    ...(precision === 'float32' ? [] : [{ code: 'computed-in-float32' as const, declared: precision }]),
    ...(evidence.foldersByNumber ? [{ code: 'folders-by-number' as const }] : []),
    ...(evidence.doubt === null || evidence.doubt.code === 'half-precision' ? [] : [evidence.doubt]),
    ...told.flatMap(({ stages }) => stages),
    ...(attacked ? [] : [{ code: 'no-attack-measured' as const }]),
    ...(evidence.repeats || (candidates[0]!.test === null && verdict.verdict !== 'ungated' && attacked)
      ? [{ code: 'judged-on-same-images' as const }]
      : []),
    ...evidence.targets.flatMap(({ split, classes }) => manyTargets(split, classes)),
    ...evidence.floors.flatMap(({ split, floors }) =>
      floors.map((floor) => ({ code: 'asr-floor' as const, split, ...floor })),
    ),
    ...told.flatMap(({ outcome }) => outcome),
    ...doubtfulLimits(evidence),
  ];
}

function manyTargets(split: SplitName, targets: ReadonlyMap<string, number>): Finding[] {
  return [...targets].flatMap(([attack, classes]): Finding[] =>
    classes > 1 ? [{ code: 'many-target-classes', attack, split, classes }] : [],
  );
}

/** Limits that lie inside the 95% interval of the recommended candidate's figure: more images could turn the verdict. */
function doubtfulLimits({ candidates, verdict }: Evidence): Finding[] {
  const subject = verdict.recommended ?? 0;
  return verdict.rules
    .filter((rule) => rule.candidate === subject && rule.split === verdict.judgedOn)
    .flatMap((rule): Finding[] => {
      const rates = metrics[rule.metric].rates?.(candidates[subject]![rule.split]!) ?? [];
      const interval = rates.find(({ rate }) => rate === rule.actual)?.interval ?? null;
      if (interval === null || rule.limit < interval[0] || rule.limit > interval[1]) return [];
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
