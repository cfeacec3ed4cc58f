import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { configSchema, type ResolvedConfig, resolveConfig } from '../config.ts';
import { readConfig } from '../config-file.ts';
import { failure, GoodnetError } from '../errors.ts';
import { evaluate } from '../evaluate.ts';
import { inspect } from '../inspect.ts';
import { plainText } from '../report/escape.ts';
import type { Report } from '../report/report.ts';
import type { Probe } from '../probe.ts';
import { run, type World } from '../run.ts';
import { suggestConfig, type SuggestedConfig, writeSetup } from '../setup.ts';
import { addDataCommands } from './data-commands.ts';
import { addFlags, settingsOf } from './flags.ts';
import { progressDisplay } from './progress.ts';
import { candidateTable, evaluationTable, inspectionTable, probeTable } from './tables.ts';

/** The process around the command line. */
export interface Terminal extends World {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** Folder of the installed package: examples/ lies there. */
  packageFolder: string;
}

const passed = 0, notMet = 1, inputError = 2, bug = 3, interrupted = 130;
const exitCodes: Record<Report['verdict'], number> = { passed, ungated: passed, repairable: notMet, failed: notMet, error: inputError };
type Setting = Parameters<typeof addFlags>[1][number];
const settings = Object.keys(configSchema.properties).filter((name): name is Setting => !['models', 'clean', 'attacks'].includes(name));
const reading = settings.filter((name) => ['architecture', 'data-name', 'label-name', 'layout', 'resize', 'scale', 'mean', 'std', 'max-file-bytes', 'max-memory-bytes', 'time-budget-minutes'].includes(name));
const inspecting = settings.filter((name) => name !== 'out' && name !== 'order');

/** Runs one command line and answers its exit code: 0 passed or nothing to gate, 1 gate not met, 2 input or usage error, 3 a bug, 130 interrupted. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const display = progressDisplay(terminal.stderr, terminal.now);
  let code = passed;
  const program = commands(terminal, { ...terminal, progress: display.show }, (result) => { code = Math.max(code, result); });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (terminal.signal?.aborted) return interrupted;
    if (error instanceof CommanderError) return error.exitCode === 0 ? passed : inputError;
    if (error instanceof GoodnetError) {
      terminal.stderr.write(`${plainText(error.message)}\n`);
      return inputError;
    }
    terminal.stderr.write(`This is a bug in goodnet:\n${error instanceof Error ? error.stack : String(error)}\n`);
    return bug;
  } finally {
    display.stop();
  }
}

function commands(terminal: Terminal, world: World, finish: (code: number) => void): Command {
  const { stdout, stderr } = terminal;
  const program = new Command('goodnet').description('The pruning defense against backdoored image classifiers.').version(terminal.version)
    .exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}; --help lists the options\n`),
    });

  addFlags(program.command('defend').description('rank, prune, build GoodNets, score and gate; writes repaired models and a report')
    .argument('[models...]', 'Keras models').option('--config <file>', 'settings as YAML or JSON').option('--json', 'print report.json'), settings, true)
    .action(async (models: string[], flags: Record<string, unknown>) => {
      finish(showReport(await run(resolved(models, flags, terminal), world), flags['json'] === true, terminal));
    });

  addFlags(program.command('evaluate').description('accuracy and attack success rate of many models, GoodNets too, in one table')
    .argument('[models...]', 'Keras models').option('--config <file>', 'settings as YAML or JSON').option('--json', 'print the figures as JSON'), reading, true)
    .action(async (models: string[], flags: Record<string, unknown>) => {
      const result = await evaluate(resolved(models, flags, terminal), world);
      if (flags['json'] === true) stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else if (result.models.length > 0) stdout.write(`${evaluationTable(result.models)}\n`);
      finish(showErrors(result.errors, stderr));
    });

  addFlags(program.command('inspect').description('the layers of a model, which can be pruned, what would be chosen; with clean images, how their pixels are to be prepared')
    .argument('<model>', 'Keras model').option('--json', 'print what was found as JSON').option('--write', 'write .github/goodnet.yml and a workflow that gates the model'), inspecting, true)
    .action(async (model: string, flags: Record<string, unknown>) => {
      const resolvedFlags = resolved([model], flags, terminal);
      const found = await inspect(model, resolvedFlags.config, world);
      const suggested = found.probe && suggestConfig(resolvedFlags, found.probe);
      if (flags['write'] === true && found.probe === null) throw failure('usage', '--write', { cause: 'needs clean images', fix: 'add `--clean FILE`' });
      const written = flags['write'] === true ? writeSetup(suggested!, found.probe!, terminal.cwd) : [];
      if (flags['json'] === true) stdout.write(`${JSON.stringify({ ...found, config: suggested?.settings ?? null, written }, null, 2)}\n`);
      else stdout.write(`${[inspectionTable(found), ...(suggested === null ? [] : ['', probeTable(found.probe!), ...suggestion(suggested, found.probe!, written)])].join('\n')}\n`);
    });

  addDataCommands(program, terminal, world, (config) => resolved([], { config }, terminal).config);

  program.command('demo').description('run the defense on the two example BadNets').option('--out <folder>', 'folder for repaired models and the report', 'goodnet-demo')
    .action(async ({ out }: { out: string }) => {
      const flags = { config: 'examples/goodnet.yml', out: path.resolve(terminal.cwd, out) };
      const home = { ...terminal, cwd: terminal.packageFolder };
      const code = showReport(await run(resolved([], flags, home), { ...world, cwd: home.cwd }), false, terminal);
      stdout.write(`\nThis was a demonstration. As a gate, \`node dist/cli.js defend --config examples/goodnet.yml\` exits with ${code}.\n`);
      if (code >= inputError) finish(code);
    });
  return program;
}

function suggestion({ text, settings: config }: SuggestedConfig, { verdict }: Probe, written: readonly string[]): string[] {
  if (written.length > 0) return ['', `Written: ${written.join(', ')}. Commit them with the model and the data.`,
    ...(config.accept === undefined ? ['The gate is on the submitted model alone; with `accept: [pruned, goodnet]` in the config a repaired one may pass as well.'] : [])];
  return verdict === 'none' ? [] : ['', 'As a config:', '', text.trimEnd()];
}

function resolved(models: readonly string[], flags: Record<string, unknown>, { cwd }: { cwd: string }): ResolvedConfig {
  const file = flags['config'] as string | undefined;
  const settings = settingsOf(models, flags);
  if (file === undefined && models.length === 0) throw failure('usage', 'command line', { cause: 'names no model', fix: 'name a model and `--clean FILE`, or `--config FILE`' });
  return resolveConfig(settings, file === undefined ? {} : readConfig(path.resolve(cwd, file), file), file ?? null);
}

function showReport(report: Report, json: boolean, { stdout, stderr }: Terminal): number {
  if (json) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    for (const model of report.models) stdout.write(`${candidateTable(model)}\n\n`);
    if (report.models.length > 0) stdout.write(`Report and repaired models: ${plainText(String(report.config['out']!.value))}\n`);
  }
  showErrors(report.errors, stderr);
  return exitCodes[report.verdict];
}

function showErrors(errors: Report['errors'], stderr: NodeJS.WritableStream): number {
  for (const { path: model, message } of errors) stderr.write(`${plainText(message.startsWith(`${model}:`) ? message : `${model}: ${message}`)}\n`);
  return errors.length > 0 ? inputError : passed;
}
