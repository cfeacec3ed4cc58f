import { parseDocument, stringify } from 'yaml';
import { checkConfig } from './resolve-config.ts';
import { failure } from '../base/errors.ts';
import { openFile, readAll } from '../base/files.ts';
import { limits } from '../base/limits.ts';

/** Reads and parses the config at `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable` or `config-invalid`. */
export function readConfig(path: string, name: string): Record<string, unknown> {
  const file = openFile(path, { file: name }, limits.configBytes);
  try {
    return parseConfig(new TextDecoder().decode(readAll(file)), name);
  } finally {
    file.close();
  }
}

/** Parses a YAML or JSON config to plain settings; they are checked when they are joined with the flags. Throws `config-invalid`. */
export function parseConfig(text: string, path: string): Record<string, unknown> {
  const refuse = (cause: string, fix: string) => failure('config-invalid', path, { cause, fix });
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core', prettyErrors: true, logLevel: 'error' });
  const fault = document.errors[0] ?? document.warnings[0];
  let value: unknown;
  try {
    if (fault !== undefined) throw fault;
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw refuse(
      `is no valid YAML (${error instanceof Error ? error.message.split('\n')[0]!.replace(/:$/, '') : String(error)})`,
      'correct that line',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('holds no settings', 'write `name: value` lines');
  const checked = checkConfig({ models: ['-'], ...value });
  if ('problem' in checked) throw refuse(checked.problem, checked.fix);
  return value as Record<string, unknown>;
}

/** Settings as the text of a YAML config. */
export const formatConfig = (settings: object): string =>
  stringify(settings, { lineWidth: 0, flowCollectionPadding: true, collectionStyle: 'any' });
