import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Config, configSchema, engines, judgedBy } from '../settings/config.ts';
import { dataSettings, type ReadFile } from '../settings/data-files.ts';
import { failure } from '../base/errors.ts';
import type { Door } from '../settings/resolve-config.ts';
import { shapeOf } from '../settings/written.ts';

/** Settings that one flag of the same name sets; the data files have flags of their own. */
type Plain = Exclude<keyof Config, 'models' | 'clean' | 'attacks'>;
type Values = Record<string, unknown>;

/** What messages call settings that flags gave. */
export const commandLine: Door = {
  called: (name) => (name === 'models' ? 'models' : name === 'attacks' ? '--poisoned' : `--${name}`),
  whole: 'command line',
};

const dataFlags: [flag: string, description: string][] = [
  ['--clean <file>', 'clean validation images: HDF5, .npz, or a folder of PNG, JPEG and WebP files'],
  ['--poisoned <[name=]file>', 'poisoned validation images; labels are the target class; once for each attack'],
  ['--test-clean <file>', 'clean test images'],
  ['--test-poisoned <[name=]file>', 'poisoned test images; once for each attack'],
];

/** Gives `command` the data flags, all or that of clean images alone, and a flag for each of the named settings, described by the config's schema. */
export function addFlags(command: Command, settings: readonly Plain[], data: boolean | 'clean'): Command {
  const once =
    (flag: string) =>
    (file: string, before: string | undefined): string => {
      if (before !== undefined)
        throw failure('usage', flag.split(' ')[0]!, { cause: 'is given twice', fix: 'name one file' });
      return file;
    };
  const several = (file: string, before: string[] | undefined): string[] => [...(before ?? []), file];
  if (data !== false) {
    for (const [flag, description] of data === 'clean' ? dataFlags.slice(0, 1) : dataFlags)
      command.addOption(
        flag.includes('name=')
          ? new Option(flag, description).argParser(several)
          : new Option(flag, description).argParser(once(flag)),
      );
  }
  for (const name of settings) {
    const { description = '', default: fallback } = configSchema.properties[name] as {
      description?: string;
      default?: string | number | string[];
    };
    const shown =
      fallback === undefined
        ? description
        : `${description} (default: ${Array.isArray(fallback) ? fallback.join(',') : fallback})`;
    const isRepeated = name === 'evaluator';
    command.addOption(
      new Option(`${name === 'sarif-file' ? '--sarif, ' : ''}--${name} <${placeholder(name)}>`, shown).argParser(
        (text, before: unknown) =>
          isRepeated ? [...((before as string[] | undefined) ?? []), text] : parse(name, text),
      ),
    );
  }
  return command;
}

const placeholders: Partial<Record<Plain, string>> = {
  architecture: 'file',
  engine: engines.join('|'),
  evaluator: 'url',
  layout: 'auto|NCHW|NHWC',
  'class-folders': 'reading',
  'judge-by': judgedBy.join('|'),
  resize: 'bilinear|nearest',
  scale: 'number',
  out: 'folder',
  'sarif-file': 'file',
};
const placeholder = (name: Plain): string =>
  placeholders[name] ??
  { number: 'number', numbers: 'list', words: 'list', text: 'name' }[shapeOf(configSchema.properties[name])];

/** Text to the type that the schema asks for; the schema's own limits are checked when the config is resolved. */
function parse(name: Plain, text: string): unknown {
  const number = (part: string): number => {
    const value = Number(part);
    if (part.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError(`${part} is not a number`);
    return value;
  };
  const listed = text.split(',').map((part) => part.trim());
  switch (shapeOf(configSchema.properties[name])) {
    case 'number':
      return /[/%]/.test(text) ? text : number(text);
    case 'words':
      return listed;
    case 'numbers':
      return listed.map(number);
    default:
      return text;
  }
}

/** Turns commander's values back into settings; `read` makes one of a data file. Throws `usage`, and what `read` throws. */
export function settingsOf(models: readonly string[], values: Values, read: ReadFile): Partial<Config> {
  const settings: Values = models.length > 0 ? { models } : {};
  for (const [key, value] of Object.entries(values)) {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (name in configSchema.properties && name !== 'clean') settings[name] = value;
  }
  const data = (key: string): string[] => [values[key] ?? []].flat() as string[];
  return {
    ...settings,
    ...dataSettings(
      {
        clean: data('clean'),
        poisoned: data('poisoned'),
        'test-clean': data('testClean'),
        'test-poisoned': data('testPoisoned'),
      },
      '--',
      read,
    ),
  };
}
