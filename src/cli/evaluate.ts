import { evaluate } from '../jobs/evaluate.ts';
import { plainJson } from '../report/escape.ts';
import type { Listener } from '../jobs/listener.ts';
import { resolve } from './resolve.ts';
import { evaluationTable } from './tables.ts';
import { type Flags, showErrors, type Terminal } from './terminal.ts';

/** `goodnet evaluate`: answers the exit code. */
export async function evaluateCommand(
  models: readonly string[],
  flags: Flags,
  terminal: Terminal,
  listener: Listener,
): Promise<number> {
  const result = await evaluate(await resolve(models, flags, terminal), terminal, listener);
  if (flags['json'] === true) terminal.stdout.write(`${plainJson(result)}\n`);
  else if (result.models.length > 0)
    terminal.stdout.write(`${evaluationTable(result.models, terminal.stdout.columns)}\n`);
  return showErrors(result.errors, terminal.stderr);
}
