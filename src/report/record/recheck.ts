import type { Config } from '../../settings/config.ts';
import { checkConfig, type Source } from '../../settings/resolve-config.ts';
import { joined, type Keep } from '../../defense/defense.ts';
import { defensesOf } from '../../defense/registry.ts';
import { doubtOf } from '../../verdict/doubt.ts';
import { failure, GoodnetError } from '../../base/errors.ts';
import { type Finding, findings } from './findings.ts';
import { type Changes, gate, type SplitName } from '../../verdict/gate.ts';
import { assemble, reported, type Reported } from './assemble.ts';
import { type Baseline, changesSince, dataIdentity } from './baseline.ts';
import { firstDifference } from './differences.ts';
import { findingProblem } from './finding-schema.ts';
import { repeatsValidation } from './repeats.ts';
import { recordedDeclared, recount } from './recount.ts';
import { type ModelReport, type Report, settingsIn } from './report.ts';

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
  const keep: Keep = (step, i) => {
    const same = firstDifference(recorded[i], step) === null || ++others > mostSteps;
    return same ? (recorded[i] as typeof step) : inJson(step);
  };
  const { model: again } = reported(outcomeOf(model, config, inputs, baseline), sources, keep);
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
  const proposals = defensesOf(config).map((defense) => defense.recall(model, config));
  const candidates = joined(proposals.map((proposal) => proposal.candidates));
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
    rounding,
    proposals,
    candidates,
    changes,
    verdict,
    files: model.candidates.flatMap(({ file, sha256 }, of) =>
      of === 0 || file === null || sha256 === null ? [] : [{ of, path: file, sha256, bytes: 0 }],
    ),
    findings: findings({
      config,
      precision: declared.precision,
      proposals,
      candidates,
      verdict,
      floors: [onValidation.floors, onTest.floors],
      targets: [onValidation.targets, onTest.targets],
      repeats: repeatsValidation(config, inputs),
      foldersByNumber: recorded(model, 'folders-by-number').length > 0,
      doubt,
    }),
  };
}

const unknown: Changes = { validation: { accuracy: null, asr: null }, test: { accuracy: null, asr: null } };

const recorded = <C extends Finding['code']>(model: ModelReport, code: C) =>
  (model.findings as Finding[]).filter((finding): finding is Extract<Finding, { code: C }> => finding.code === code);
