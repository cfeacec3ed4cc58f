import { failure } from '../base/errors.ts';
import { edits, nearest } from '../base/schema.ts';

/** Letters and digits alone: `max_asr`, `Max ASR` and `maxasr` are meant to be `max-asr`. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Slips of the pen: two of them, but one in a name so short that two would make it any other. */
const slips = (name: string): number => (name.length < 4 ? 1 : 2);

/**
 * A mistyped limit must not pass as no limit. The runner only warns of inputs that it does not know, so every `INPUT_*` that is nearly
 * one of ours is refused, and every one with a hyphen; other variables that start alike are not ours. Throws `usage`.
 */
export function refuseUnknown(env: Readonly<Record<string, string | undefined>>, known: readonly string[]): void {
  for (const key of Object.keys(env).filter((name) => /^INPUT_/i.test(name))) {
    const name = key.slice('INPUT_'.length).toLowerCase();
    if (known.includes(name)) continue;
    const meant = known.find((other) => bare(other) === bare(name)) ?? nearest(name, known);
    const near = bare(meant) === bare(name) || edits(bare(meant), bare(name)) <= slips(meant);
    if (near || name.includes('-'))
      throw failure('usage', name, { cause: 'is no input of this action', fix: `did you mean \`${meant}\`?` });
  }
}

/**
 * The variables with the names of inputs in capitals, as the runner writes them: what sets `INPUT_max-asr` by hand means the same limit.
 * One that is given twice counts if it is given alike. Throws `usage`.
 */
export function inCapitals(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(env)) {
    const name = /^INPUT_/i.test(key) ? key.toUpperCase() : key;
    const [before, now] = [found[name]?.trim() ?? '', value?.trim() ?? ''];
    if (name.startsWith('INPUT_') && before !== '' && now !== '' && before !== now) throw twice(name);
    if (before === '' || now !== '') found[name] = value;
  }
  return found;
}

const twice = (name: string) =>
  failure('usage', name.slice('INPUT_'.length).toLowerCase(), {
    cause: 'is given twice, by names that differ in case',
    fix: 'keep one of them',
  });
