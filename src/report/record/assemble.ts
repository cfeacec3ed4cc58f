import { type Config, whoComputes } from '../../settings/config.ts';
import type { Source } from '../../settings/resolve-config.ts';
import type { DataInput } from '../../data/stored.ts';
import type { Keep, Proposal } from '../../defense/defense.ts';
import type { Trace } from '../../defense/registry.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { Rounded } from '../../verdict/rounding.ts';
import type { Finding } from './findings.ts';
import { type Changes, type GateResult, runVerdict } from '../../verdict/gate.ts';
import { type Metric, metrics } from '../../verdict/metric-table.ts';
import type { Model } from '../../models/net.ts';
import type { Gallery } from './gallery.ts';
import type { ModelReport, Report } from './report.ts';
import type { ModelFile } from '../write-models.ts';

/** Everything that was found out about one model. */
export interface ModelOutcome {
  path: string;
  folder: string;
  model: Pick<Model, 'sha256' | 'classes'>;
  /** The model file, its architecture and the data files, as they were read. */
  inputs: (Omit<DataInput, 'samples'> & { samples: number | null })[];
  /** What each defense found out. */
  proposals: readonly Proposal[];
  /** The original, and what they propose. */
  candidates: readonly Candidate[];
  files: readonly ModelFile[];
  verdict: GateResult;
  findings: readonly Finding[];
  rounding: readonly Rounded[];
  /** Changes since the baseline in the order of the candidates; empty where there is none. */
  changes: readonly Changes[];
  /** A few images for report.html. */
  pictures: Gallery;
  /** How long unlearning would take, where pruning does not repair the net; null where nobody knows. */
  unlearningSeconds: number | null;
}

/** What a report is made of: all but the pictures. */
export type Reported = Omit<ModelOutcome, 'pictures' | 'unlearningSeconds'>;

/** What a report is made of besides the models' outcomes. */
export interface RunFacts {
  errors: Report['errors'];
  config: Config;
  sources: Record<string, Source>;
  run: Report['run'];
  /** The baseline's own file, where there is one. */
  baselineFile: Report['inputs'][number] | null;
}

/** What a report says of one model, and the files that it was made from. */
export interface Finished {
  model: ModelReport;
  inputs: Report['inputs'];
}

/** Brings what was found out about one model into the report's form; weights are let go, and images but the few of the gallery. */
export function finish(outcome: ModelOutcome, sources: RunFacts['sources']): Finished & Pick<ModelOutcome, 'pictures'> {
  return { ...reported(outcome, sources), pictures: outcome.pictures };
}

/** The same without pictures. Steps of a sweep go through `keep` one by one. */
export function reported(outcome: Reported, sources: RunFacts['sources'], keep?: Keep): Finished {
  return {
    model: modelReport(outcome, sources, keep),
    inputs: outcome.inputs.map(({ file, bytes, sha256, samples }) => ({ path: file, bytes, sha256, samples })),
  };
}

/** Joins the models to a report. A run passes if every model did, or has no limits to meet. */
export function assemble(
  finished: readonly Finished[],
  files: readonly string[],
  { errors, config, sources, run, baselineFile }: RunFacts,
): Report {
  const all = finished.flatMap((each) => each.inputs);
  const inputs = new Map(all.map((input) => [JSON.stringify([input.path, input.samples]), input]));
  const verdict = runVerdict(
    finished.map(({ model }) => model.gate.verdict),
    errors.length,
  );
  return {
    schemaVersion: 1,
    passed: verdict === 'passed' || verdict === 'ungated',
    verdict,
    errors,
    config: Object.fromEntries(
      Object.entries(config)
        .filter(([key]) => !whoComputes.includes(key))
        .map(([key, value]) => [key, { value, source: sources[key]! }]),
    ),
    inputs: [...inputs.values(), ...(baselineFile === null ? [] : [baselineFile])],
    models: finished.map(({ model }) => model),
    files: [...files],
    run,
  };
}

function modelReport(outcome: Reported, sources: Record<string, Source>, keep?: Keep): ModelReport {
  const { model, verdict } = outcome;
  return {
    name: outcome.folder,
    path: outcome.path,
    sha256: model.sha256,
    classes: model.classes,
    ...(Object.assign({}, ...outcome.proposals.map((proposal) => proposal.trace(keep))) as Trace),
    candidates: outcome.candidates.map((candidate, i) => {
      const file = outcome.files.find(({ of }) => of === i);
      const change = outcome.changes[i];
      return {
        ...candidate,
        file: file?.path ?? null,
        sha256: file?.sha256 ?? null,
        ...(change === undefined ? {} : { change }),
      };
    }),
    gate: withSources(verdict, sources),
    ...(outcome.rounding.length === 0 ? {} : { rounding: [...outcome.rounding] }),
    findings: [...outcome.findings],
  };
}

/** A verdict whose rules tell where their limits come from. */
function withSources(verdict: GateResult, sources: RunFacts['sources']): ModelReport['gate'] {
  const source = (metric: Metric) => sources[metrics[metric].setting]!;
  return { ...verdict, rules: verdict.rules.map((rule) => ({ ...rule, source: source(rule.metric) })) };
}
