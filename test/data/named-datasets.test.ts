import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../../src/data/source.ts';
import { readInputs } from '../../src/github/inputs.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { dataIdentity, otherData } from '../../src/report/record/baseline.ts';
import type { Config } from '../../src/settings/config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { command } from '../command.ts';
import { assets, hasReference, readJson, reference, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

const folder = temporaryFolder();
const examples = {
  valid: 'clean_valid.h5',
  test: 'clean_test.h5',
  bad: 'poisoned_valid.h5',
  worse: 'poisoned_test.h5',
};
const setOf = (name: string) => ({ file: 'all.h5', data: `x_${name}`, label: `y_${name}` });
const clean = { validation: setOf('valid'), test: setOf('test') };
const attacks = { patch: { validation: setOf('bad'), test: setOf('worse') } };

/** The four example files in one. */
beforeAll(async () => {
  const arrays: Record<string, { shape: number[]; values: Float32Array }> = {};
  for (const [name, file] of Object.entries(examples)) {
    copyFileSync(path.join(root, 'examples', file), path.join(folder, file));
    const source = await openSource({ file }, { dataName: 'data', labelName: 'label' }, null, { cwd: folder, assets });
    for (const [letter, array] of [
      ['x', source.data],
      ['y', source.label],
    ] as const) {
      const values = Float32Array.from(array.rows(0, array.shape[0]!), Number);
      arrays[`${letter}_${name}`] = { shape: [...array.shape], values };
    }
    source.close();
  }
  writeFileSync(path.join(folder, 'all.h5'), await hdf5Of({ attributes: {}, groups: {}, arrays }));
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'badnet.h5'));
});

const figures = async (settings: Partial<Config>, cwd = folder) => {
  const resolved = resolveConfig({ models: ['badnet.h5'], scale: '1/255', ...settings }, {}, null);
  const { models, errors } = await evaluate(resolved, testWorld(cwd));
  expect(errors).toEqual([]);
  return models.map(({ validation, test: tested }) => ({ validation, test: tested }));
};

test('four sets of one HDF5 file are four files', async () => {
  const apart = await figures({
    clean: { validation: examples.valid, test: examples.test },
    attacks: { patch: { validation: examples.bad, test: examples.worse } },
  });
  expect(await figures({ clean, attacks })).toEqual(apart);
  expect(apart[0]!.validation).not.toEqual(apart[0]!.test);
});

test('defend records each set, and verify computes the same again', async () => {
  const { evaluator: _, clock: __, listener: ___, ...world } = testWorld(folder);
  const settings = {
    models: ['badnet.h5'],
    scale: '1/255',
    clean,
    attacks,
    'min-accuracy': '0.5%',
    workers: 1,
  } as const;
  const report = await run(resolveConfig({ ...settings, models: ['badnet.h5'], out: 'told' }, {}, null), world);
  const counts = report.inputs.filter(({ path: file }) => file === 'all.h5').map(({ samples }) => samples);
  const { validation, test: tested } = report.models[0]!.candidates[0]!;
  expect(new Set(counts)).toEqual(
    new Set([validation.clean, validation.poisoned['patch'], tested!.clean, tested!.poisoned['patch']]),
  );
  expect(report.config['clean']!.value).toEqual(clean);
  expect(readJson(path.join(folder, 'told/report.json'))).toMatchObject({ inputs: report.inputs });
  const again = await command(folder, 'verify', 'told', '--rerun');
  expect([again.code, again.stderr.includes('Error')]).toEqual([0, false]);
});

test('data is another where other names stand beside the same file, and the same by a pin', () => {
  const inputs = [{ path: 'all.h5', bytes: 9, sha256: 'ab'.repeat(32), samples: 10 }];
  const identity = (validation: object | string) => dataIdentity({ clean: { validation } }, inputs);
  expect(identity(setOf('valid'))).not.toBe(identity(setOf('test')));
  expect(identity(setOf('valid'))).not.toBe(identity('all.h5'));
  expect(identity({ ...setOf('valid'), sha256: 'ab'.repeat(32) })).toBe(identity(setOf('valid')));
  expect(identity({ file: 'all.h5' })).toBe(identity('all.h5'));
  const config = (validation: object) => ({ clean: { value: { validation }, source: 'flag' as const } });
  expect(otherData({ config: config(setOf('valid')), inputs }, { config: config(setOf('test')), inputs })).toBe(
    'other clean images',
  );
});

describe('the same in every door', () => {
  const text = '{ file: all.h5, data: x_valid, label: y_valid }';
  const other = text.replaceAll('valid', 'bad');
  const expected = { clean: { validation: setOf('valid') }, attacks: { patch: { validation: setOf('bad') } } };
  test('config file', () => {
    const written = `models: badnet.h5\nclean: { validation: ${text} }\nattacks: { patch: { validation: ${other} } }\n`;
    expect(resolveConfig({}, parseConfig(written, 'c.yml'), 'c.yml').config).toMatchObject(expected);
  });
  test('inputs', () => {
    expect(readInputs({ INPUT_CLEAN: text, INPUT_POISONED: `patch=${other}` }).settings).toEqual(expected);
    const lines = 'file: all.h5\ndata: x_valid\nlabel: y_valid';
    const tested = readInputs({ INPUT_CLEAN: lines, 'INPUT_TEST-CLEAN': '{"file":"a.npz","data":"x"}' }).settings;
    expect(tested).toEqual({ clean: { validation: setOf('valid'), test: { file: 'a.npz', data: 'x' } } });
    expect(readInputs({ INPUT_CLEAN: `{ validation: ${text} }` }).settings).toEqual({ clean: expected.clean });
    expect(readInputs({ INPUT_CLEAN: 'data.h5' }).settings).toEqual({
      clean: { validation: 'data.h5' },
    });
  });
  test('flags', async () => {
    const words = ['badnet.h5', '--scale', '1/255', '--json'];
    const told = await command(folder, 'evaluate', ...words, '--clean', text, '--poisoned', `patch=${other}`);
    const plain = await command(
      folder,
      'evaluate',
      ...words,
      '--clean',
      examples.valid,
      '--poisoned',
      `patch=${examples.bad}`,
    );
    const of = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { models: unknown[] }).models;
    expect(of(told)).toEqual(of(plain));
    const wrong = await command(folder, 'evaluate', 'badnet.h5', '--clean', '{ file: all.h5, dta: x }');
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/--clean: unknown key .*did you mean `data`/),
    ]);
  });
});

test('a name that is not there, or beside a folder, is refused', async () => {
  const open = (file: object) => () =>
    openSource({ file: 'all.h5', ...file }, { dataName: 'data', labelName: 'label' }, null, { cwd: folder, assets });
  await expect(open({})()).rejects.toThrow('all.h5: has no dataset named `data`');
  await expect(open({ data: 'x_valid' })()).rejects.toThrow('all.h5: has no dataset named `label`');
  await expect(open({ file: '.', label: 'y' })()).rejects.toThrow('.: has no dataset named `y`');
});

test.runIf(hasReference('data/named-datasets'))('two splits of one .npz', async () => {
  const cwd = reference('field/one-file-two-splits');
  const one = (name: string) => ({ file: 'data.npz', data: `x_${name}`, label: `y_${name}` });
  const apart = async (name: string) => {
    const named = { 'data-name': `x_${name}`, 'label-name': `y_${name}` };
    const [model] = await figures({ models: ['net.h5'], scale: 1, clean: { validation: 'data.npz' }, ...named }, cwd);
    return model!.validation;
  };
  const [both] = await figures(
    { models: ['net.h5'], scale: 1, clean: { validation: one('train'), test: one('test') } },
    cwd,
  );
  expect(both).toEqual({ validation: await apart('train'), test: await apart('test') });
});

describe('a name of an attack', () => {
  const poisoned = (text: string) => readInputs({ INPUT_CLEAN: 'c.h5', INPUT_POISONED: text }).settings.attacks;
  test.each(['my attack', '1st', '_bd', 'größe', 'constructor', 'a.b', 'bd ', 'a,b', '"bd"'])(
    '%j is refused as such',
    (name) => {
      expect(() => poisoned(`${name}=p.h5`)).toThrow(
        `poisoned: names an attack ${JSON.stringify(name)}; start its name with a letter`,
      );
    },
  );
  test('a path with = in it is a file', () => {
    for (const file of ['runs/lr=0.1/p.h5', './my attack=p.h5', '..\\lr=1.h5', '=p.h5', 'p.h5'])
      expect(poisoned(file)).toEqual({ poisoned: { validation: file } });
    expect(poisoned('bd=runs/lr=0.1/p.h5')).toEqual({ bd: { validation: 'runs/lr=0.1/p.h5' } });
  });
  test('as a flag', async () => {
    const { stderr, code } = await command(folder, 'evaluate', 'badnet.h5', '--poisoned', 'my attack=p.h5');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--poisoned: names an attack "my attack"')]);
  });
});
