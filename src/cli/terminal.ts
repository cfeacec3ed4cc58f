import { plainLines, plainText } from '../report/escape.ts';
import { hasBug } from '../report/record/model-error.ts';
import type { Report } from '../report/record/report.ts';
import type { World } from '../jobs/world.ts';

/** The process around the command line. */
export interface Terminal extends World {
  /** Its `columns` are those of a terminal; where it is none, there are none. */
  stdout: NodeJS.WritableStream & { columns?: number };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** Folder of the installed package: examples/ lies there. */
  packageFolder: string;
}

/** Flags of a command as commander hands them over. */
export type Flags = Record<string, unknown>;

export const passed = 0,
  notMet = 1,
  inputError = 2,
  bug = 3,
  interrupted = 130;

/** Prints a line for each model that was not judged, and the trace of a bug; answers the exit code that follows. */
export function showErrors(errors: Report['errors'], stderr: NodeJS.WritableStream): number {
  for (const { path: model, message, trace } of errors) {
    stderr.write(`${plainText(message.startsWith(`${model}:`) ? message : `${model}: ${message}`)}\n`);
    if (trace !== undefined) stderr.write(`${plainLines(trace)}\n`);
  }
  if (hasBug(errors)) return bug;
  return errors.length > 0 ? inputError : passed;
}
