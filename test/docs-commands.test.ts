import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { findingSchemas } from '../src/defense/registry.ts';
import { scanFindings } from '../src/report/record/scan-findings.ts';
import { parseConfig } from '../src/settings/config-file.ts';
import { bundledCli } from './bundled.ts';
import { command } from './command.ts';
import { root } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const docs = path.join(root, 'docs');
const pages = readdirSync(docs)
  .filter((name) => name.endsWith('.md'))
  .map((name): [string, string] => [`docs/${name}`, readFileSync(path.join(docs, name), 'utf8')]);
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const ownModel = readme.slice(
  readme.indexOf('\n## Your own model\n'),
  readme.indexOf('\n## ', readme.indexOf('\n## Your own model\n') + 1),
);
const workflows = new Set(['docs/recipes.md']);
const withoutCommands = new Set([...workflows, 'docs/decisions.md', 'docs/library.md', 'docs/serverless.md']);

/** A fenced block: `sh` and `ts` are run, no language is what the last of them prints (a line indented by four goes on with the one before), `text` holds commands on the reader's own files. */
interface Block {
  language: string;
  lines: string[];
}

function blocksOf(text: string): Block[] {
  const found = [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
  expect(found.length * 2).toBe(text.match(/^ *```/gm)?.length ?? 0);
  return found.map(([, language = '', content = '']) => {
    const commands = content.replaceAll(/\\\n */g, '');
    const text = language === '' ? commands.replaceAll('\n    ', ' ') : commands;
    return { language, lines: text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')) };
  });
}

/** The arguments of a line `goodnet ...` and the exit code that it announces. A line that this test cannot run like a shell is an error. */
function parse(line: string): { argv: string[]; exits: number } {
  const [, words, , code] = /^goodnet ([^#"'$|&;<>`~]+?)(\s+#(?: exits with (\d+)| .*))?$/.exec(line) ?? [];
  if (words === undefined) throw new Error(`not a plain goodnet command: ${line}`);
  return { argv: words.split(/\s+/), exits: Number(code ?? 0) };
}

/** What a program prints that finds goodnet as an installed package. */
async function printedBy(program: string, folder: string): Promise<string> {
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.join(path.dirname(await bundledCli()), '..'), path.join(folder, 'node_modules/goodnet'));
  const script = path.join(folder, 'program.mjs');
  writeFileSync(script, program);
  return execFileSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
}

describe.each([['README.md', ownModel], ...pages])('the commands of %s', (page, text) => {
  const blocks = blocksOf(text);

  test('run and print what the page shows', async () => {
    const folder = temporaryFolder();
    cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
    let printed: string | null = null;
    expect(blocks.some(({ language }) => language === 'sh')).toBe(!withoutCommands.has(page));
    for (const { language, lines } of blocks) {
      if (language === '') {
        if (printed === null) throw new Error(`${page}: no command stands before the output ${lines[0]}`);
        for (const line of lines) expect(printed.split('\n'), `what ${page} shows`).toContain(line);
      }
      if (language === 'ts') printed = await printedBy(lines.join('\n'), folder);
      if (language !== 'sh') continue;
      for (const line of lines) {
        const { argv, exits } = parse(line);
        const { code, stdout, stderr } = await command(folder, ...argv);
        expect(code, `${line}\n${stderr}`).toBe(exits);
        printed = stripVTControlCharacters(stdout + stderr);
      }
    }
  });

  test('are marked as what they are, and name options that there are', async () => {
    for (const { language, lines } of blocks) {
      expect(['', 'sh', 'text', 'ts', 'yaml', 'python']).toContain(language);
      if (language === 'yaml' && !workflows.has(page)) {
        expect(Object.keys(parseConfig(lines.join('\n'), page))).not.toEqual([]);
        for (const [, file, sha256] of lines.join('\n').matchAll(/file: (\S+)\s+sha256: (\w+)/g))
          expect(sha256).toBe(
            createHash('sha256')
              .update(readFileSync(path.join(root, file!)))
              .digest('hex'),
          );
      }
      if (language !== 'text') continue;
      for (const line of lines.filter((each) => each.startsWith('goodnet '))) {
        const help = await command(root, line.split(' ')[1]!, '--help');
        expect(help.code).toBe(0);
        for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(help.stdout).toContain(`${flag} `);
      }
    }
  });
});

test('every finding is explained', () => {
  const codes = [
    ...readFileSync(path.join(root, 'src/report/record/findings.ts'), 'utf8').matchAll(
      /\| \(?\{\s*code: '([a-z0-9-]+)'/g,
    ),
  ]
    .map(([, code]) => code!)
    .concat([...findingSchemas, ...scanFindings].map(({ properties }) => properties.code.const));
  const explained = [
    ...readFileSync(path.join(docs, 'figures.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)` \| [A-Z…]/gm),
  ].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(10);
  expect(explained.sort()).toEqual([...new Set(codes)].sort());
});

test('the picture of stamped images is what stamp draws', async () => {
  const folder = temporaryFolder();
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
  expect(
    (
      await command(
        folder,
        'stamp',
        'examples/clean_valid.h5',
        '--config',
        'examples/trigger.yml',
        '--out',
        'stamped.h5',
      )
    ).code,
  ).toBe(0);
  const pixels = (file: string) => PNG.sync.read(readFileSync(file)).data;
  expect(pixels(path.join(folder, 'stamped.h5.png')).equals(pixels(path.join(docs, 'stamped.png')))).toBe(true);
});
