import type { Config } from '../../settings/config.ts';
import { checkConfig, type Source } from '../../settings/resolve-config.ts';
import { listCandidates, type Measured } from '../../defense/pruning/candidates.ts';
import { type Figures } from '../../verdict/figures.ts';
import { type Checkpoint, checkpoints } from '../../defense/pruning/checkpoints.ts';
import { ascending } from '../../defense/pruning/rank.ts';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
import type { Sizes } from '../../engine/split.ts';
import { doubtOf } from '../../verdict/doubt.ts';
import { failure, GoodnetError } from '../../base/errors.ts';
import { type Finding, findings } from './findings.ts';
import { type Changes, gate, type SplitName } from '../../verdict/gate.ts';
import { assemble, reported, type Reported } from './assemble.ts';
import { type Baseline, changesSince, dataIdentity } from './baseline.ts';
import { firstDifference } from './differences.ts';
import { findingProblem } from './finding-schema.ts';
import { recordedDeclared, recount } from './recount.ts';
import { type CandidateReport, type ModelReport, type Report, settingsIn } from './report.ts';

/**
 * The report again from nothing but its counts, mean activations, hashes and settings, by the code that made it: every percentage, interval, order,
 * checkpoint, verdict and finding. What only the data can tell (labels, the net's own layers) stays as recorded, and so do changes since a
 * baseline that is null. Throws `report-invalid` for counts that no run can have.
 */
export function recomputed(report: Report, baseline: Baseline | null): Report {
  const judging = judgingOf(report, baseline);
  const models = report.models.map((model) => ({ model: modelAgain(model, report.inputs, judging), inputs: [] }));
  const again = assemble(models, report.files, {
    errors: report.errors,
    ...judging,
    run: report.run,
    baselineFile: null,
  });
  return { ...again, config: report.config, inputs: report.inputs };
}

/** What figures are judged by. */
export interface Judging {
  config: Config;
  sources: Record<string, Source>;
  /** Null where there is none, or none that can be read. */
  baseline: Baseline | null;
}

/** What a report says that its models were judged by. Throws `report-invalid`. */
export function judgingOf(report: Report, baseline: Baseline | null): Judging {
  const checked = checkConfig(settingsIn(report.config));
  if ('problem' in checked)
    throw failure('report-invalid', 'report.json', {
      cause: `has a config that goodnet does not take: ${checked.problem}`,
    });
  return {
    config: checked.value,
    sources: Object.fromEntries(Object.entries(report.config).map(([name, { source }]) => [name, source])),
    baseline,
  };
}

/** Where a model's part of a report first says otherwise than its counts do, in words; null where it nowhere does. */
export function contradiction(model: ModelReport, inputs: Report['inputs'], judging: () => Judging): string | null {
  try {
    const first = firstDifference(model, modelAgain(model, inputs, judging()));
    return first === null ? null : `has ${first.recorded} for ${first.at}, and counts that make it ${first.found}`;
  } catch (error) {
    if (error instanceof GoodnetError) return error.reason;
    throw error;
  }
}

/** One model's part of a report again, as `recomputed` makes it; a step that comes out as recorded is the recorded one itself, and after thousands that do not any other. Throws `report-invalid`. */
function modelAgain(model: ModelReport, inputs: Report['inputs'], { config, sources, baseline }: Judging): ModelReport {
  const recorded = model.sweep.steps;
  let others = 0;
  const { model: again } = reported(outcomeOf(model, config, inputs, baseline), sources, (step, i) => {
    return firstDifference(recorded[i], step) === null || ++others > mostSteps ? recorded[i]! : inJson(step);
  });
  const plain = inJson({ ...again, sweep: { ...again.sweep, steps: [] } });
  return { ...plain, sweep: { ...plain.sweep, steps: again.sweep.steps } };
}

/** Steps that come out otherwise than recorded and are held: far more than anybody is shown. */
const mostSteps = 10_000;

const inJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function outcomeOf(model: ModelReport, config: Config, inputs: Report['inputs'], baseline: Baseline | null): Reported {
  recount(model, {}, [], null);
  const problem = model.findings.map(findingProblem).find((found) => found !== null);
  if (problem !== undefined)
    throw failure('report-invalid', model.path, { cause: `has a finding that is none (${problem})` });
  const order =
    config.order === undefined
      ? ascending(Float64Array.from(model.ranking.meanActivation))
      : Int32Array.from(config.order);
  const validation = sweepOf(model, order);
  const picks = checkpoints(validation.steps, validation.sizes.clean, config.checkpoints);
  const test = testOf(model, picks, order.length);
  const candidates = listCandidates(picks, validation, test);
  const changes =
    config.baseline === undefined
      ? []
      : baseline === null
        ? model.candidates.map(({ change }) => change ?? unknown)
        : changesSince(baseline, model.path, candidates, dataIdentity(config, inputs));
  const declared = recordedDeclared(model);
  const rounding = model.rounding ?? [];
  const doubt = doubtOf(declared, rounding);
  const verdict = gate(candidates, config, config.accept, changes, doubt);
  const reason = recorded(model, 'default-layer')[0]?.reason ?? null;
  const told = (split: SplitName) => ({
    floors: {
      split,
      floors: recorded(model, 'asr-floor')
        .filter((finding) => finding.split === split)
        .map(({ attack, images, floor }) => ({ attack, images, floor })),
    },
    targets: {
      split,
      classes: new Map(
        recorded(model, 'many-target-classes')
          .filter((finding) => finding.split === split)
          .map(({ attack, classes }) => [attack, classes]),
      ),
    },
  });
  const [onValidation, onTest] = [told('validation'), told('test')];
  return {
    path: model.path,
    folder: model.name,
    model,
    inputs: [],
    target: { prunes: model.prunes, rankLayer: model.rankLayer, layer: { name: model.layer } },
    rounding,
    layerIsDefault: reason !== null,
    ranking: { meanActivation: Float64Array.from(model.ranking.meanActivation), order },
    validation,
    picks,
    candidates,
    changes,
    verdict,
    files: model.candidates.flatMap(({ kind, checkpoint, file, sha256 }) =>
      checkpoint === null || file === null || sha256 === null
        ? []
        : [{ kind, checkpoint, path: file, sha256, bytes: 0 }],
    ),
    findings: findings({
      config,
      layerChoice: reason,
      precision: declared.precision,
      picks,
      validation,
      test,
      candidates,
      verdict,
      floors: [onValidation.floors, onTest.floors],
      targets: [onValidation.targets, onTest.targets],
      doubt,
    }),
  };
}

const unknown: Changes = { validation: { accuracy: null, asr: null }, test: { accuracy: null, asr: null } };

const recorded = <C extends Finding['code']>(model: ModelReport, code: C) =>
  (model.findings as Finding[]).filter((finding): finding is Extract<Finding, { code: C }> => finding.code === code);

/** The validation sweep as it was counted, its steps numbered and its channels in the order of the ranking. */
function sweepOf({ path, sweep }: ModelReport, order: Int32Array): Measured {
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
function testOf(model: ModelReport, picks: readonly Checkpoint[], channels: number): Measured | null {
  const original = model.candidates[0]!.test;
  if (original === null) return null;
  const sizes: Sizes = { clean: original.clean, poisoned: original.poisoned };
  checkSizes(sizes, model.path);
  const known = Object.keys(model.sweep.steps[0]!.robust);
  if (Object.keys(sizes.poisoned).sort().join() !== Object.keys(model.sweep.poisoned).sort().join())
    throw failure('report-invalid', model.path, { cause: 'has other attacks on test than on validation' });
  const none = Object.fromEntries(Object.keys(sizes.poisoned).map((attack) => [attack, 0]));
  const of = (kind: CandidateReport['kind'], dropPoints: number): Figures => {
    const found = model.candidates.find(
      (candidate) => candidate.kind === kind && candidate.checkpoint === dropPoints,
    )?.test;
    if (found == null)
      throw failure('report-invalid', model.path, { cause: `lacks the test figures of ${kind} X=${dropPoints}` });
    if (!possible(found, sizes, known))
      throw failure('report-invalid', model.path, {
        cause: `has impossible counts of ${kind} X=${dropPoints} on test`,
      });
    return found;
  };
  const kept = picks.flatMap(({ dropPoints, step }) =>
    step === null
      ? []
      : [
          {
            step,
            channel: null,
            pruned: countsOf(of('pruned', dropPoints)),
            goodnet: goodnetOf(of('goodnet', dropPoints)),
          },
        ],
  );
  const left = Object.fromEntries(
    recorded(model, 'prune-resistant').map(({ attack, pruned }) => [
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
      ...(kept.length > 0 ? kept : [last]),
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
