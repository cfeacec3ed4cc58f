import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { markdownTable } from 'markdown-table';
import { expect, test } from 'vitest';
import { configSchema } from '../src/settings/config.ts';
import { layerSpecs } from '../src/models/keras/layers/allow-list.ts';
import { manifestSchema } from '../src/report/record/manifest.ts';
import { reportSchema } from '../src/report/record/report.ts';
import { command } from './command.ts';
import { actionInputs } from '../src/github/inputs.ts';
import { outputNames } from '../src/github/outputs.ts';
import { readJson, root } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const readme = path.join(root, 'README.md');

/** Holds a part of a file, the README if none is named, against what the sources say; with UPDATE_DOCS set, writes it there. */
function holds(before: string, after: string, content: string, file = readme): void {
  const text = readFileSync(file, 'utf8');
  const [start, end] = [
    text.indexOf(before) + before.length,
    text.indexOf(after, text.indexOf(before) + before.length),
  ];
  expect(end).toBeGreaterThanOrEqual(start);
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, text.slice(0, start) + content + text.slice(end));
  expect(readFileSync(file, 'utf8')).toContain(before + content + after);
}

test('the table of settings comes from the schema', () => {
  const rows = Object.entries(configSchema.properties).map(
    ([name, { description, default: fallback }]: [string, { description?: string; default?: unknown }]) => [
      `\`${name}\``,
      description ?? dataSettings[name]!,
      fallback === undefined || name === 'attacks'
        ? ''
        : `\`${Array.isArray(fallback) ? fallback.join(',') : JSON.stringify(fallback).replaceAll('"', '')}\``,
    ],
  );
  holds('<!-- settings -->\n', '\n<!-- /settings -->', markdownTable([['setting', 'meaning', 'default'], ...rows]));
});
const dataSettings: Record<string, string> = { clean: '`{ validation: F, test: F }`: clean images' };

test('action.yml and the tables of inputs and outputs come from the schemas', () => {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const entries = (rows: [string, string][], more: (name: string) => string) =>
    rows.map(([name, text]) => `  ${name}:\n    description: ${quoted(text)}\n${more(name)}`).join('');
  const yml = path.join(root, 'action.yml');
  const inputs = actionInputs.map(({ name, description }): [string, string] => [name, description]);
  holds(
    'inputs:\n',
    '# </inputs>',
    entries(inputs, (name) => (name === 'repo-token' ? '    default: ${{ github.token }}\n' : '')),
    yml,
  );
  holds(
    'outputs:\n',
    '# </outputs>',
    entries(Object.entries(outputNames), () => ''),
    yml,
  );
  const rows = actionInputs.map(({ name, description, fallback }) => [
    `\`${name}\``,
    description,
    fallback === undefined ? '' : `\`${[fallback].flat().join(',')}\``,
  ]);
  holds('<!-- inputs -->\n', '\n<!-- /inputs -->', markdownTable([['input', 'meaning', 'default'], ...rows]));
  holds(
    '<!-- outputs -->\n',
    '\n<!-- /outputs -->',
    markdownTable([
      ['output', 'what it holds'],
      ...Object.entries(outputNames).map(([name, text]) => [`\`${name}\``, text]),
    ]),
  );
});

test('the list of layers is the allow-list', () => {
  holds('<!-- layers -->\n', '\n<!-- /layers -->', [...layerSpecs.keys()].sort().join(', '));
});

test('the demo prints what the README shows', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await command(folder, 'demo', '--out', 'out');
  expect(code).toBe(0);
  const [picture, drawn] = [
    path.join(root, 'docs/sweep.svg'),
    readFileSync(path.join(folder, 'out/examples__badnet.h5/sweep.svg'), 'utf8'),
  ];
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(picture, drawn);
  expect(readFileSync(picture, 'utf8')).toBe(drawn);
  const shown = stripVTControlCharacters(stdout).trim().replace('models: out\n', 'models: goodnet-demo\n');
  holds('writes to `goodnet-demo/`:\n\n```\n', '\n```\n\n`badnet.h5` is repaired', shown);
});

test.each(
  Object.entries({
    config: configSchema,
    manifest: manifestSchema,
    report: reportSchema,
    ...Object.fromEntries([...layerSpecs].map(([name, { options }]) => [name, options])),
  }),
)('the schema of %s is one by draft 7', (_, schema) => {
  const ajv = new Ajv();
  expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
});

test('the shipped schemas are those of the sources', () => {
  const shipped = (name: string) => readJson<Record<string, unknown>>(path.join(root, `dist/${name}.schema.json`));
  const plain = (schema: unknown) => JSON.parse(JSON.stringify(schema)) as object;
  expect(shipped('config')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(configSchema) });
  expect(shipped('manifest')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(manifestSchema) });
  expect(shipped('report')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(reportSchema) });
});
