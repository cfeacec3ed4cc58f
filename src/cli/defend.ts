import path from 'node:path';
import { failure } from '../base/errors.ts';
import type { Profile } from '../jobs/profile.ts';
import { plainJson, plainText } from '../report/escape.ts';
import { durationText } from '../report/advice.ts';
import { replacedLine, scannedLine } from '../report/wording.ts';
import type { Report } from '../report/record/report.ts';
import { run } from '../jobs/defend/run.ts';
import type { Listener, ResumeEvent } from '../jobs/listener.ts';
import { profileTable } from './profile.ts';
import { resolve } from './resolve.ts';
import { candidateTable } from './tables.ts';
import { type Flags, inputError, notMet, passed, showErrors, type Terminal } from './terminal.ts';

const exitCodes: Record<Report['verdict'], number> = {
  passed,
  ungated: passed,
  inconclusive: notMet,
  repairable: notMet,
  failed: notMet,
  error: inputError,
};

/** `goodnet defend`: answers the exit code. */
export async function defendCommand(
  models: readonly string[],
  flags: Flags,
  terminal: Terminal,
  listener: Listener,
): Promise<number> {
  const settings = await resolve(models, flags, terminal);
  const scan = flags['scan'] as string | undefined;
  const counts = flags['counts'] as string | undefined;
  if (scan !== undefined && !settings.config.defenses.includes('unlearning'))
    throw failure('usage', '--scan', {
      cause: 'gives triggers to unlearning, which is not among the defenses',
      fix: 'add `--defenses pruning,unlearning`',
    });
  const tell = (line: string): void => void terminal.stderr.write(`${line}\n`);
  let profile: Profile | undefined;
  const report = await run(
    settings,
    terminal,
    {
      resume: flags['resume'] === true,
      estimates: true,
      ...(scan === undefined ? {} : { scan }),
      ...(counts === undefined ? {} : { counts }),
    },
    {
      ...listener,
      resumed: (event) => tell(resumeLine(event)),
      scanned: (event) => tell(plainText(scannedLine(event))),
      replaced: (folders) => tell(plainText(replacedLine(folders, settings.config.out))),
      profile: (told) => {
        profile = told;
      },
    },
  );
  const code = showReport(report, flags['json'] === true, terminal);
  if (flags['profile'] === true) tell(profileTable(profile!));
  return code;
}

function resumeLine({ kind, models, of }: ResumeEvent): string {
  return kind === 'taken'
    ? `${models} of ${of} models are those of the run that was stopped.`
    : `Stopped. ${models} of ${of} models are kept: the same command, with --resume, goes on with the others.`;
}

/** `goodnet demo`: a gate that is not met is no failure of the demonstration. */
export async function demoCommand({ out }: { out: string }, terminal: Terminal, listener: Listener): Promise<number> {
  const home = { ...terminal, cwd: terminal.packageFolder };
  const shown = async (config: string, folder: string): Promise<number> => {
    const settings = await resolve([], { config, out: path.resolve(terminal.cwd, folder) }, home);
    const code = showReport(await run(settings, home, {}, listener), false, terminal, folder);
    terminal.stdout.write(`As a gate, \`node dist/cli.js defend --config ${config}\` exits with ${code}.\n\n`);
    return code;
  };
  const code = Math.max(
    await shown('examples/goodnet.yml', out),
    await shown('examples/unlearning.yml', `${out}-unlearned`),
  );
  terminal.stdout.write('This was a demonstration.\n');
  return code >= inputError ? code : passed;
}

function showReport(
  report: Report,
  json: boolean,
  { stdout, stderr }: Terminal,
  out = String(report.config['out']!.value),
): number {
  if (json) stdout.write(`${plainJson(report)}\n`);
  else {
    for (const model of report.models) stdout.write(`${candidateTable(model, stdout.columns)}\n\n`);
    if (report.models.length > 0) stdout.write(`Report and repaired models: ${plainText(out)}\n`);
  }
  for (const [path, seconds] of Object.entries(report.run.unlearningSeconds ?? {}))
    stderr.write(`${plainText(path)}: unlearning would take ${durationText(seconds)} here.\n`);
  return Math.max(showErrors(report.errors, stderr), exitCodes[report.verdict]);
}
