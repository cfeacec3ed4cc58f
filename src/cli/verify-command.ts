import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import type { Config } from '../settings/config.ts';
import { plainJson, plainText } from '../report/escape.ts';
import type { Listener } from '../jobs/listener.ts';
import { addFlags, commandLine, settingsOf } from './flags.ts';
import type { Terminal } from './terminal.ts';

const agrees = 0,
  differs = 1,
  inputError = 2;

/** `goodnet verify`: 0 if the folder is as `defend` wrote it, 1 if anything differs, 2 if it is no such folder or could not be computed again. */
export function addVerify(
  program: Command,
  settings: Parameters<typeof addFlags>[1],
  terminal: Terminal,
  listener: Listener,
  finish: (code: number) => void,
): void {
  const { stdout, stderr } = terminal;
  addFlags(
    program
      .command('verify')
      .description(
        'check a folder that defend wrote: files, inputs, figures and verdict; with --rerun the whole defense again. Inputs that lie elsewhere now are named as for defend',
      )
      .argument('<folder>', 'folder with manifest.json')
      .argument('[models...]', 'Keras models, where they lie elsewhere now')
      .option('--rerun', 'compute everything again and compare')
      .option('--without-models', 'repaired models may be absent')
      .option('--inputs <folder>', 'folder that the recorded paths of inputs start from', '.')
      .option('--config <file>', 'settings as YAML or JSON')
      .option('--json', 'print what was found as JSON'),
    settings.filter((name) => name !== 'out' && name !== 'sarif-file'),
    true,
  ).action(async (folder: string, models: string[], flags: Record<string, unknown>) => {
    // A report may be large: without this V8 lets garbage grow to what lives.
    if (flags['rerun'] !== true) setFlagsFromString('--optimize-for-size');
    const [{ verify }, { verificationText }] = await Promise.all([
      import('../jobs/verify/verify.ts'),
      import('./verification.ts'),
    ]);
    const given = await givenSettings(models, flags, terminal.cwd);
    const result = await verify(
      {
        folder,
        inputs: flags['inputs'] as string,
        given,
        rerun: flags['rerun'] === true,
        withoutModels: flags['withoutModels'] === true,
      },
      terminal,
      listener,
    );
    stdout.write(flags['json'] === true ? `${plainJson(result)}\n` : `${verificationText(result)}\n`);
    if (typeof result.rerun === 'string') stderr.write(`${plainText(result.rerun)}\n`);
    finish(typeof result.rerun === 'string' ? inputError : result.differences.length > 0 ? differs : agrees);
  });
}

/** What flags and config file say, without defaults: those are the recorded ones. Throws `config-invalid` or `usage`. */
async function givenSettings(
  models: readonly string[],
  flags: Record<string, unknown>,
  cwd: string,
): Promise<Partial<Config>> {
  const [{ checkedJoin }, { parseImageFile, readConfig }] = await Promise.all([
    import('../settings/resolve-config.ts'),
    import('../settings/config-file.ts'),
  ]);
  const file = flags['config'] as string | undefined;
  const fromFile = file === undefined ? {} : readConfig(path.resolve(cwd, file), file);
  const given = settingsOf(models, flags, parseImageFile);
  const checked = checkedJoin(given, { models: ['-'], ...fromFile }, file ?? null, commandLine);
  return Object.fromEntries(
    Object.entries(checked).filter(
      ([name]) => (name in given || name in fromFile) && name !== 'out' && name !== 'sarif-file',
    ),
  );
}
