import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { markdownTable } from 'markdown-table';
import { expect, test } from 'vitest';
import { configSchema } from '../src/config.ts';
import { layerSpecs } from '../src/keras/layers/allow-list.ts';
import { reportSchema } from '../src/report/report.ts';
import { command } from './command.ts';
import { readJson, root, temporaryFolder } from './support.ts';

const readme = path.join(root, 'README.md');

/** Holds a part of the README against what the sources say; with UPDATE_DOCS set, writes it there. */
function holds(before: string, after: string, content: string): void {
  const text = readFileSync(readme, 'utf8');
  const [start, end] = [text.indexOf(before) + before.length, text.indexOf(after, text.indexOf(before) + before.length)];
  expect(end).toBeGreaterThan(start);
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(readme, text.slice(0, start) + content + text.slice(end));
  expect(readFileSync(readme, 'utf8')).toContain(before + content + after);
}

test('the table of settings comes from the schema', () => {
  const rows = Object.entries(configSchema.properties).map(([name, { description, default: fallback }]: [string, { description?: string; default?: unknown }]) => [
    `\`${name}\``, description ?? dataSettings[name]!, fallback === undefined || name === 'attacks' ? '' : `\`${Array.isArray(fallback) ? fallback.join(',') : JSON.stringify(fallback).replaceAll('"', '')}\``,
  ]);
  holds('<!-- settings -->\n', '\n<!-- /settings -->', markdownTable([['setting', 'meaning', 'default'], ...rows]));
});
const dataSettings: Record<string, string> = { clean: '`{ validation: F, test: F }`: clean images' };

test('the list of layers is the allow-list', () => {
  holds('<!-- layers -->\n', '\n<!-- /layers -->', [...layerSpecs.keys()].sort().join(', '));
});

test('the demo prints what the README shows', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await command(folder, 'demo', '--out', 'out');
  expect(code).toBe(0);
  const [picture, drawn] = [path.join(root, 'docs/sweep.svg'), readFileSync(path.join(folder, 'out/examples__badnet.h5/sweep.svg'), 'utf8')];
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(picture, drawn);
  expect(readFileSync(picture, 'utf8')).toBe(drawn);
  const shown = stripVTControlCharacters(stdout).split('\n').filter((line) => !line.startsWith('Report and')).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();
  holds('writes to `goodnet-demo/`:\n\n```\n', '\n```\n\n`badnet.h5` is repaired', shown);
});

test('the shipped schemas are those of the sources', () => {
  const shipped = (name: string) => readJson<Record<string, unknown>>(path.join(root, `dist/${name}.schema.json`));
  const plain = (schema: unknown) => JSON.parse(JSON.stringify(schema)) as object;
  expect(shipped('config')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(configSchema) });
  expect(shipped('report')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(reportSchema) });
});
