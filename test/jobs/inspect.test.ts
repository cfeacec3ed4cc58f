import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectionTable } from '../../src/cli/tables.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { inMemory } from '../../src/formats/byte-source.ts';
import type { Probe } from '../../src/jobs/inspect/probe.ts';
import { minimalWorkflow } from '../../src/jobs/inspect/workflow.ts';
import { command } from '../command.ts';
import { random } from '../random-nets.ts';
import { dataFile, fixtures, loadModel, pngFile, root, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(async () => {
  await startEngine();
  for (const name of ['badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5'])
    copyFileSync(path.join(root, 'examples', name), path.join(folder, name));
  const stored = await openHdf5(inMemory('clean', readFileSync(path.join(folder, 'clean_valid.h5'))));
  const [images, labels] = ['data', 'label'].map((name) => stored.array(name)!);
  const count = labels!.shape[0]!;
  const pixels = Float32Array.from(images!.rows(0, count) as Uint8Array);
  const truth = Array.from(labels!.rows(0, count), Number);
  const write = async (name: string, change: (pixel: number) => number, labelOf = (label: number) => label) =>
    writeFileSync(path.join(folder, name), await dataFile(images!.shape, pixels.map(change), truth.map(labelOf)));
  await write('unit.h5', (pixel) => pixel / 255);
  await write('signed.h5', (pixel) => pixel / 127.5 - 1);
  await write(
    'mislabelled.h5',
    (pixel) => pixel,
    (label) => (label + 1) % 10,
  );
});

const probe = async (...argv: string[]): Promise<Probe & { config: object }> => {
  const { code, stdout, stderr } = await command(folder, 'inspect', 'badnet.h5', ...argv, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const found = JSON.parse(stdout) as { probe: Probe; config: object };
  return { ...found.probe, config: found.config };
};

describe('inspect with clean images', () => {
  test.each([
    ['clean_valid.h5', '0..1', { scale: '1/255' }],
    ['unit.h5', 'as stored', {}],
    ['signed.h5', '0..1', { scale: 0.5, mean: [-0.5] }],
  ])('%s: pixels are best %s', async (file, range, settings) => {
    const { trials, best, verdict, config } = await probe('--clean', file);
    expect([trials[best]!.range, trials.length, trials[0]!.images]).toEqual([range, 3, 256]);
    expect(verdict).not.toBe('none');
    expect(config).toEqual({ models: ['badnet.h5'], clean: { validation: file }, ...settings });
  });

  test('the same preparation of the same images scores the same, however they are stored', async () => {
    const accuracies = await Promise.all(
      ['clean_valid.h5', 'unit.h5', 'signed.h5'].map(async (file) => {
        const { trials } = await probe('--clean', file);
        return trials.find(({ range }, i) => range === '0..1' || (file === 'unit.h5' && i === 0))!.accuracy;
      }),
    );
    expect(new Set(accuracies).size).toBe(1);
  });

  test('a folder of images has one layout', async () => {
    mkdirSync(path.join(folder, 'faces/0'), { recursive: true });
    mkdirSync(path.join(folder, 'faces/1'), { recursive: true });
    for (const label of [0, 1])
      writeFileSync(
        path.join(folder, `faces/${label}/a.png`),
        pngFile(8, 8, () => [label * 200]),
      );
    const { trials } = await probe('--clean', 'faces');
    expect([trials.length, trials.map(({ layout }) => layout)]).toEqual([3, ['NHWC', 'NHWC', 'NHWC']]);
  });

  test("images in colour are tried with ImageNet's mean and standard deviation, too", async () => {
    copyFileSync(path.join(fixtures, 'refused/base.h5'), path.join(folder, 'colour.h5'));
    const { model } = await loadModel(path.join(folder, 'colour.h5'));
    const [count, draw] = [90, random(1)];
    const [mean, std] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ] as const;
    const stored = Float32Array.from({ length: count * 8 * 8 * 3 }, () => Math.floor(256 * draw()));
    const given = stored.map((value, i) => (value / 255 - mean[i % 3]!) / std[i % 3]!);
    const network = new Network(splitNet(model, null));
    const labels = network.classes(
      network.features(given, count),
      Int32Array.from({ length: count }, (_, i) => i),
    );
    network.dispose();
    writeFileSync(path.join(folder, 'colours.h5'), await dataFile([count, 8, 8, 3], stored, [...labels]));
    const { code, stdout } = await command(folder, 'inspect', 'colour.h5', '--clean', 'colours.h5');
    const text = stripVTControlCharacters(stdout);
    expect([code, text]).toEqual([0, expect.stringMatching(/│ ImageNet +│ +1\/255 │ 0\.485 0\.456 0\.406 │ 0\.229 /)]);
    expect(text).toMatch(/pixels ImageNet, NHWC\./);
    expect(text).toContain('If training normalised images by another mean and standard deviation');
    expect(text).toMatch(/scale: 1\/255\nmean:[^:]*0\.485[^:]*\nstd:[^:]*0\.229/);
  });

  test('it says plainly when none is right, and writes nothing then', async () => {
    expect((await probe('--clean', 'mislabelled.h5')).verdict).toBe('none');
    const { code, stderr } = await command(
      folder,
      'inspect',
      'badnet.h5',
      '--clean',
      'mislabelled.h5',
      '--poisoned',
      'a=poisoned_valid.h5',
      '--write',
    );
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^--write: no preparation of the pixels fits this net; .*\n$/),
    ]);
    expect(existsSync(path.join(folder, '.github'))).toBe(false);
  });

  test('a net that always answers one class is not right, however many images have it', async () => {
    const stored = await openHdf5(inMemory('clean', readFileSync(path.join(folder, 'clean_valid.h5'))));
    const images = stored.array('data')!;
    writeFileSync(
      path.join(folder, 'lopsided.h5'),
      await dataFile(
        [100, ...images.shape.slice(1)],
        new Float32Array(100 * 64).fill(3),
        Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : 1)),
      ),
    );
    const { trials, best, verdict } = await probe('--clean', 'lopsided.h5');
    expect([trials[best]!.accuracy === 90 || trials[best]!.accuracy <= 10, verdict]).toEqual([true, 'none']);
  });

  test('a layout that a folder of images does not have is not tried', async () => {
    expect((await probe('--clean', 'faces', '--layout', 'NCHW')).trials.map(({ layout }) => layout)).toEqual([
      'NHWC',
      'NHWC',
      'NHWC',
    ]);
  });

  test('settings that say how pixels are prepared are the one trial', async () => {
    const { trials } = await probe('--clean', 'clean_valid.h5', '--scale', '1/127.5', '--mean', '1');
    expect(trials.map(({ range }) => range)).toEqual(['as set']);
  });

  test.each([
    [['--write'], /--write: needs clean images; add `--clean FILE`/],
    [
      ['--clean', 'clean_valid.h5', '--write'],
      /--write: needs poisoned images: without an attack nothing can be judged; add `--poisoned NAME=FILE`/,
    ],
    [['--clean', 'badnet.h5'], /no dataset named `data`/],
    [['--clean', 'clean_valid.h5', '--poisoned', 'patch=nowhere.h5', '--write'], /nowhere.h5: does not exist/],
  ])('%j is refused', async (argv, reason) => {
    const { code, stdout, stderr } = await command(folder, 'inspect', 'badnet.h5', ...argv);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(reason)]);
  });

  test('what --write leaves is a gate that runs as it is, and is not written over', async () => {
    const argv = [
      'inspect',
      'badnet.h5',
      '--clean',
      'clean_valid.h5',
      '--poisoned',
      'patch=poisoned_valid.h5',
      '--accept',
      'pruned',
      '--write',
    ];
    const { code, stdout } = await command(folder, ...argv);
    expect([code, stripVTControlCharacters(stdout)]).toEqual([
      0,
      expect.stringContaining('Written: .github/goodnet.yml, .github/workflows/goodnet.yml.'),
    ]);
    expect(readFileSync(path.join(folder, '.github/workflows/goodnet.yml'), 'utf8')).toBe(minimalWorkflow);
    const gate = await command(folder, 'defend', '--config', '.github/goodnet.yml');
    expect([gate.code, stripVTControlCharacters(gate.stdout)]).toEqual([
      0,
      expect.stringContaining('Passed: ship model_best.h5.'),
    ]);
    expect((await command(folder, ...argv)).stderr).toBe(
      '.github/goodnet.yml: exists already; move it away, or name another place\n',
    );
  });
});

test('a layer name of any length leaves the table its shape', () => {
  const name = `conv_${'長'.repeat(100_000)}\u001b[31m_last`;
  const choice = {
    layer: name,
    prunes: 'outputs' as const,
    rankLayer: name,
    channels: 4,
    reason: 'deepest-on-every-path' as const,
  };
  const layers = [{ name, className: 'Conv2D', shape: [2, 2, 4], parameters: 40, obstacle: null }];
  const text = stripVTControlCharacters(
    inspectionTable({
      path: 'net.h5',
      sha256: '',
      dialect: 'keras3',
      inputShape: [2, 2, 1],
      classes: 2,
      precision: 'float32',
      ambiguousActivation: null,
      augmentation: null,
      rewritten: null,
      layers,
      choice,
      problem: null,
      probe: null,
    }),
  );
  for (const line of text.split('\n')) expect(line.length).toBeLessThan(200);
  expect(text.match(/conv_長+…長+\?\[31m_last/g)).toHaveLength(4);
});
