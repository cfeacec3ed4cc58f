import { GoodnetError } from '../errors.ts';
import { hasBug } from '../report/model-error.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../world.ts';
import { annotateModels } from './annotations.ts';
import { comment, commentOf } from './comment.ts';
import { commentMode } from './comment-mode.ts';
import { defendMode } from './defend-mode.ts';
import { readEvent } from './event.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { mergeMode } from './merge-mode.ts';
import type { Outcome } from './outcome.ts';
import { outputsOf, setOutputs } from './outputs.ts';
import { planMode } from './plan-mode.ts';
import type { Runner } from './runner.ts';
import { notesOf, refusalSummary, summaryOf } from './summary.ts';

const passed = 0, notMet = 1, inputError = 2, bug = 3;
const exitCodes: Record<Report['verdict'], number> = { passed, ungated: notMet, repairable: notMet, failed: notMet, error: inputError };
const modes = { defend: defendMode, plan: planMode, merge: mergeMode, comment: commentMode };

/** Runs the action and answers its exit code: 0 passed, 1 gate not met, 2 input error, 3 a bug. A summary is written whatever happens. */
export async function main(runner: Runner, world: World): Promise<number> {
  let summary = refusalSummary(null);
  let inputs: Inputs | null = null;
  try {
    inputs = readInputs(runner.env);
    const outcome = await modes[inputs.action.mode](inputs, runner, world);
    summary = outcome.summary ?? '';
    if (outcome.report === null) {
      setOutputs(outcome.outputs, runner);
      if (inputs.action.mode !== 'plan') await renew(summary, inputs, runner);
      return passed;
    }
    const present = await presented(outcome.report, outcome, inputs, runner);
    summary = present.summary;
    return present.code;
  } catch (error) {
    summary = refusalSummary(error);
    if (inputs !== null) await renew(summary, inputs, runner);
    setOutputs({ passed: 'false', verdict: 'error' }, runner);
    return refused(error, runner);
  } finally {
    runner.summary(summary);
  }
}

/** Outputs, comment and annotations of a report. */
async function presented(report: Report, { artifacts, out, outputs, notes }: Outcome, inputs: Inputs, runner: Runner): Promise<{ summary: string; code: number }> {
  const { action } = inputs;
  const content = commentOf(report, notes);
  setOutputs({ ...outputsOf(report, artifacts, content, out), ...outputs }, runner);
  const failed = await comment(content, report.passed && action['comment-summary-in-pr'] === 'on-failure' ? 'renew' : 'write', inputs, readEvent(runner.env), runner);
  const problems = [...(artifacts?.problems ?? []), ...(failed === null ? [] : [failed.problem])];
  for (const problem of problems) runner.annotate('warning', problem, { title: 'goodnet' });
  annotateModels(report, action['warn-only'], runner);
  for (const { trace } of report.errors) if (trace !== undefined) logLines(trace, runner);
  const code = hasBug(report.errors) ? bug : exitCodes[report.verdict];
  return { summary: summaryOf(report, [...notes, ...notesOf(artifacts, problems)]), code: action['warn-only'] && code === notMet ? passed : code };
}

/** A comment of an earlier run must not go on saying what no longer holds. */
async function renew(summary: string, inputs: Inputs, runner: Runner): Promise<void> {
  const failed = await comment(summary, 'renew', inputs, readEvent(runner.env), runner);
  if (failed !== null) runner.annotate('warning', failed.problem, { title: 'goodnet' });
}

function refused(error: unknown, runner: Runner): number {
  if (error instanceof GoodnetError) {
    runner.annotate('error', error.message, { title: 'goodnet' });
    return inputError;
  }
  runner.annotate('error', 'goodnet stopped by a bug; nothing was decided.', { title: 'goodnet' });
  logLines(error instanceof Error ? error.stack ?? error.message : String(error), runner);
  return bug;
}

const logLines = (text: string, runner: Runner): void => text.split('\n').forEach((line) => runner.log(line));
