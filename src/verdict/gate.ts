// The room verdict: figures from counts, doubts about them, and the gate.
// It may import engine and what lies below.
import { type Kind, kinds } from '../settings/config.ts';
import type { Candidate, Change, Figures } from './figures.ts';
import type { Doubt } from './doubt.ts';
import { type Limits, marginOf, type Metric, metricNames, metrics } from './metric-table.ts';
import { imagesToDecide } from './metrics.ts';

export type SplitName = 'validation' | 'test';

/** One limit held against one figure of one candidate. Limits are inclusive; a missing figure does not meet its limit. */
export interface Rule {
  /** Index of the candidate. */
  candidate: number;
  split: SplitName;
  metric: Metric;
  limit: number;
  actual: number | null;
  met: boolean;
  /** Where the figure meets the limit and is not judged by itself, but by its 95% interval, which does not. */
  undecided?: Undecided;
}

/** A figure that meets its limit on images that are too few to be sure. */
export interface Undecided {
  /** The end of its 95% interval on the wrong side of the limit, in percent. */
  end: number;
  /** Of how many images the same rate would decide; null where it is the limit itself. */
  images: number | null;
}

/**
 * `passed`: an accepted candidate meets every limit. `inconclusive`: the figures of one do, but not the ends of their intervals, by which is judged.
 * `repairable`: none does, but a candidate of another kind does. `failed`: none does, or the figures are in doubt. `ungated`: no limit is set.
 */
export type Verdict = 'passed' | 'inconclusive' | 'repairable' | 'failed' | 'ungated';

/** A run's verdict: the gravest of its models', or `error` where a model was refused. */
export type RunVerdict = Verdict | 'error';

const byGravity = [
  'ungated',
  'passed',
  'inconclusive',
  'repairable',
  'failed',
  'error',
] as const satisfies RunVerdict[];

/** The verdict on a whole run of models, `refused` of which could not be evaluated. */
export function runVerdict(models: readonly Verdict[], refused: number): RunVerdict {
  const all: RunVerdict[] = refused > 0 || models.length === 0 ? ['error', ...models] : [...models];
  return byGravity.findLast((verdict) => all.includes(verdict))!;
}

export interface GateResult {
  verdict: Verdict;
  /** Index of the candidate to ship; for `inconclusive` the one that more images would decide on, for `repairable` the one of another kind that would meet the limits. */
  recommended: number | null;
  /** Index of the accepted candidate that was chosen on validation and does not hold on test; null if there is none. */
  failedOnTest: number | null;
  /** The last split that the recommended candidate had to meet. */
  judgedOn: SplitName;
  rules: Rule[];
  /** Why nothing can pass whatever the figures; absent if nothing is in the way. */
  doubt?: Doubt;
}

/** The change of one candidate's figures on each split. */
export type Changes = Record<SplitName, Change>;

const notCompared: Change = { accuracy: null, asr: null };

/** Holds the figures of one net, whatever they were before, against every limit that is set on them. */
export function checkLimits(figures: Figures, limits: Limits): Omit<Rule, 'candidate' | 'split'>[] {
  const own = metricNames.filter((metric) => !metrics[metric].sinceBaseline);
  return check(own, figures, notCompared, limits);
}

function check(
  names: readonly Metric[],
  figures: Figures,
  change: Change,
  limits: Limits,
): Omit<Rule, 'candidate' | 'split'>[] {
  return names.flatMap((metric) => {
    const { setting, figure } = metrics[metric];
    const limit = limits[setting];
    if (limit === undefined) return [];
    const actual = figure(figures, change);
    const met = actual !== null && Number.isFinite(actual) && marginOf(metric, actual, limit) >= 0;
    const undecided = met && limits['judge-by'] === 'interval' ? undecidedBy(metric, figures, limit) : null;
    return [{ metric, limit, actual, met: met && undecided === null, ...(undecided !== null && { undecided }) }];
  });
}

/** Which of a metric's rates leaves its limit most open; null where the unfavourable ends of all their intervals meet it. */
function undecidedBy(metric: Metric, figures: Figures, limit: number): Undecided | null {
  const { bound, rates } = metrics[metric];
  const open = (rates?.(figures) ?? []).flatMap(({ rate, interval }) => {
    const end = interval === null ? null : interval[bound === 'least' ? 0 : 1];
    if (rate === null || end === null || marginOf(metric, end, limit) >= 0) return [];
    return [{ end, images: imagesToDecide(rate, limit) }];
  });
  const needs = ({ images }: Undecided): number => images ?? Infinity;
  return open.sort((a, b) => needs(b) - needs(a))[0] ?? null;
}

/**
 * The verdict on a model: the best accepted candidate on validation is recommended and must hold on test, if there is a test split.
 * `changes` stand in the order of the candidates; what cannot be compared does not meet a limit on its change.
 * Where no attack was measured, or the figures are in doubt, nothing is recommended, so nothing passes.
 */
export function gate(
  candidates: readonly Candidate[],
  limits: Limits,
  accept: readonly Kind[],
  changes: readonly Changes[] = [],
  doubt: Doubt | null = null,
): GateResult {
  const rules = candidates.flatMap((candidate, index) =>
    (['validation', 'test'] as const).flatMap((split): Rule[] => {
      const figures = candidate[split];
      if (figures === null) return [];
      const change = changes[index]?.[split] ?? notCompared;
      return check(metricNames, figures, change, limits).map((rule) => ({ candidate: index, split, ...rule }));
    }),
  );
  const judgedOn = candidates.some((candidate) => candidate.test !== null) ? 'test' : 'validation';
  if (rules.length === 0) return { verdict: 'ungated', recommended: null, failedOnTest: null, judgedOn, rules };
  if (doubt !== null) return { verdict: 'failed', recommended: null, failedOnTest: null, judgedOn, rules, doubt };
  const attacked = Object.keys(candidates[0]!.validation.poisoned).length > 0;
  const holds = (index: number, split: SplitName, meets: (rule: Rule) => boolean) =>
    (candidates[index]![split] !== null || judgedOn !== split) &&
    rules.every((rule) => rule.candidate !== index || rule.split !== split || meets(rule));
  const chosen = (allowed: readonly Kind[], meets: (rule: Rule) => boolean): number | null => {
    const meeting = [...candidates.keys()].filter(
      (i) => attacked && allowed.includes(candidates[i]!.kind) && holds(i, 'validation', meets),
    );
    return meeting.sort((a, b) => preference(candidates[a]!, candidates[b]!))[0] ?? null;
  };
  const accepted = chosen(accept, surely);
  if (accepted !== null && holds(accepted, 'test', surely))
    return { verdict: 'passed', recommended: accepted, failedOnTest: null, judgedOn, rules };
  const open = accepted ?? chosen(accept, asFarAsSeen);
  if (open !== null && holds(open, 'test', asFarAsSeen))
    return { verdict: 'inconclusive', recommended: open, failedOnTest: null, judgedOn, rules };
  const other = chosen(
    kinds.filter((kind) => !accept.includes(kind)),
    surely,
  );
  const repaired = other !== null && holds(other, 'test', surely);
  return {
    verdict: repaired ? 'repairable' : 'failed',
    recommended: repaired ? other : null,
    failedOnTest: open,
    judgedOn,
    rules,
  };
}

const surely = ({ met }: Rule): boolean => met;
const asFarAsSeen = ({ met, undecided }: Rule): boolean => met || undecided !== undefined;

/** Higher validation accuracy first, then lower ASR, fewer channels pruned, and the simpler kind. */
function preference(a: Candidate, b: Candidate): number {
  return (
    b.validation.correct - a.validation.correct ||
    a.validation.maxAsr! - b.validation.maxAsr! ||
    a.channelsPruned - b.channelsPruned ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind)
  );
}
