import { lstatSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../base/errors.ts';
import { readReport, readScan } from '../report/record/read-report.ts';
import { type Scan, scanName } from '../report/record/scan.ts';
import type { World } from '../jobs/world.ts';
import { judged } from './collect.ts';
import { judgedScan } from './collect-scans.ts';
import { readEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { type Fence, fence } from './paths.ts';
import type { Runner } from './runner.ts';
import { scanOutputs } from './scan-step.ts';
import { resolveForMerge } from './settings.ts';

/**
 * Tells a report that another run left, and the scan beside it, a stranger's: every figure, finding and verdict is made again from what was counted
 * and judged by the settings here; what contradicts its own counts counts as refused. No model is opened and nothing is written. Throws GoodnetError.
 */
export async function commentMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const startedAt = world.now();
  const { report: file, 'comment-summary-in-pr': when } = inputs.action;
  if (file === undefined)
    throw failure('input-invalid', 'report', {
      cause: 'is missing',
      fix: 'name the report.json that the other run left',
    });
  if (when === 'never')
    throw failure('input-invalid', 'comment-summary-in-pr', {
      cause: 'is `never`',
      fix: 'set it to `always` or `on-failure`',
    });
  const around = fence(runner.env, world.cwd);
  around.admit(file);
  const found = readReport(path.resolve(world.cwd, file), file);
  const models = [...new Set([...found.models, ...found.errors].map((model) => model.path))];
  const { settings, notes, baseline } = await resolveForMerge(inputs, models, around, readEvent(runner.env), runner);
  const planned = models.map((model) => ({ model, sha256: null, plan: null, shard: null }));
  const report = judged([found], planned, { settings, baseline }, { world, startedAt });
  const left = [{ report: found, scan: scanBesideReport(file, around, world) }];
  const asked = { report, settings, isAsked: inputs.action.scan };
  const scan = judgedScan(left, planned, asked, { world, startedAt });
  return {
    report,
    scan,
    artifacts: null,
    out: settings.config.out,
    outputs: { 'report-json': file, 'recommended-model': '', ...scanOutputs(scan) },
    notes: [scan === null ? source : `${source} ${sourceOfScan}`, ...notes],
  };
}

const source =
  'Which models there are, and how many of the images were answered how, is the word of the run that evaluated them. Figures and verdict are computed from these counts, by the settings of this repository.';
const sourceOfScan =
  'So it is with a scan: its masks are the word of that run, its indices and its limit are computed.';

/** The scan that the other run left with its report; null where it left none. */
function scanBesideReport(report: string, { admit }: Fence, { cwd }: World): Scan | null {
  const file = path.join(path.dirname(report), scanName);
  if (lstatSync(path.resolve(cwd, file), { throwIfNoEntry: false }) === undefined) return null;
  admit(file);
  return readScan(path.resolve(cwd, file), file);
}
