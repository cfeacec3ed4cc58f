import path from 'node:path';
import { openFile } from '../base/files.ts';
import { NewFile } from '../output/new-file.ts';
import { Output } from '../output/output.ts';
import type { Report } from '../report/record/report.ts';
import { scanName, scanText } from '../report/record/scan.ts';
import { reportPage } from '../report/html/write-page.ts';
import { isOwnSarif, sarif } from '../report/sarif.ts';
import { commentName, reportPaths, stageReport } from '../report/write-report.ts';
import type { World } from '../jobs/world.ts';
import { artifactName, artifactPrefix, mergedSuffix, uploadArtifacts } from './artifacts.ts';
import { judged } from './collect.ts';
import { judgedScan } from './collect-scans.ts';
import { commentOf } from './comment.ts';
import { readEvent } from './event.ts';
import { fetchReports } from './fetch-reports.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { plannedModels } from './matrix.ts';
import { mergeShards } from './merge-shards.ts';
import { type Outputs, recommendedFile } from './outputs.ts';
import { fence } from './paths.ts';
import { nothingToEvaluate } from './plan-mode.ts';
import type { Runner } from './runner.ts';
import { scanOutputs } from './scan-step.ts';
import { resolveForMerge } from './settings.ts';

/** Joins the reports of a plan's jobs to one, and their scans: verdicts again from the counts, a planned model without a report counts as refused. Throws GoodnetError. */
export async function mergeMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const startedAt = world.now();
  const planned = plannedModels(inputs.action.matrix);
  if (planned.some(({ shard }) => shard !== null)) return mergeShards(planned, inputs, runner, world);
  const around = fence(runner.env, world.cwd);
  const event = readEvent(runner.env);
  const {
    settings: judging,
    notes,
    baseline,
  } = await resolveForMerge(
    inputs,
    planned.map(({ model }) => model),
    around,
    event,
    runner,
  );
  const { config } = judging;
  if (planned.length === 0) return nothingToEvaluate(null, config.out);
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  const log = config['sarif-file'] === undefined ? null : new NewFile(config['sarif-file'], world.cwd, isOwnSarif);
  const fetched = await fetchReports(inputs.action['artifact-name'] ?? artifactPrefix, runner);
  const allNotes = [...notes, ...fetched.notes];
  const { left } = fetched;
  const place = { world, startedAt };
  const reports = left.map(({ report }) => report);
  const joined = judged(reports, planned, { settings: judging, baseline }, place);
  const asked = { report: joined, settings: judging, isAsked: inputs.action.scan };
  const scan = judgedScan(left, planned, asked, place);
  const asides = [commentName, ...(scan === null ? [] : [scanName])];
  const report: Report = { ...joined, files: [...reportPaths(joined.models.map(({ name }) => name)), ...asides] };
  output.claim(report.files);
  try {
    if (report.models.length > 0) {
      await stageReport(report, reportPage(report, [], world.assets), output, world.signal);
      output.stage(commentName, commentOf(report, allNotes, scan));
      if (scan !== null) output.stage(scanName, scanText(scan));
    }
    output.publish();
    log?.write(Buffer.from(sarif(report)));
  } finally {
    output.discard();
  }
  const name = `${artifactName(inputs.action['artifact-name'], runner.env)}${mergedSuffix}`;
  const artifacts =
    report.models.length === 0
      ? null
      : await uploadArtifacts(
          report,
          { out: path.resolve(world.cwd, config.out), name, runUrl: event.runUrl, notes: allNotes },
          inputs.action,
          runner,
          ['report'],
        );
  const outputs = { ...absentModel(report, config.out, world.cwd), ...scanOutputs(scan) };
  return { report, scan, artifacts, out: config.out, outputs, notes: allNotes };
}

/** The repaired models lie in the artifacts of their jobs: no file is named here that later steps would not find as it was scored. */
function absentModel({ models: [model] }: Report, out: string, cwd: string): Outputs {
  const file = model === undefined ? null : recommendedFile(model, out);
  if (file === null) return {};
  try {
    openFile(path.resolve(cwd, file.file), file).close();
    return {};
  } catch {
    return { 'recommended-model': '' };
  }
}
