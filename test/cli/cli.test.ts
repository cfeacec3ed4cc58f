import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { command } from '../command.ts';
import { fixtures, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const plain = (text: string): string => stripVTControlCharacters(text);
const example = ['--config', 'examples/goodnet.yml'];

test('defend exits with 1 when one gate is not met, and with 0 for the one that passes', async () => {
  const out = temporaryFolder();
  expect((await command(root, 'defend', ...example, '--out', out)).code).toBe(1);
  const alone = await command(root, 'defend', 'examples/badnet.h5', ...example, '--out', temporaryFolder());
  expect([alone.code, plain(alone.stdout)]).toEqual([0, expect.stringContaining('Passed: ship model_best.h5.')]);
});

test('a folder holds one run: what goodnet wrote for an earlier one goes, what it did not write and what it reads stays', async () => {
  const out = temporaryFolder();
  const net = path.join(out, 'examples__badnet.h5');
  const defend = (model: string) => command(root, 'defend', model, ...example, '--out', out);
  const verified = async () => (await command(root, 'verify', out)).code;
  await defend('examples/resistant.h5');
  const second = await defend('examples/badnet.h5');
  expect(second.stderr).toContain(
    `${out}: a folder holds one run; of an earlier one this is removed: examples__resistant.h5\n`,
  );
  expect([existsSync(path.join(out, 'examples__resistant.h5')), await verified()]).toEqual([false, 0]);
  expect((await defend('examples/badnet.h5')).stderr).not.toContain('removed');
  const repaired = path.join(net, 'model_X=2.h5');
  const content = readFileSync(repaired);
  expect((await defend(repaired)).code).toBe(0);
  expect([readdirSync(net), readFileSync(repaired).equals(content), await verified()]).toEqual([
    ['model_X=2.h5'],
    true,
    0,
  ]);
  writeFileSync(path.join(net, 'notes.txt'), 'mine');
  await defend('examples/resistant.h5');
  expect([readdirSync(net), readdirSync(out).sort()]).toEqual([
    ['notes.txt'],
    [
      '.goodnet-files.json',
      'examples__badnet.h5',
      'examples__resistant.h5',
      'manifest.json',
      'report.html',
      'report.json',
      'report.md',
    ],
  ]);
  expect((await defend('examples/README.md')).code).toBe(2);
  expect(readdirSync(path.join(out, 'examples__resistant.h5'))).toContain('sweep.csv');
});

test('a flag replaces the config: an accepted kind decides between passed and repairable', async () => {
  const { code, stdout } = await command(
    root,
    'defend',
    'examples/badnet.h5',
    ...example,
    '--accept',
    'original',
    '--out',
    temporaryFolder(),
  );
  expect([code, plain(stdout)]).toEqual([
    1,
    expect.stringContaining('no file of an accepted kind meets the limits; model_best.h5, of another kind, does.'),
  ]);
});

test('without limits nothing is gated', async () => {
  const { code, stdout } = await command(
    root,
    'defend',
    'examples/badnet.h5',
    '--clean',
    'examples/clean_valid.h5',
    '--out',
    temporaryFolder(),
  );
  expect([code, plain(stdout)]).toEqual([0, expect.stringContaining('Not gated: no limit is set.')]);
});

test('a refused model beside a good one: the good one is reported, exit 2, and the run has not passed', async () => {
  const { code, stdout, stderr } = await command(
    root,
    'defend',
    'examples/badnet.h5',
    path.join(fixtures, 'refused/lambda.keras3.h5'),
    ...example,
    '--json',
    '--out',
    temporaryFolder(),
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('payload is a Lambda')]);
  expect(JSON.parse(stdout)).toMatchObject({
    passed: false,
    errors: [{ code: 'layer-unsupported' }],
    models: [{ path: 'examples/badnet.h5' }],
  });
});

test('pruning the inputs of a Dense layer is a run like any other', async () => {
  const { code, stdout } = await command(
    root,
    'defend',
    'examples/badnet.h5',
    ...example,
    '--prune-inputs-of',
    'fc_1',
    '--json',
    '--out',
    temporaryFolder(),
  );
  expect(code).toBeLessThan(2);
  expect(JSON.parse(stdout)).toMatchObject({
    models: [{ layer: 'fc_1', prunes: 'inputs', rankLayer: 'pool_3', layerIsDefault: false }],
  });
});

test('inspect lists the layers and the choice', async () => {
  const { code, stdout } = await command(root, 'inspect', 'examples/badnet.h5');
  expect(code).toBe(0);
  await expect(plain(stdout)).toMatchFileSnapshot('../snapshots/inspect.txt');
});

test('evaluate stops where that was asked for', async () => {
  const interrupt = new AbortController();
  interrupt.abort();
  const settings = resolveConfig(
    { models: ['examples/badnet.h5'], clean: { validation: 'examples/clean_valid.h5' } },
    {},
    null,
  );
  await expect(evaluate(settings, { ...testWorld(root), signal: interrupt.signal })).rejects.toThrow(/abort/);
});

test('evaluate prints one table', async () => {
  const { code, stdout } = await command(root, 'evaluate', ...example);
  expect(code).toBe(0);
  await expect(plain(stdout)).toMatchFileSnapshot('../snapshots/evaluate.txt');
});

test('help names every setting', async () => {
  const { code, stdout } = await command(root, 'defend', '--help');
  expect(code).toBe(0);
  await expect(plain(stdout)).toMatchFileSnapshot('../snapshots/help.txt');
});

test.each([[['defned']], [['defend', '--laier', 'x']], [['defend', 'net.h5', '--scale', 'much']], [['inspect']]])(
  '%j is a usage error',
  async (argv) => {
    const { code, stdout, stderr } = await command(root, ...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: /);
  },
);
