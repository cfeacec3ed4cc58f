import { endsRun, failure, GoodnetError } from '../../base/errors.ts';
import { machineFault } from '../../base/machine.ts';
import type { Report } from './report.ts';

type ModelError = Report['errors'][number];

const longestCause = 200,
  longestTrace = 10_000;

/** What a report says of a model that was not judged: what the user can mend, or a bug with its trace. Throws what ends the whole run. */
export function modelError(
  path: string,
  error: unknown,
  { cwd, signal }: { cwd: string; signal?: AbortSignal },
): ModelError {
  signal?.throwIfAborted();
  const fault = error instanceof GoodnetError ? null : machineFault(error);
  if (fault?.code === 'machine-memory')
    return { path, code: fault.code, message: `${path}: ${fault.reason}; ${fault.hint}` }; // it may be what this one model asks for
  if (fault !== null) throw fault;
  if (!(error instanceof GoodnetError)) return bugIn(path, traceOf(error, cwd));
  if (endsRun(error)) throw error;
  return { path, code: error.code, message: error.message };
}

/** Whether one of the models met a bug. */
export const hasBug = (errors: Report['errors']): boolean => errors.some(({ code }) => code === 'bug');

function bugIn(path: string, trace: string): ModelError {
  const [cause = ''] = trace.split('\n');
  const { code, message } = failure('bug', path, { cause: cause.slice(0, longestCause) });
  return { path, code, message, trace };
}

/** An error's stack, with paths below the working folder as they are there. */
function traceOf(error: unknown, cwd: string): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (cwd === '/' ? text : text.replaceAll(`${cwd}/`, '')).slice(0, longestTrace);
}
