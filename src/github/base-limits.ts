import type { Config, ResolvedConfig } from '../config.ts';
import { parseConfig } from '../config-file.ts';
import { failure, GoodnetError } from '../errors.ts';
import { limitNames } from '../gate.ts';
import { code } from '../report/escape.ts';
import type { Event } from './event.ts';
import type { Runner } from './runner.ts';

/** Settings as they were resolved, with the limits of a pull request's base commit, and what to say of the difference. */
export interface BaseLimits {
  settings: ResolvedConfig;
  note: string | null;
}

const judging = [...limitNames, 'accept'] as const;

/**
 * A pull request does not relax its own limits: those in the config file are taken from its base commit, if the file is there.
 * Inputs stand in the workflow and stay. A limit that the pull request adds holds too. Throws `base-config` where the base cannot be asked.
 */
export async function withBaseLimits(settings: ResolvedConfig, file: string | null, event: Event, runner: Runner): Promise<BaseLimits> {
  if (event.pullRequest === null || event.pullRequest.base === '' || file === null) return { settings, note: null };
  const text = await readAtBase(file, event.pullRequest.base, event, runner);
  if (text === null) return { settings, note: null };
  let base: Record<string, unknown>;
  try {
    base = parseConfig(text, file);
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    return { settings, note: `The limits are those of this pull request: the base commit's ${code(file)} is not valid.` };
  }
  const config: Record<string, unknown> = { ...settings.config };
  const differing: string[] = [];
  for (const name of judging) {
    const value = (base[name] as number | string[] | undefined) ?? (name === 'accept' ? ['original'] : undefined);
    if (settings.sources[name] === 'flag' || value === undefined || same(config[name], value)) continue;
    const own = config[name] as number | string[] | undefined;
    differing.push(`${code(`${name}: ${[value].flat().join(', ')}`)}${own === undefined ? ' (this pull request removes it)' : ` (this pull request sets ${code([own].flat().join(', '))})`}`);
    config[name] = value;
  }
  const sources = { ...settings.sources, ...Object.fromEntries(judging.filter((name) => config[name] !== undefined && settings.sources[name] !== 'flag').map((name) => [name, 'config' as const])) };
  if (config['baseline'] === undefined && base['baseline'] !== undefined && (config['max-asr-increase'] ?? config['max-accuracy-decrease']) !== undefined) config['baseline'] = base['baseline'];
  return { settings: { config: config as Config, sources: { ...sources, ...(config['baseline'] === undefined ? {} : { baseline: sources['baseline'] ?? 'config' }) } }, note: differing.length === 0 ? null : `Judged by the limits of the base commit: ${differing.join(', ')}.` };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

async function readAtBase(file: string, ref: string, { owner, repo, apiUrl }: Event, runner: Runner): Promise<string | null> {
  const token = runner.env['INPUT_REPO-TOKEN']?.trim() ?? '';
  try {
    if (token === '') throw new Error('there is no `repo-token`');
    const { data } = await runner.api(token, apiUrl).rest.repos.getContent({ owner, repo, path: file.replace(/^\.\//, ''), ref, mediaType: { format: 'raw' } });
    const raw: unknown = data;
    if (typeof raw === 'string') return raw;
    if (raw instanceof ArrayBuffer) return new TextDecoder().decode(raw);
    throw new Error('it is no file');
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 404) return null;
    throw failure('base-config', file, { cause: status === undefined ? (error instanceof Error ? error.message : 'no answer') : String(status) });
  }
}
