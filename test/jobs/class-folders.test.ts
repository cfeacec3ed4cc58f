import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/record/report.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import { command } from '../command.ts';
import { reference, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const field = reference('field/numeric-folders');
const isThere = existsSync(field);
if (!isThere)
  process.stderr.write(`\n*** SKIPPED: class folders by numbers need ../shared/field, which is not there. ***\n`);
const out = temporaryFolder();

beforeAll(startEngine);

/** Folders 0 to 11; the net was trained on them as Keras sorts them and knows all 94 images. */
describe.runIf(isThere)('class folders that can be read in two ways', () => {
  const run = async (...argv: string[]) => {
    const { code, stdout, stderr } = await command(field, ...argv);
    return { code, text: stripVTControlCharacters(stdout), stderr };
  };

  test('inspect scores both, says which is right and suggests it', async () => {
    const { text } = await run('inspect', 'net.h5', '--clean', 'val');
    expect(text).toMatch(/folders .*accuracy/);
    expect(text).toMatch(/Most accurate: pixels as stored, NHWC, class folders sorted as text\./);
    expect(text).toMatch(/class-folders: sorted/);
    expect(text).toMatch(/sorted .* 100\.00/);
    expect(text).toMatch(/numbers .* 17\.02/);
  });

  test('evaluate says that it took them for numbers, and a setting decides', async () => {
    const scored = ['evaluate', 'net.h5', '--clean', 'val', '--scale', '1/255'];
    const [plain, numbers, sorted] = [
      await run(...scored),
      await run(...scored, '--class-folders', 'numbers'),
      await run(...scored, '--class-folders', 'sorted'),
    ];
    const note = /were taken for the classes\. Keras's image_dataset_from_directory sorts them as text/;
    expect(plain.text).toMatch(/17\.02/);
    expect(plain.text).toMatch(note);
    expect(numbers.text).toMatch(/17\.02/);
    expect(numbers.text).not.toMatch(note);
    expect(sorted.text).toMatch(/100\.00/);
    expect(sorted.text).not.toMatch(note);
  });

  test('defend finds it, and its report can be checked', async () => {
    const folder = path.join(out, 'by-number');
    const { text } = await run('defend', 'net.h5', '--clean', 'val', '--scale', '1/255', '--out', folder);
    expect(text).toMatch(/class-folders: sorted/);
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.models[0]!.findings).toContainEqual({ code: 'folders-by-number' });
    expect(recomputed(report, null)).toEqual(report);
  });
});
