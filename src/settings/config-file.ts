import { parseDocument, stringify } from 'yaml';
import { configSchema } from './config.ts';
import { checkWritten } from './resolve-config.ts';
import { failure, firstLine } from '../base/errors.ts';
import { openFile, readAll } from '../base/files.ts';
import { limits } from '../base/limits.ts';
import { asWritten } from './written.ts';
import { imageFileMap } from './data-files.ts';
import type { ImageFileSetting } from './data-schema.ts';

/** Reads and parses the config at `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable` or `config-invalid`. */
export function readConfig(path: string, name: string): Record<string, unknown> {
  const file = openFile(path, { file: name }, limits.configBytes);
  try {
    return parseConfig(decoded(readAll(file)), name);
  } finally {
    file.close();
  }
}

/** Text in UTF-8, or in UTF-16 as PowerShell's `>` writes it: with a mark at its start, or with every other byte 0. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  return new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** Parses a YAML or JSON config to plain settings; they are checked when they are joined with the flags. Throws `config-invalid`. */
export function parseConfig(text: string, path: string): Record<string, unknown> {
  const refuse = (cause: string, fix: string) => failure('config-invalid', path, { cause, fix });
  if (text.includes('\0')) throw refuse('is no text in UTF-8', 'save it as UTF-8');
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core', prettyErrors: true, logLevel: 'error' });
  const fault = document.errors[0] ?? document.warnings[0];
  let value: unknown;
  try {
    if (fault !== undefined) throw fault;
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw refuse(`is no valid YAML (${firstLine(error).replace(/:$/, '')})`, 'correct that line');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('holds no settings', 'write `name: value` lines');
  const checked = checkWritten({ models: ['-'], ...value });
  if ('problem' in checked) throw refuse(checked.problem, checked.fix);
  return value as Record<string, unknown>;
}

/** A file of images as the config file has it: its name, or a map in YAML. `name` is how messages call it. Throws `config-invalid`. */
export function parseImageFile(text: string, name: string): ImageFileSetting {
  if (!imageFileMap.test(text)) return text;
  const settings = parseConfig(`clean:\n  validation:\n${text.replaceAll(/^/gm, '    ')}`, name);
  return (settings['clean'] as { validation: ImageFileSetting }).validation;
}

/** Settings as the text of a YAML config. */
export const formatConfig = (settings: object): string =>
  stringify(asWritten(configSchema.properties, settings), {
    lineWidth: 0,
    flowCollectionPadding: true,
    collectionStyle: 'any',
  });
