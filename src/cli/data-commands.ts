import { type Command, InvalidArgumentError } from 'commander';
import { configSchema } from '../settings/config.ts';
import { defaultBounds } from '../base/limits.ts';
import { plainText } from '../report/escape.ts';
import { addFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';

const names = {
  dataName: configSchema.properties['data-name'].default as string,
  labelName: configSchema.properties['label-name'].default as string,
};

/** The commands that write data files. */
export function addDataCommands(program: Command, terminal: Terminal): void {
  const { stdout } = terminal;
  program
    .command('stamp')
    .description('write what the trigger of an attack makes of clean images, and a picture of the first of them')
    .argument('<clean>', 'clean images')
    .requiredOption('--config <file>', 'settings as YAML or JSON: models, attacks and how data is stored')
    .requiredOption('--out <file>', 'HDF5 file to write')
    .option('--attack <name>', 'the attack, where several have a trigger')
    .action(async (clean: string, { config, out, attack }: { config: string; out: string; attack?: string }) => {
      const [{ stamp }, { resolve }] = await Promise.all([import('../jobs/stamp.ts'), import('./resolve.ts')]);
      const made = await stamp({ clean, attack, out }, (await resolve([], { config }, terminal)).config, terminal);
      stdout.write(
        `${plainText(made.path)}: ${made.images} images of ${made.attack}, target ${made.target}; ${made.leftOut} of the target class left out. ${plainText(made.preview)} shows the first.\n`,
      );
    });

  addFlags(
    program
      .command('sample')
      .description('draw a stratified subset of a data file, small enough to commit')
      .argument('<file>', 'HDF5 or .npz file, or folder of images')
      .option('--images <number>', 'images to draw', count(1, 2 ** 31 - 1), 1000)
      .option('--seed <number>', 'the same seed draws the same images', count(0, 2 ** 31 - 1), 1)
      .requiredOption('--out <file>', 'HDF5 file to write'),
    ['data-name', 'label-name', 'max-file-bytes', 'max-memory-bytes'],
    false,
  ).action(
    async (
      file: string,
      {
        images,
        seed,
        out,
        dataName = names.dataName,
        labelName = names.labelName,
        maxFileBytes: fileBytes = defaultBounds.fileBytes,
        maxMemoryBytes: memoryBytes = defaultBounds.memoryBytes,
      }: SampleFlags,
    ) => {
      const { sample } = await import('../jobs/sample.ts');
      const made = await sample(
        { file, images, seed, out, dataName, labelName, bounds: { fileBytes, memoryBytes } },
        terminal,
      );
      stdout.write(
        `${plainText(made.path)}: ${made.images} of ${made.of} images, ${made.classes} classes, ${made.dtype}, ${made.bytes.toLocaleString('en')} bytes\n`,
      );
    },
  );
}

interface SampleFlags {
  images: number;
  seed: number;
  out: string;
  dataName?: string;
  labelName?: string;
  maxFileBytes?: number;
  maxMemoryBytes?: number;
}

const count =
  (least: number, most: number) =>
  (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      throw new InvalidArgumentError(`${text} is no integer ${least}..${most}.`);
    return Number(text);
  };
