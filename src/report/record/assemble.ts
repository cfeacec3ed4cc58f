import type { Config } from '../../settings/config.ts';
import type { Source } from '../../settings/resolve-config.ts';
import type { DataInput } from '../../data/stored.ts';
import type { Measured } from '../../defense/pruning/candidates.ts';
import type { Candidate } from '../../verdict/figures.ts';
import type { Checkpoint } from '../../defense/pruning/checkpoints.ts';
import { percent } from '../../verdict/metrics.ts';
import type { Ranking } from '../../defense/pruning/rank.ts';
import type { Rounded } from '../../verdict/rounding.ts';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
import type { Target } from '../../defense/pruning/target.ts';
import type { Finding } from './findings.ts';
import { type Changes, type GateResult, runVerdict } from '../../verdict/gate.ts';
import { type Metric, metrics } from '../../verdict/metric-table.ts';
import type { Model } from '../../models/keras/model.ts';
import type { Gallery } from '../html/gallery.ts';
import type { ModelReport, Report } from './report.ts';
import type { ModelFile } from '../write-models.ts';

/** Everything that the stages found out about one model. */
export interface ModelOutcome {
  path: string;
  folder: string;
  model: Pick<Model, 'sha256' | 'classes'>;
  /** The model file, its architecture and the data files, as they were read. */
  inputs: (Omit<DataInput, 'samples'> & { samples: number | null })[];
  target: Pick<Target, 'prunes' | 'rankLayer'> & { layer: { name: string } };
  layerIsDefault: boolean;
  ranking: Ranking;
  validation: Measured;
  picks: readonly Checkpoint[];
  candidates: readonly Candidate[];
  files: readonly ModelFile[];
  verdict: GateResult;
  findings: readonly Finding[];
  rounding: readonly Rounded[];
  /** Changes since the baseline in the order of the candidates; empty where there is none. */
  changes: readonly Changes[];
  /** A few images for report.html. */
  pictures: Gallery;
}

/** What a report is made of: all but the pictures. */
export type Reported = Omit<ModelOutcome, 'pictures'>;

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

/** The same without pictures. Steps are put through `keep` one by one, so that one who has them already need not hold them twice. */
export function reported(
  outcome: Reported,
  sources: RunFacts['sources'],
  keep: (step: StepReport, index: number) => StepReport = (step) => step,
): Finished {
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
  const inputs = new Map(finished.flatMap((each) => each.inputs).map((input) => [input.path, input]));
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
        .filter(([key]) => key !== 'workers')
        .map(([key, value]) => [key, { value, source: sources[key]! }]),
    ),
    inputs: [...inputs.values(), ...(baselineFile === null ? [] : [baselineFile])],
    models: finished.map(({ model }) => model),
    files: [...files],
    run,
  };
}

type StepReport = ModelReport['sweep']['steps'][number];

function modelReport(
  outcome: Reported,
  sources: Record<string, Source>,
  keep: (step: StepReport, index: number) => StepReport,
): ModelReport {
  const { model, target, ranking, validation, verdict } = outcome;
  return {
    name: outcome.folder,
    path: outcome.path,
    sha256: model.sha256,
    classes: model.classes,
    layer: target.layer.name,
    prunes: target.prunes,
    rankLayer: target.rankLayer,
    layerIsDefault: outcome.layerIsDefault,
    ranking: { meanActivation: [...ranking.meanActivation], order: [...ranking.order] },
    sweep: {
      clean: validation.sizes.clean,
      poisoned: validation.sizes.poisoned,
      steps: validation.steps.map(({ step, channel, pruned, goodnet }, i) =>
        keep(
          {
            step,
            channel,
            ...withRates(pruned, validation),
            goodnet: { ...goodnetCounts(goodnet), ...withRates(goodnet, validation) },
          },
          i,
        ),
      ),
    },
    checkpoints: [...outcome.picks],
    candidates: outcome.candidates.map((candidate, i) => {
      const file = outcome.files.find(
        (other) => other.kind === candidate.kind && other.checkpoint === candidate.checkpoint,
      );
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

const goodnetCounts = ({ correct, hits, robust, rejectedClean, rejectedPoisoned }: GoodNetCounts): GoodNetCounts => ({
  correct,
  hits,
  robust,
  rejectedClean,
  rejectedPoisoned,
});

/** Counts on images of these numbers, with the percentages that they are. */
export function withRates({ correct, hits, robust }: Counts, { sizes }: Pick<Measured, 'sizes'>) {
  const rates = (counts: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(counts).map(([attack, count]) => [attack, percent(count, sizes.poisoned[attack]!)!]),
    );
  return {
    correct,
    hits,
    accuracy: percent(correct, sizes.clean)!,
    asr: rates(hits),
    robust,
    robustAccuracy: rates(robust),
  };
}
