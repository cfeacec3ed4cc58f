import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { plainJson, plainLines } from '../../src/report/escape.ts';
import type { Report } from '../../src/report/record/report.ts';
import { payloads } from '../hostile/payloads.ts';
import { commandsIn } from '../hostile/runner-commands.ts';
import { command } from '../command.ts';
import { readJson, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { writeImages, writeNet } from '../synthetic.ts';

const home = temporaryFolder();
const net = { side: 6, channels: 3, classes: 3, stride: 1 };

beforeAll(async () => {
  await startEngine();
  await writeNet(path.join(home, 'net.h5'), net, 1);
  await writeImages(path.join(home, 'clean.h5'), { count: 12, side: 6, classes: 3 });
  await command(home, 'defend', 'net.h5', '--clean', 'clean.h5', '--poisoned', 'p=clean.h5', '--out', 'plain');
});

/** Whether a workflow runner or, colours aside, a terminal obeys something in a text. */
const isPlain = (text: string): boolean =>
  commandsIn(text).length === 0 &&
  !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(
    text.replaceAll(/\u001b\[\d+m|\r\n/g, ''),
  );

/** Runs a command line and checks that what it prints is plain. */
async function printed(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = await command(home, ...argv);
  expect([argv, isPlain(run.stdout), isPlain(run.stderr)]).toEqual([argv, true, true]);
  return run;
}

describe.each(['a\n::add-mask::b##[error]c\u001b[2J', '\u0085::warning::\u202ed\u2028##[group]'])('%j', (name) => {
  test('as the name of a layer', async () => {
    await writeNet(path.join(home, 'layer.h5'), net, 1, name);
    for (const more of [[], ['--json'], ['--layer', 'nowhere'], ['--layer', name, '--rank-at', 'classes']])
      await printed('inspect', 'layer.h5', ...more);
    expect((await printed('defend', 'layer.h5', '--clean', 'clean.h5', '--out', 'layer')).code).toBe(0);
  });

  test('as the name of a file', async () => {
    const [model, data] = [`./${name}.h5`, `./${name}.data`];
    copyFileSync(path.join(home, 'net.h5'), path.join(home, model));
    copyFileSync(path.join(home, 'clean.h5'), path.join(home, data));
    for (const more of [[], ['--json']]) {
      expect(
        (await printed('defend', model, '--clean', data, '--poisoned', `p=${data}`, '--out', 'file', ...more)).code,
      ).toBe(0);
      for (const job of ['evaluate', 'inspect'])
        expect((await printed(job, model, '--clean', data, ...more)).code).toBe(0);
      expect((await printed('verify', 'file', ...more)).code).toBe(0);
    }
    await printed('defend', data, '--clean', model);
  });

  test('as an argument, and in a report', async () => {
    for (const argv of [[name], [`--${name}`], ['defend', '--max-asr', name], ['compare', name], ['verify', name]])
      expect((await printed(...argv)).code).toBe(2);
    const report = readJson<Report>(path.join(home, 'plain/report.json'));
    report.models[0]!.path = name;
    mkdirSync(path.join(home, 'told'), { recursive: true });
    writeFileSync(path.join(home, 'told/report.json'), JSON.stringify(report));
    for (const format of ['text', 'markdown', 'latex', 'csv'])
      expect((await printed('compare', 'told', 'plain', '--format', format)).code).toBe(0);
  });
});

test('JSON and lines that are printed', () => {
  for (const payload of payloads) {
    expect(JSON.parse(plainJson({ [payload]: [payload] }))).toEqual({ [payload]: [payload] });
    expect([payload, isPlain(plainJson([payload])), isPlain(plainLines(`Error: ${payload}\n    at x`))]).toEqual([
      payload,
      true,
      true,
    ]);
  }
});
