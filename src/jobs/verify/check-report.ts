import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Bundle, hashIn, type Remark } from './bundle.ts';
import { GoodnetError } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import { differences, firstDifference } from '../../report/record/differences.ts';
import { type Manifest, manifestName } from '../../report/record/manifest.ts';
import { readBaseline } from '../../report/record/read-report.ts';
import { recomputed } from '../../report/record/recheck.ts';
import type { Report } from '../../report/record/report.ts';
import { drawings } from '../../report/write-report.ts';
import { absent, type InputPlace } from './verify-inputs.ts';

/** What a report comes to when it is held against the manifest, against its own counts and against what was drawn of it. */
export interface ReportCheck {
  models: number;
  /** From the counts; null where they are those of no run. */
  verdict: Report['verdict'] | null;
  differences: Remark[];
  unchecked: Remark[];
}

const shownFigures = 50;

/** Holds a report against all that the folder says besides. `version` is that of this goodnet. */
export function checkReport(report: Report, bundle: Bundle, place: InputPlace, version: string): ReportCheck {
  const beside = [...againstManifest(report, bundle.manifest), ...amongInputs(report)];
  const figures = checkFigures(report, bundle, place, version);
  return { ...figures, differences: [...beside, ...figures.differences] };
}

function againstManifest({ config, inputs, run, files, models }: Report, manifest: Manifest): Remark[] {
  const hashes = new Map(manifest.outputs.map((output) => [output.path, output.sha256]));
  return [
    ...unlike(
      manifestName,
      { config: manifest.config, inputs: manifest.inputs, version: manifest.version, engine: manifest.engine },
      { config, inputs, version: run.version, engine: run.engine },
      'in report.json',
    ),
    ...unlike(
      'report.json',
      [...files].sort(),
      [manifestName, ...manifest.outputs.map((output) => output.path)].sort(),
      'in the manifest',
      'files',
    ),
    ...models
      .flatMap(({ candidates }) => candidates)
      .flatMap(({ file, sha256 }): Remark[] =>
        file === null || hashes.get(file) === sha256
          ? []
          : [
              {
                subject: file,
                text: `has SHA-256 ${sha256} in report.json, ${hashes.get(file) ?? 'none'} in the manifest`,
              },
            ],
      ),
  ];
}

function amongInputs({ models, inputs }: Report): Remark[] {
  return models
    .filter((model) => !inputs.some((input) => input.path === model.path && input.sha256 === model.sha256))
    .map((model) => ({
      subject: model.path,
      text: 'is not among the inputs with the SHA-256 that the report gives it',
    }));
}

/** Computes every figure again from the counts, and draws what is drawn of them again. */
function checkFigures(report: Report, bundle: Bundle, place: InputPlace, version: string): ReportCheck {
  const since = attempted(() => baselineOf(report, place));
  if ('problem' in since) return { models: 0, verdict: null, differences: [since.problem], unchecked: [] };
  const { baseline, unchecked } = since.value;
  const again = attempted(() => recomputed(report, baseline));
  if ('problem' in again) return { models: 0, verdict: null, differences: [again.problem], unchecked };
  const steps = report.models.reduce((sum, { sweep }) => sum + sweep.steps.length, 0);
  const many = steps > limits.drawnSteps;
  const drawable = !many && bundle.manifest.version === version && firstDifference(report, again.value) === null;
  return {
    models: again.value.models.length,
    verdict: again.value.verdict,
    differences: [
      ...(drawable ? checkDrawn(report, bundle) : []),
      ...unlike('report.json', report, again.value, 'from the counts'),
    ],
    unchecked: [...unchecked, ...(many ? [notDrawn(steps)] : [])],
  };
}

const notDrawn = (steps: number): Remark => ({
  subject: 'report.json',
  text: `has ${steps} steps, over ${limits.drawnSteps}: pictures and tables were not drawn again`,
});

/** Where two values differ, a line each; `where` says what `other` is. */
function unlike(subject: string, recorded: unknown, other: unknown, where: string, at = ''): Remark[] {
  return differences(recorded, other, new Set(), at, shownFigures).map((each) => ({
    subject,
    text: `${each.at}: recorded ${each.recorded}, ${where} ${each.found}`,
  }));
}

/** What `compute` answers, or what is wrong with the report that it computes from. */
function attempted<T>(compute: () => T): { value: T } | { problem: Remark } {
  try {
    return { value: compute() };
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    const { subject, reason } = error;
    return { problem: { subject: 'report.json', text: subject === 'report.json' ? reason : `${subject} ${reason}` } };
  }
}

/** Draws every table and picture again from a report whose figures hold, one at a time. What it says of the data may still be no finding of goodnet's. */
function checkDrawn(report: Report, bundle: Bundle): Remark[] {
  try {
    return [...drawings(report)].flatMap(([file, parts]): Remark[] => {
      const sha256 = hashIn(bundle, file);
      return sha256 === null || sha256 === hashOf(parts())
        ? []
        : [{ subject: file, text: 'says something else than report.json' }];
    });
  } catch {
    return [{ subject: 'report.json', text: 'holds findings that goodnet does not write' }];
  }
}

function hashOf(parts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** The baseline that the run was compared with, if it is still the same file; else its changes stay as recorded, which is told. */
function baselineOf(
  { config, inputs }: Report,
  { base, bundle, given }: InputPlace,
): { baseline: Baseline | null; unchecked: Remark[] } {
  const file = config['baseline']?.value;
  if (typeof file !== 'string') return { baseline: null, unchecked: [] };
  const recorded = inputs.find((input) => input.path === file && input.samples === null);
  const named = given.baseline ?? (absent(file, base, bundle) === null ? path.resolve(base, file) : null);
  const baseline = named === null || recorded === undefined ? null : readBaseline(named, file);
  if (baseline !== null && baseline.file!.sha256 === recorded!.sha256) return { baseline, unchecked: [] };
  const text = 'is not there as it was: changes since this baseline are as recorded';
  return { baseline: null, unchecked: [{ subject: file, text }] };
}
