import type { Config } from './config.ts';
import { attackName } from './data-schema.ts';
import { failure } from '../base/errors.ts';

/** The data files as flags and inputs name them: clean and poisoned images, a file for each attack. */
export interface DataFiles {
  clean: readonly string[];
  poisoned: readonly string[];
  'test-clean': readonly string[];
  'test-poisoned': readonly string[];
}

/** Turns data files into settings. What stands before the first `=` of a poisoned file names its attack. `dashes` precede a name in messages. Throws `usage`. */
export function dataSettings(files: DataFiles, dashes: '' | '--'): Partial<Config> {
  if (files['test-clean'].length > 0 && files.clean.length === 0)
    throw failure('usage', `${dashes}test-clean`, {
      cause: 'stands without validation images',
      fix: `add \`${dashes}clean${dashes === '' ? '`' : ' FILE`'}`,
    });
  const clean = { ...single(files, 'clean', 'validation', dashes), ...single(files, 'test-clean', 'test', dashes) };
  const attacks = Object.create(null) as Record<string, Record<string, string>>;
  for (const [split, name] of [
    ['validation', 'poisoned'],
    ['test', 'test-poisoned'],
  ] as const) {
    for (const text of files[name]) {
      const at = text.indexOf('=');
      const named = at > 0 && attackName.test(text.slice(0, at));
      const attack = (attacks[named ? text.slice(0, at) : 'poisoned'] ??= {});
      if (attack[split] !== undefined) {
        throw failure('usage', `${dashes}${name}`, {
          cause: `names the attack ${named ? text.slice(0, at) : 'poisoned'} twice`,
          fix: 'give each file a name of its own: NAME=FILE',
        });
      }
      attack[split] = named ? text.slice(at + 1) : text;
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

function single(
  files: DataFiles,
  name: 'clean' | 'test-clean',
  split: 'validation' | 'test',
  dashes: string,
): Record<string, string> {
  const [first, second] = files[name];
  if (second !== undefined)
    throw failure('usage', `${dashes}${name}`, { cause: 'names two files', fix: 'name one file of clean images' });
  return first === undefined ? {} : { [split]: first };
}
