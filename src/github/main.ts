// The room github: the Action: it translates, and computes nothing.
// It may import jobs and what lies below.
import { GoodnetError } from '../base/errors.ts';
import { hasBug } from '../report/record/model-error.ts';
import { machineFault } from '../base/machine.ts';
import type { Report } from '../report/record/report.ts';
import type { World } from '../jobs/world.ts';
import { annotateModels } from './annotations.ts';
import { comment, commentOf } from './comment.ts';
import { isGate, withScan } from '../report/record/with-scan.ts';
import { commentMode } from './comment-mode.ts';
import { defendMode } from './defend-mode.ts';
import { readEvent } from './event.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { inCapitals } from './unknown-inputs.ts';
import { mergeMode } from './merge-mode.ts';
import type { Outcome } from './outcome.ts';
import { outputsOf, setOutputs } from './outputs.ts';
import { planMode } from './plan-mode.ts';
import type { Runner } from './runner.ts';
import { shardMode } from './shard-mode.ts';
import { notesOf, refusalSummary, summaryOf, uncountedSummary } from './summary.ts';

const passed = 0,
  notMet = 1,
  inputError = 2,
  bug = 3;
const exitCodes: Record<Report['verdict'], number> = {
  passed,
  ungated: notMet,
  inconclusive: notMet,
  repairable: notMet,
  failed: notMet,
  error: inputError,
};
const modes = { defend: defendMode, plan: planMode, shard: shardMode, merge: mergeMode, comment: commentMode };

/** Runs the action and answers its exit code: 0 passed, 1 gate not met, 2 input error, 3 a bug. A summary is written whatever happens; where it or the outputs cannot be, nothing has passed. */
export async function main(runner: Runner, world: World): Promise<number> {
  const { code, summary } = await decided(runner, world);
  try {
    runner.summary(summary);
    return code;
  } catch (error) {
    return refused(error, runner);
  }
}

async function decided(around: Runner, world: World): Promise<{ code: number; summary: string }> {
  let runner = around;
  let inputs: Inputs | null = null;
  try {
    runner = { ...around, env: inCapitals(around.env) };
    inputs = readInputs(runner.env);
    if (inputs.action.scan && inputs.action.mode === 'plan')
      runner.annotate('warning', '`scan` is ignored: `mode: plan` scans nothing.', { title: 'goodnet' });
    const outcome = await modes[inputs.action.mode](inputs, runner, world);
    if (outcome.report !== null) return await presented(outcome.report, outcome, inputs, runner);
    const { summary = '', errors = [] } = outcome;
    if (errors.length > 0) return uncounted(errors, runner);
    setOutputs(outcome.outputs, runner);
    if (!['plan', 'shard'].includes(inputs.action.mode)) await renew(summary, inputs, runner);
    return { code: passed, summary };
  } catch (error) {
    const known = error instanceof GoodnetError ? error : machineFault(error);
    const summary = refusalSummary(known);
    if (inputs !== null) await renew(summary, inputs, runner);
    return { code: refused(known ?? error, runner), summary };
  }
}

/** Outputs, comment and annotations of a report, and of a scan beside it. */
async function presented(
  report: Report,
  { scan = null, artifacts, out, outputs, notes }: Outcome,
  inputs: Inputs,
  runner: Runner,
): Promise<{ summary: string; code: number }> {
  const { action } = inputs;
  const content = commentOf(report, notes, scan);
  const judged = withScan(report, scan);
  setOutputs({ ...outputsOf(judged, artifacts, content, out), ...outputs }, runner);
  const failed = await comment(
    content,
    judged.passed && action['comment-summary-in-pr'] === 'on-failure' ? 'renew' : 'write',
    inputs,
    readEvent(runner.env),
    runner,
  );
  const problems = [...(artifacts?.problems ?? []), ...(failed === null ? [] : [failed.problem])];
  for (const problem of problems) runner.annotate('warning', problem, { title: 'goodnet' });
  annotateModels(report, scan, action['warn-only'], runner);
  for (const { trace } of [...report.errors, ...(scan?.errors ?? [])]) if (trace !== undefined) logLines(trace, runner);
  const refusing = [...report.errors, ...(scan !== null && isGate(scan) ? scan.errors : [])];
  const code = hasBug(refusing) ? bug : exitCodes[judged.verdict];
  return {
    summary: summaryOf(report, [...notes, ...notesOf(artifacts, problems)], scan),
    code: action['warn-only'] && code === notMet ? passed : code,
  };
}

/** Says which models a shard did not count, and why. */
function uncounted(errors: Report['errors'], runner: Runner): { summary: string; code: number } {
  setOutputs({ passed: 'false', verdict: 'error' }, runner);
  for (const { path, message, trace } of errors) {
    runner.annotate('error', message, { title: `goodnet: ${path}`, file: path });
    if (trace !== undefined) logLines(trace, runner);
  }
  return { summary: uncountedSummary(errors), code: hasBug(errors) ? bug : inputError };
}

/** A comment of an earlier run must not go on saying what no longer holds. */
async function renew(summary: string, inputs: Inputs, runner: Runner): Promise<void> {
  const failed = await comment(summary, 'renew', inputs, readEvent(runner.env), runner);
  if (failed !== null) runner.annotate('warning', failed.problem, { title: 'goodnet' });
}

/** Says that nothing has passed, and why; answers the exit code. */
function refused(error: unknown, runner: Runner): number {
  try {
    setOutputs({ passed: 'false', verdict: 'error' }, runner);
  } catch (second) {
    if ((second as Error).message !== (error as Error | null)?.message) told(second, runner);
  }
  return told(error, runner);
}

function told(error: unknown, runner: Runner): number {
  if (error instanceof GoodnetError) {
    runner.annotate('error', error.message, { title: 'goodnet' });
    return inputError;
  }
  runner.annotate('error', 'goodnet stopped by a bug; nothing was decided.', { title: 'goodnet' });
  logLines(error instanceof Error ? (error.stack ?? error.message) : String(error), runner);
  return bug;
}

const logLines = (text: string, runner: Runner): void => text.split('\n').forEach((line) => runner.log(line));
