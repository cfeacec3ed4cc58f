import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { markdownTable } from 'markdown-table';
import { expect, test } from 'vitest';
import { configSchema } from '../src/settings/config.ts';
import { layerSpecs } from '../src/models/layers/allow-list.ts';
import { operators } from '../src/models/onnx/operators/operators.ts';
import { votes } from '../src/models/onnx/operators/votes.ts';
import { manifestSchema } from '../src/report/record/manifest.ts';
import { reportSchema } from '../src/report/record/report.ts';
import { scanSchema } from '../src/report/record/scan.ts';
import { command } from './command.ts';
import { dataInputs } from '../src/github/data-inputs.ts';
import { actionInputs, actionSchema } from '../src/github/inputs.ts';
import { outputNames } from '../src/github/outputs.ts';
import { readJson, root } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const readme = path.join(root, 'README.md');
const reference = path.join(root, 'docs/reference.md');

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

/** A table whose cells are as wide as what they hold. */
const table = (rows: string[][]) => markdownTable(rows, { alignDelimiters: false });
const code = (text: unknown) => `\`${String(text)}\``;

interface Property {
  description?: string;
  default?: unknown;
  anyOf?: object[];
}

/** What a setting means. Its values stand first and its default last, where the words do not name them. */
function meaningOf({ description = '', anyOf = [], default: value }: Property): string {
  const values = anyOf.flatMap((each) => ('const' in each ? String(each.const) : []));
  const named = values.every((each) => description.includes(each));
  const plain = Array.isArray(value) ? value.join(',') : value;
  return [
    ...(named ? [] : [`${values.map(code).join(', ')}:`]),
    description,
    ...(plain === undefined || typeof plain === 'object' ? [] : [`(default: ${code(plain)})`]),
  ].join(' ');
}

const settings: Record<string, Property> = configSchema.properties;
const images =
  'clean images: HDF5, .npz, or a folder of PNG, JPEG and WebP files; in file and lib `{ validation: F, test: F }`, as a flag the validation images, as an input either';

test('the table of settings comes from the schema, each once with its doors', async () => {
  const flags = [...(await flagsOf('defend')), ...(await flagsOf('scan'))].map(({ name }) => name);
  const doors = (name: string) => [
    ...(flags.includes(name) || name === 'models' ? ['flag'] : []),
    ...(actionInputs.some((input) => input.name === name) ? ['input'] : []),
    ...(name in settings ? ['file', 'lib'] : []),
  ];
  const row = (name: string, property: Property) => {
    const at = doors(name);
    return [code(name), at.length === 4 ? 'all' : at.join(', '), meaningOf(property)];
  };
  const rows = Object.entries(settings).flatMap(([name, property]) =>
    name === 'clean'
      ? Object.entries(dataInputs).map(([data, description]) =>
          row(data, { description: data === 'clean' ? images : description }),
        )
      : [row(name, property)],
  );
  expect(rows.map(([, at]) => at)).not.toContain('');
  holds('<!-- settings -->\n', '\n<!-- /settings -->', table([['setting', 'for', 'meaning'], ...rows]), reference);
});

test('the tables of commands and of their flags are what they print as help', async () => {
  const commands = entriesOf((await command(root, '--help')).stdout, 'Commands:')
    .map(({ term, text }) => ({ name: term.split(' ')[0]!, text }))
    .filter(({ name }) => name !== 'help');
  holds(
    '<!-- commands -->\n',
    '\n<!-- /commands -->',
    table([['command', 'what it does'], ...commands.map(({ name, text }) => [code(name), text])]),
    reference,
  );
  const ofSettings = [...(await flagsOf('scan')), ...(await flagsOf('defend'))]; // of two called alike, the latter
  const settingFlags = new Map(ofSettings.map(({ name, text }) => [name, text]));
  const rows = new Map<string, string[]>();
  for (const { name } of commands) {
    for (const flag of await flagsOf(name)) {
      const isSetting = flag.name in settings || flag.name in dataInputs;
      if (isSetting && settingFlags.get(flag.name) === flag.text) continue;
      const row = JSON.stringify([flag.term, flag.text]);
      rows.set(row, [...(rows.get(row) ?? []), name]);
    }
  }
  const flagRows = [...rows].map(([row, of]) => {
    const [term, text] = JSON.parse(row) as [string, string];
    return [code(term), of.join(', '), text];
  });
  holds('<!-- flags -->\n', '\n<!-- /flags -->', table([['flag', 'of', 'meaning'], ...flagRows]), reference);
});

/** The entries of a part of a help text, with lines that were broken joined again. */
function entriesOf(help: string, part: string): { term: string; text: string }[] {
  const found: { term: string; text: string }[] = [];
  for (const line of help.slice(help.indexOf(part)).split('\n').slice(1)) {
    const [, term, text] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    if (term !== undefined) found.push({ term, text: text! });
    else if (line.startsWith('   ')) found.at(-1)!.text += ` ${line.trim()}`;
    else break;
  }
  return found;
}

async function flagsOf(name: string): Promise<{ name: string; term: string; text: string }[]> {
  const { stdout } = await command(root, name, '--help');
  return entriesOf(stdout, 'Options:')
    .map(({ term, text }) => ({ name: /--([a-z-]+)(?= <|$)/.exec(term)![1]!, term, text }))
    .filter((flag) => flag.name !== 'help');
}

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
  const rows = Object.entries(actionSchema.properties as Record<string, Property>).map(([name, property]) => [
    code(name),
    meaningOf(property),
  ]);
  holds('<!-- inputs -->\n', '\n<!-- /inputs -->', table([['input', 'meaning'], ...rows]), reference);
  holds(
    '<!-- outputs -->\n',
    '\n<!-- /outputs -->',
    table([['output', 'what it holds'], ...Object.entries(outputNames).map(([name, text]) => [code(name), text])]),
    reference,
  );
});

test('the list of layers is the allow-list', () => {
  holds(
    '<!-- layers -->\n',
    '\n<!-- /layers -->',
    [...layerSpecs]
      .filter(([, { ofOnnx }]) => ofOnnx !== 'all')
      .map(([name]) => name)
      .sort()
      .join(', '),
    path.join(root, 'docs/my-model.md'),
  );
});

test('the list of ONNX operators is the allow-list', () => {
  const read = [...operators.keys()].filter((name) => votes[name] === undefined);
  holds('<!-- operators -->\n', '\n<!-- /operators -->', read.sort().join(', '), path.join(root, 'docs/my-model.md'));
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
  const [first, second, , third] = stripVTControlCharacters(stdout)
    .split('\n\n')
    .map((part) => part.split('\n'));
  const verdictAt = (lines: string[]) => lines.findIndex((line) => line.startsWith('└')) + 1;
  const shown = (lines: string[], sentences: string[]) => `${lines.join('\n')}\n\`\`\`\n\n${sentences.join('\n')}`;
  const passed = verdictAt(first!);
  expect([second![0], second![verdictAt(second!)]]).toEqual([
    'examples/resistant.h5',
    'Gate not met: no candidate meets the limits.',
  ]);
  holds(
    'Of the first net it prints:\n\n```\n',
    '\n\nThis backdoor lies',
    shown(first!.slice(0, passed + 1), first!.slice(passed + 1)),
  );
  holds(
    'ignore the smallest ones:\n\n```\n',
    '\n```\n\n[Which defense]',
    third!.slice(0, verdictAt(third!) + 1).join('\n'),
  );
});

test('the README can be read in one sitting', () => {
  expect(Buffer.byteLength(readFileSync(readme))).toBeLessThanOrEqual(12_000);
});

const guides = ['.', 'docs', 'examples', 'bench'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name)),
);
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, title]) => {
    const slug = title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

function expectPlace(file: string, anchor: string | undefined, link: string): void {
  expect(existsSync(path.join(root, file)), link).toBe(true);
  if (anchor !== undefined) expect(anchorsOf(textOf(file)), link).toContain(anchor);
}

test.each(guides)('the links of %s lead to places that there are', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link!);
  for (const link of links) {
    const [file, anchor] = link.split('#');
    const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file!);
    expectPlace(target, anchor, `${page}: ${link}`);
  }
});

test('the pages that messages, scripts and settings name are there', () => {
  const sources = ['src', 'scripts', '.ci', '.github', 'bench'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((name) => /\.(ts|mjs|yml|html)$|run$/.test(name)),
  );
  const named = [...sources, 'action.yml', 'examples/goodnet.yml', 'examples/trigger.yml'].flatMap((file) =>
    [...textOf(file).matchAll(/\b((?:docs\/[\w-]+|README|CONTRIBUTING|SECURITY)\.md)(?:#([\w-]+))?/g)].map(
      ([link, page, anchor]) => ({ page: page!, anchor, link: `${file}: ${link}` }),
    ),
  );
  expect(named.length).toBeGreaterThan(3);
  for (const { page, anchor, link } of named) expectPlace(page, anchor, link);
});

test('every page of docs/ can be reached from the README, and no table is padded', () => {
  for (const page of guides.filter((name) => name.startsWith('docs/'))) {
    expect(textOf('README.md')).toContain(`](${page})`);
    expect(textOf(page)).not.toMatch(/^\|.* {3}.*\|$/m);
  }
});

test.each(
  Object.entries({
    config: configSchema,
    manifest: manifestSchema,
    report: reportSchema,
    scan: scanSchema,
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
  expect(shipped('scan')).toEqual({ $schema: 'http://json-schema.org/draft-07/schema#', ...plain(scanSchema) });
});
