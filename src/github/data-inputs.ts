import type { Config } from '../settings/config.ts';
import { parseConfig, parseImageFile } from '../settings/config-file.ts';
import { type DataFiles, dataSettings, imageFileMap } from '../settings/data-files.ts';
import { failure } from '../base/errors.ts';

/** The data files: inputs of their own, as they are flags of their own. */
export const dataInputs: Record<keyof DataFiles, string> = {
  clean:
    'clean validation images: HDF5, .npz, or a folder of PNG, JPEG and WebP files; or YAML as in the config file: `{ validation: F, test: F }`, or one file: `{ file: F, data: NAME, label: NAME }`',
  poisoned: 'poisoned validation images, `NAME=FILE` a line for each attack; labels are the target class',
  'test-clean': 'clean test images',
  'test-poisoned': 'poisoned test images, `NAME=FILE` a line for each attack',
};

/** The data files, named one by one or as the config has them. Throws `usage`. */
export function dataInputSettings(text: (name: string) => string): Partial<Config> {
  const both = (name: string, other: string) =>
    failure('usage', name, { cause: `stands beside \`${other}\``, fix: 'keep one of them' });
  const asMap = yamlMap.test(text('clean')) && !imageFileMap.test(text('clean'));
  if (asMap && text('test-clean') !== '') throw both('test-clean', 'clean: { validation, test }');
  for (const name of ['poisoned', 'test-poisoned'])
    if (text('attacks') !== '' && text(name) !== '') throw both(name, 'attacks');
  const lines = (name: string): string[] =>
    name.endsWith('clean') && imageFileMap.test(text(name))
      ? [text(name)]
      : text(name)
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
  const files = Object.fromEntries(
    Object.keys(dataInputs).map((name) => [name, name === 'clean' && asMap ? [] : lines(name)]),
  ) as Record<keyof DataFiles, string[]>;
  return {
    ...dataSettings(files, '', parseImageFile),
    ...(asMap ? { clean: fromYaml('clean', text('clean')) as Config['clean'] } : {}),
  };
}

/** A map in braces, or on lines whose first key is one of a split's or a pinned file's. */
export const yamlMap = /^(\{|(validation|test|file|sha256):(\s|$))/;

/** A setting's value out of the YAML that the config file has behind its name. Throws `config-invalid`. */
export const fromYaml = (name: string, text: string): unknown =>
  parseConfig(`${name}:\n${text.replaceAll(/^/gm, '  ')}`, name)[name];
