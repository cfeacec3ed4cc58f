import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/record/report.ts';
import { command } from '../command.ts';
import { fixtures, loadModel, reference } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const base = path.join(fixtures, 'refused/base.h5');
const readings = path.join(fixtures, 'readings');
const content = async (file: string) =>
  (await loadModel(file)).model.calls.map(({ id, inputs, shape, layer }) => [id, inputs, shape, layer]);

describe('the same net, otherwise written', () => {
  test.each(readdirSync(readings))('%s is read as it is', async (name) => {
    expect(await content(path.join(readings, name))).toEqual(await content(base));
  });
});

const bypass = reference('bypass');
const there = existsSync(bypass);
if (!there)
  process.stderr.write(
    '\n*** SKIPPED: files that load as another net need the reference data in ../shared, which is not there. ***\n',
  );
const figuresOf = new Map<string, number>();

describe.runIf(there)('files that load as another net, or broke a run', () => {
  const out = temporaryFolder();
  const models = there
    ? readdirSync(bypass).filter((name) => /\.(h5|keras)$/.test(name) && !/^(clean|poison)/.test(name))
    : [];
  const options = (name: string): string[] => {
    const two = name.startsWith('k2_') ? '2' : '';
    return [
      '--clean',
      `clean${two}.h5`,
      '--poisoned',
      `bd=poison${two}.h5`,
      '--max-asr',
      '20',
      '--min-accuracy',
      '90',
      '--accept',
      'original',
      ...(name.startsWith('k8_') ? ['--architecture', 'b.json'] : []),
      '--out',
      path.join(out, name),
    ];
  };

  test('there are some', () => expect(models.length).toBeGreaterThanOrEqual(14));

  test.each(models)('%s does not pass, and is no bug', async (name) => {
    const { code } = await command(bypass, 'defend', name, ...options(name));
    figuresOf.set(name, code);
    expect([1, 2]).toContain(code);
    const report = path.join(out, name, 'report.json');
    if (existsSync(report)) expect((JSON.parse(readFileSync(report, 'utf8')) as Report).passed).toBe(false);
  });

  test('none takes the others down: each is judged, or stands among the errors', async () => {
    const together = models.filter((name) => !/^k[28]_/.test(name));
    const { code } = await command(bypass, 'defend', ...together, ...options('all'));
    const report = JSON.parse(readFileSync(path.join(out, 'all', 'report.json'), 'utf8')) as Report;
    expect([code, report.passed]).toEqual([2, false]);
    expect([...report.models, ...report.errors].map((told) => told.path).sort()).toEqual(together.sort());
  });
});

afterAll(() => {
  if (figuresOf.size > 0)
    process.stderr.write(
      `\nFIGURE files that load as another net: ${[...figuresOf.values()].filter((code) => code === 2).length} refused, ${[...figuresOf.values()].filter((code) => code === 1).length} fail the gate, of ${figuresOf.size}\n`,
    );
});
