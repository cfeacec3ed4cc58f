import { failure } from '../base/errors.ts';
import { runRecord } from '../jobs/run-record.ts';
import type { World } from '../jobs/world.ts';
import { scanContradiction } from '../report/record/recheck-scan.ts';
import type { Report } from '../report/record/report.ts';
import { assembleScan, limitOn, type ModelScan, type Scan, scanName } from '../report/record/scan.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { type Found, findRecord, isOfPlan, otherSetting, type Refused, refuse } from './find-record.ts';
import type { Planned } from './matrix.ts';

/** What a run left: its report, and the scan of the same models where it made one. */
export interface Left {
  report: Report;
  scan: Scan | null;
}

type FoundScan = Found<Scan, ModelScan>;

/**
 * One scan of all planned models, each held against the limit again; null where no run scanned and none was to. `report` is the one that
 * was joined of the same runs. A planned model without a scan, and one whose scan contradicts its own triggers, counts as not scanned.
 */
export function judgedScan(
  left: readonly Left[],
  planned: readonly Planned[],
  { report, settings, isAsked }: { report: Report; settings: ResolvedConfig; isAsked: boolean },
  { world, startedAt }: { world: Pick<World, 'version' | 'now'>; startedAt: Date },
): Scan | null {
  const scansOf = (job: Planned): Scan[] =>
    left.flatMap(({ report, scan }) => (scan !== null && isOfPlan(report.run, job) ? scan : []));
  const scans = [...new Set(planned.flatMap(scansOf))];
  if (scans.length === 0 && !isAskedFor(isAsked, settings)) return null;
  const limit = settings.config['max-anomaly-index'] ?? strictest(scans);
  const found = planned.map((job) => answering(scansOf(job), job, report, settings));
  const scanned = found
    .filter((one) => 'record' in one)
    .map(({ record, model }) => ({
      model: { ...model, limit: limitOn(model.triggers, limit) },
      inputs: record.inputs.map(({ path: file, ...input }) => ({ file, ...input })),
    }));
  const errors = found.filter((one): one is Refused => !('record' in one));
  const run = runRecord(world, startedAt, { engine: 'none', workers: 0 });
  const joined = assembleScan(scanned, [scanName], { errors, ...settings, run });
  const judgedBy: Scan['config'] =
    limit === undefined ? {} : { 'max-anomaly-index': { value: limit, source: sourceOf(settings) } };
  return { ...joined, config: { ...joined.config, ...scans[0]?.config, ...judgedBy, out: joined.config['out']! } };
}

/** A limit that the workflow sets is of a scan. */
const isAskedFor = (isAsked: boolean, { sources }: ResolvedConfig): boolean =>
  isAsked || sources['max-anomaly-index'] === 'flag';

const sourceOf = ({ sources }: ResolvedConfig) => sources['max-anomaly-index'] ?? 'config';

const limitIn = ({ config }: Scan): number | undefined => {
  const value = config['max-anomaly-index']?.value;
  return typeof value === 'number' ? value : undefined;
};

/** Of the limits that scans had of their own. */
function strictest(scans: readonly Scan[]): number | undefined {
  const limits = scans.flatMap((scan) => limitIn(scan) ?? []);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** The scan that answers for a job, of the file that its report is of. Where there is none, what refused the report says why. */
function answering(
  scans: readonly Scan[],
  job: Planned,
  { models, errors }: Report,
  settings: ResolvedConfig,
): FoundScan | Refused {
  const isOfJob = ({ path }: { path: string }): boolean => path === job.model;
  const sha256 = job.sha256 ?? models.find(isOfJob)?.sha256 ?? null;
  const found = findRecord<ModelScan, Scan>(scans, { ...job, sha256 }, said, 'scan');
  if (!('record' in found)) return (found.code === 'scan-missing' && errors.find(isOfJob)) || found;
  const setting = otherSetting(found.record, settings);
  if (setting !== undefined) return refuse(failure('report-settings', job.model, { setting }));
  const problem = scanContradiction(found.model, limitIn(found.record));
  return problem === null ? found : refuse(failure('scan-invalid', job.model, { cause: problem }));
}

/** What a job that ran again finds again, whatever limit it was held against. */
const said = ({ model }: FoundScan): string => JSON.stringify({ ...model, limit: null });
