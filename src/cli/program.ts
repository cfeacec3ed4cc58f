// The room cli: the command line: it translates, and computes nothing.
// It may import jobs and what lies below.
import { Command, CommanderError } from 'commander';
import { configSchema } from '../settings/config.ts';
import { withRole } from '../settings/roles.ts';
import { endOf } from '../jobs/last-resort.ts';
import { plainText } from '../report/escape.ts';
import type { Listener } from '../jobs/listener.ts';
import { addCompare } from './compare-command.ts';
import { addDataCommands } from './data-commands.ts';
import { addFlags } from './flags.ts';
import { addServe } from './serve-command.ts';
import { progressDisplay } from './progress.ts';
import { type Flags, inputError, interrupted, passed, type Terminal } from './terminal.ts';
import { addVerify } from './verify-command.ts';

type Setting = Parameters<typeof addFlags>[1][number];
const settings = Object.keys(configSchema.properties).filter(
  (name): name is Setting => !['models', 'clean', 'attacks', 'max-anomaly-index'].includes(name),
);
const asking: readonly Setting[] = ['evaluator', 'evaluator-check', 'concurrency'];
const alone = settings.filter((name) => !asking.includes(name));
const scoring: string[] = ['architecture', 'engine', ...withRole(configSchema, 'data', 'machine')];
const reading = alone.filter((name) => scoring.includes(name));
const inspecting = alone.filter((name) => !['out', 'order', 'sarif-file', 'workers'].includes(name));

/** Runs one command line and answers its exit code: 0 passed or nothing to gate, 1 gate not met, 2 input or usage error, 3 a bug, 130 interrupted. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const display = progressDisplay(terminal.stderr, terminal.now);
  let code = passed;
  const program = commands(terminal, { progress: display.show }, (result) => {
    code = Math.max(code, result);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (terminal.signal?.aborted) {
      terminal.stderr.write('Interrupted.\n');
      return interrupted;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? passed : inputError;
    const { code: end, text } = endOf(error);
    terminal.stderr.write(text);
    return end;
  } finally {
    display.stop();
  }
}

/** Declares every command; a command loads its job when it is run, so that the others cost nothing. */
function commands(terminal: Terminal, listener: Listener, finish: (code: number) => void): Command {
  const { stdout, stderr } = terminal;
  const program = new Command('goodnet')
    .description('The pruning defense against backdoored image classifiers.')
    .version(terminal.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) =>
        write(`${plainText(text.trim().replaceAll('\n', ' '))}; --help lists the options\n`),
    });

  addFlags(
    program
      .command('defend')
      .description('rank, prune, build GoodNets, score and gate; writes repaired models and a report')
      .argument('[models...]', 'Keras models')
      .option('--config <file>', 'settings as YAML or JSON')
      .option('--json', 'print report.json')
      .option(
        '--resume',
        'go on where a run into the same folder was stopped; if this one is stopped, keep the models that are finished',
      )
      .option('--scan <folder>', 'take the triggers of `goodnet scan` in that folder for the first round of unlearning')
      .option('--profile', 'print where the time of the run went'),
    settings,
    true,
  ).action(async (models: string[], flags: Flags) =>
    finish(await (await import('./defend.ts')).defendCommand(models, flags, terminal, listener)),
  );

  addFlags(
    program
      .command('evaluate')
      .description('accuracy and attack success rate of many models, GoodNets too, in one table')
      .argument('[models...]', 'Keras models')
      .option('--config <file>', 'settings as YAML or JSON')
      .option('--json', 'print the figures as JSON'),
    [...reading, ...asking],
    true,
  ).action(async (models: string[], flags: Flags) =>
    finish(await (await import('./evaluate.ts')).evaluateCommand(models, flags, terminal, listener)),
  );

  addFlags(
    program
      .command('inspect')
      .description(
        'the layers of a model, which can be pruned, what would be chosen; with clean images, how their pixels are to be prepared',
      )
      .argument('<model>', 'Keras model')
      .option('--json', 'print what was found as JSON')
      .option('--write', 'write .github/goodnet.yml and a workflow that gates the model'),
    inspecting,
    true,
  ).action(async (model: string, flags: Flags) =>
    finish(await (await import('./inspect.ts')).inspectCommand(model, flags, terminal)),
  );

  addFlags(
    program
      .command('scan')
      .description('look for backdoor triggers that nobody told of: a trigger for each class, by clean images alone')
      .argument('[models...]', 'Keras models')
      .option('--config <file>', 'settings as YAML or JSON')
      .option('--json', 'print scan.json')
      .option('--out <folder>', 'folder for the triggers and what is told of them', 'goodnet-scan')
      .option('--resume', 'go on with what a stopped run found, and keep what is found if this one is stopped'),
    [...reading, 'max-anomaly-index'],
    'clean',
  ).action(async (models: string[], flags: Flags) =>
    finish(await (await import('./scan.ts')).scanCommand(models, flags, terminal, listener)),
  );

  addFlags(
    program
      .command('shard')
      .description("count one machine's share of a run: every Nth chunk of images, for `goodnet merge`")
      .argument('[models...]', 'Keras models')
      .option('--config <file>', 'settings as YAML or JSON')
      .requiredOption('--shard <i/n>', 'which of how many; N alone in an array job')
      .requiredOption('--phase <name>', 'rank, sweep or test: each once all shards of the one before are done')
      .option('--out <folder>', 'folder for the counts of all shards', 'goodnet-shards'),
    alone.filter((name) => !['out', 'sarif-file'].includes(name)),
    true,
  ).action(async (models: string[], flags: Flags) =>
    finish(await (await import('./shard.ts')).shardCommand(models, flags, terminal, listener)),
  );

  addFlags(
    program
      .command('merge')
      .description('the run that shards counted for: as `defend`, with their counts')
      .argument('<folder>', 'what shards wrote')
      .argument('[models...]', 'Keras models')
      .option('--config <file>', 'settings as YAML or JSON')
      .option('--json', 'print report.json'),
    alone,
    true,
  ).action(async (counts: string, models: string[], flags: Flags) =>
    finish(await (await import('./defend.ts')).defendCommand(models, { ...flags, counts }, terminal, listener)),
  );

  addDataCommands(program, terminal);

  addCompare(program, terminal);
  addServe(program, terminal, finish);
  addVerify(program, alone, terminal, listener, finish);

  program
    .command('demo')
    .description('run the defense on the two example BadNets')
    .option('--out <folder>', 'folder for repaired models and the report', 'goodnet-demo')
    .action(async (flags: { out: string }) =>
      finish(await (await import('./defend.ts')).demoCommand(flags, terminal, listener)),
    );
  return program;
}
