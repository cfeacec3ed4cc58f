import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { Report } from '../../src/report/record/report.ts';
import { command } from '../command.ts';
import { root, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(async () => {
  await startEngine();
  for (const name of ['badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5', 'clean_test.h5', 'poisoned_test.h5'])
    copyFileSync(path.join(root, 'examples', name), path.join(folder, name));
  copyFileSync(path.join(folder, 'clean_valid.h5'), path.join(folder, 'copied.h5'));
});

test.each([
  ['the same file', 'clean_valid.h5', 'poisoned_test.h5', true],
  ['a copy of it', 'copied.h5', 'poisoned_test.h5', true],
  ['poisoned images alone', 'clean_test.h5', 'poisoned_valid.h5', true],
  ['others', 'clean_test.h5', 'poisoned_test.h5', false],
])(
  'test images that are those of validation, %s: a finding, and the verdict says so',
  async (_, clean, poisoned, same) => {
    const out = path.join(folder, `out-${clean}-${poisoned}`);
    const data = ['--clean', 'clean_valid.h5', '--poisoned', 'bd=poisoned_valid.h5', '--scale', '1/255'];
    const tested = ['--test-clean', clean, '--test-poisoned', `bd=${poisoned}`];
    const gate = ['--min-accuracy', '80', '--max-asr', '20', '--accept', 'original,pruned,goodnet'];
    const { stdout } = await command(folder, 'defend', 'badnet.h5', ...data, ...tested, ...gate, '--out', out);
    const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as Report;
    const found = report.models[0]!.findings.some(({ code }) => code === 'judged-on-same-images');
    const text = stripVTControlCharacters(stdout);
    const written = readFileSync(path.join(out, 'report.md'), 'utf8');
    expect([found, text.includes('It was chosen and judged on the same images.')]).toEqual([same, same]);
    expect(written.includes('It was chosen and judged on the same images.')).toBe(same);
    expect(text.includes('Test images are those of validation, by their SHA-256')).toBe(same);
    expect(recomputed(report, null)).toEqual(report);
  },
);

test('two datasets of one file are not the same images', async () => {
  const { repeatsValidation } = await import('../../src/report/record/repeats.ts');
  const file = 'mnist.npz';
  const split = (data?: string) => ({ file, ...(data && { data }) });
  const config = (validation: object, test: object) =>
    ({ 'data-name': 'data', clean: { validation, test }, attacks: {} }) as never;
  const inputs = [{ path: file, sha256: 'ab'.repeat(32), samples: 9 }];
  expect(repeatsValidation(config(split('x_train'), split('x_test')), inputs)).toBe(false);
  expect(repeatsValidation(config(split('data'), split()), inputs)).toBe(true);
});
