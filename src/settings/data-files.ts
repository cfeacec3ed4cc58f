import type { Config } from './config.ts';
import { attackName, type ImageFileSetting } from './data-schema.ts';
import { failure } from '../base/errors.ts';

/** The data files as flags and inputs name them: clean and poisoned images, a file for each attack. */
export interface DataFiles {
  clean: readonly string[];
  poisoned: readonly string[];
  'test-clean': readonly string[];
  'test-poisoned': readonly string[];
}

/** The YAML of a file with what stands beside its name, in braces or on lines. */
export const imageFileMap = /^(\{\s*["']?(file|sha256|data|label)["']?\s*:|(file|sha256|data|label):(\s|$))/;

/** What a file is as a setting. */
export type ReadFile = (text: string, name: string) => ImageFileSetting;

/**
 * Turns data files into settings. What stands before the first `=` of a poisoned file names its attack, unless it is part of a path.
 * `dashes` precede a name in messages. Throws `usage`, and what `read` throws.
 */
export function dataSettings(files: DataFiles, dashes: '' | '--', read: ReadFile): Partial<Config> {
  if (files['test-clean'].length > 0 && files.clean.length === 0)
    throw failure('usage', `${dashes}test-clean`, {
      cause: 'stands without validation images',
      fix: `add \`${dashes}clean${dashes === '' ? '`' : ' FILE`'}, or write \`test\` beside \`validation\` in the config file`,
    });
  const clean = {
    ...single(files, 'clean', 'validation', dashes, read),
    ...single(files, 'test-clean', 'test', dashes, read),
  };
  const attacks = Object.create(null) as Record<string, Record<string, ImageFileSetting>>;
  for (const [split, name] of [
    ['validation', 'poisoned'],
    ['test', 'test-poisoned'],
  ] as const) {
    for (const text of files[name]) {
      const [called = 'poisoned', file] = attackAndFile(text, `${dashes}${name}`);
      const attack = (attacks[called] ??= {});
      if (attack[split] !== undefined) {
        throw failure('usage', `${dashes}${name}`, {
          cause: `names the attack ${called} twice`,
          fix: 'give each file a name of its own: NAME=FILE',
        });
      }
      attack[split] = read(file, `${dashes}${name}`);
    }
  }
  const incomplete = Object.keys(attacks).find((name) => attacks[name]!['validation'] === undefined);
  if (incomplete !== undefined) {
    throw failure('usage', `${dashes}test-poisoned`, {
      cause: `names the attack ${incomplete}, which has no validation images`,
      fix: `add \`${dashes}poisoned ${incomplete}=FILE\``,
    });
  }
  return {
    ...(Object.keys(clean).length > 0 ? { clean } : {}),
    ...(Object.keys(attacks).length > 0 ? { attacks: { ...attacks } } : {}),
  } as Partial<Config>;
}

/** The name of an attack, where there is one, and its file. Throws `usage` for what can be neither a name nor part of a path. */
function attackAndFile(text: string, flag: string): [attack: string | undefined, file: string] {
  const [before] = text.split('=', 1);
  if (before === text || before === '' || /[{\\/]/.test(before!)) return [undefined, text];
  if (attackName.test(before!)) return [before, text.slice(before!.length + 1)];
  throw failure('usage', flag, {
    cause: `names an attack ${JSON.stringify(before)}`,
    fix: `start its name with a letter and use letters, digits, - and _ only; a file that is called so: ./${text}`,
  });
}

function single(
  files: DataFiles,
  name: 'clean' | 'test-clean',
  split: 'validation' | 'test',
  dashes: string,
  read: ReadFile,
): Record<string, ImageFileSetting> {
  const [first, second] = files[name];
  if (second !== undefined)
    throw failure('usage', `${dashes}${name}`, { cause: 'names two files', fix: 'name one file of clean images' });
  return first === undefined ? {} : { [split]: read(first, `${dashes}${name}`) };
}
