import type { Rewrite } from '../../models/rewritten.ts';
import type { Kind } from '../../settings/config.ts';
import { type Candidate, figuresOf } from '../../verdict/figures.ts';
import { type Declared, doubtOf } from '../../verdict/doubt.ts';
import { failure } from '../../base/errors.ts';
import { gate } from '../../verdict/gate.ts';
import type { Limits } from '../../verdict/metric-table.ts';
import { checkerInPlace } from '../../base/schema.ts';
import { type Baseline, changesSince } from './baseline.ts';
import { type CandidateReport, type ModelReport, type Report, reportSchema } from './report.ts';
import { checkVersioned, type Json, parseJson } from './versioned.ts';

const check = checkerInPlace(reportSchema);

/** Reads somebody's report.json; `name` is how messages call it. Throws `report-version`, `report-size` or `report-invalid`. */
export function parseReport(json: Json, name: string): Report {
  return checkReport(parseJson(json, name, 'report'), name);
}

/** A value of `parseJson` as a report. Throws `report-version` or `report-invalid`. */
export const checkReport = (value: unknown, name: string): Report => checkVersioned(value, name, 'report', check);

/** What only a model's file can tell of its net: as its findings have it. */
export function recordedDeclared({ findings }: ModelReport): Declared {
  const said = (wanted: string) => findings.find(({ code }) => code === wanted) as Record<string, unknown> | undefined;
  const [half, ambiguous, random, graph] = [
    said('computed-in-float32'),
    said('keras-versions-differ'),
    said('answers-at-random'),
    said('graph-rewritten'),
  ];
  return {
    precision: half === undefined ? 'float32' : String(half['declared']),
    ambiguousActivation: ambiguous === undefined ? null : String(ambiguous['activation']),
    augmentation: random === undefined ? null : String(random['augmentation']),
    rewritten: graph === undefined ? null : (graph['rewrite'] as Rewrite),
  };
}

/** A model's verdict again, from its candidates' counts alone: none of their percentages, no rule or verdict is believed. The sweep stays as it is. Throws `report-invalid`. */
export function recount(
  model: ModelReport,
  limits: Limits,
  accept: readonly Kind[],
  since: { baseline: Baseline; data: string } | null,
): ModelReport {
  const original = model.candidates[0]!;
  if (original.kind !== 'original')
    throw failure('report-invalid', model.path, { cause: 'does not begin with the original net' });
  const attacks = (split: 'validation' | 'test') =>
    Object.keys(original[split]?.poisoned ?? original.validation.poisoned)
      .sort()
      .join();
  if (attacks('test') !== attacks('validation'))
    throw failure('report-invalid', model.path, { cause: 'has other attacks on test than on validation' });
  if (model.rounding?.some(({ images, changed }) => changed > images) === true)
    throw failure('report-invalid', model.path, { cause: 'has more images that change their class than it looked at' });
  const candidates = model.candidates.map((candidate): CandidateReport => ({
    ...candidate,
    ...figures(candidate, original, model.path),
  }));
  const changes = since === null ? [] : changesSince(since.baseline, model.path, candidates, since.data);
  const verdict = gate(candidates, limits, accept, changes, doubtOf(recordedDeclared(model), model.rounding));
  return {
    ...model,
    candidates: candidates.map(({ change: _, ...candidate }, i) => ({
      ...candidate,
      ...(changes[i] === undefined ? {} : { change: changes[i] }),
    })),
    gate: { ...verdict, rules: verdict.rules.map((rule) => ({ ...rule, source: 'config' as const })) },
  };
}

function figures(
  candidate: CandidateReport,
  original: CandidateReport,
  path: string,
): Pick<Candidate, 'validation' | 'test'> {
  const again = (split: 'validation' | 'test') => {
    const [counts, before] = [candidate[split], original[split]];
    if (counts === null || before === null) {
      if (counts !== before)
        throw failure('report-invalid', path, { cause: `has ${split} figures for some of its candidates only` });
      return null;
    }
    const same = counts.clean === before.clean && JSON.stringify(counts.poisoned) === JSON.stringify(before.poisoned);
    const fits = (part: Record<string, number> | undefined) =>
      Object.entries(counts.poisoned).every(
        ([attack, images]) => part !== undefined && Object.hasOwn(part, attack) && part[attack]! <= images,
      );
    const rejects =
      candidate.kind !== 'goodnet' ||
      ((counts.rejectedClean ?? Infinity) <= counts.clean && fits(counts.rejectedPoisoned));
    const robust = Object.keys(before.robust).every(
      (attack) => (counts.robust[attack] ?? Infinity) <= (counts.poisoned[attack] ?? -1),
    );
    if (!same || counts.correct > counts.clean || !fits(counts.hits) || !rejects || !robust)
      throw failure('report-invalid', path, {
        cause: `has impossible counts of ${candidate.kind}${candidate.checkpoint === null ? '' : ` X=${candidate.checkpoint}`} on ${split}`,
      });
    const goodnet =
      candidate.kind === 'goodnet'
        ? { rejectedClean: counts.rejectedClean ?? 0, rejectedPoisoned: counts.rejectedPoisoned ?? {} }
        : {};
    return figuresOf(
      { correct: counts.correct, hits: counts.hits, robust: counts.robust, ...goodnet },
      { correct: before.correct, hits: before.hits, robust: before.robust },
      { clean: counts.clean, poisoned: counts.poisoned },
    );
  };
  return { validation: again('validation')!, test: again('test') };
}
