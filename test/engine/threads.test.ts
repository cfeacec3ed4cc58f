import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Config } from '../../src/settings/config.ts';
import { dataFormat } from '../../src/settings/data-format.ts';
import { splitFiles } from '../../src/settings/split-files.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { run } from '../../src/index.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { chunkSize, leastChunks } from '../../src/engine/chunks.ts';
import type { Parts } from '../../src/engine/parts.ts';
import { openJob } from '../../src/engine/threads/job.ts';
import { dataFile, loadModel, pngFile, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { random } from '../random-nets.ts';

const folder = temporaryFolder();
const images = 1300; // six chunks, the last one not full

beforeAll(async () => {
  for (const [name, seed] of [
    ['clean', 1],
    ['poisoned', 2],
    ['broken', 3],
  ] as const) {
    const r = random(seed);
    const pixels = Float32Array.from({ length: images * 64 }, () => Math.floor(256 * r()));
    if (name === 'broken') pixels[1200 * 64] = NaN;
    writeFileSync(
      path.join(folder, `${name}.h5`),
      await dataFile(
        [images, 8, 8, 1],
        pixels,
        Array.from({ length: images }, () => Math.floor(10 * r())),
      ),
    );
  }
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'net.h5'));
  writeFileSync(
    path.join(folder, 'trigger.png'),
    pngFile(2, 2, () => [255, 255, 255]),
  );
  mkdirSync(path.join(folder, 'faces'));
  for (let i = 0; i < 40; i++)
    writeFileSync(
      path.join(folder, 'faces', `${i}_label=${i % 10}.png`),
      pngFile(8, 8, (row, column) => Array<number>(3).fill((i * 37 + row * 8 + column) % 256)),
    );
});

test('threads that start ahead of the data find work: it makes no fewer chunks than its bytes say', () => {
  const count = 5000;
  for (const rowBytes of [100, 62_040, 602_112, 2 ** 25])
    for (const featureBytes of [40, 4800, 3_000_000]) {
      const size = chunkSize(
        { featureBytes, cut: null, prefix: [], suffix: [], shapes: new Map(), channels: 1 } as unknown as Parts,
        { imageBytes: rowBytes + 1 } as Dataset,
      );
      expect(Math.ceil(count / size)).toBeGreaterThanOrEqual(leastChunks(count * rowBytes));
    }
  expect([leastChunks(0), leastChunks(2 ** 30)]).toEqual([0, 32]);
});

const config = (settings: Partial<Config>) =>
  resolveConfig(
    {
      models: ['net.h5'],
      clean: { validation: 'clean.h5' },
      attacks: {
        file: { validation: 'poisoned.h5' },
        stamped: { target: 3, trigger: { image: 'trigger.png', at: [0, 0], scale: 1 } },
      },
      checkpoints: [1, 5],
      ...settings,
    },
    {},
    null,
  );

test.each([2, 3])('%i threads report what one does, and write the same files', async (workers) => {
  const reports = [];
  for (const count of [1, workers]) {
    const report = await run(config({ workers: count, out: 'out' }), testWorld(folder));
    expect(report.run.workers).toBe(count);
    const files = report.files
      .filter((file) => !/^(report|manifest)\./.test(file))
      .map((file) => readFileSync(path.join(folder, 'out', file)).toString('base64'));
    reports.push({ ...report, run: null, files });
  }
  expect(reports[1]).toEqual(reports[0]);
});

/** How many temporary files of features this process has open, its threads included; what Linux alone tells. */
const spillFiles = (): number =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return /goodnet-\w{6}\/features/.test(readlinkSync(`/proc/self/fd/${descriptor}`));
    } catch {
      return false; // closed meanwhile
    }
  }).length;

test('features that go to a temporary file change no figure and no file, on one thread and on two, and the file is gone', async () => {
  const onLinux = process.platform === 'linux';
  const temporary = mkdtempSync(path.join(folder, 'tmp-'));
  vi.stubEnv('TMPDIR', temporary); // threads get a copy
  vi.stubEnv('TEMP', temporary);
  const outcome = async (workers: number, featureBytes: number | undefined) => {
    let most = 0;
    const report = await run(config({ workers, out: 'out' }), {
      ...testWorld(folder),
      featureBytes,
      progress: () => {
        most = onLinux ? Math.max(most, spillFiles()) : most;
      },
    });
    if (onLinux && featureBytes !== 500_000)
      expect(most, `${workers} workers, ${featureBytes} bytes`).toBe(featureBytes === 0 ? workers : 0);
    if (onLinux && featureBytes === 500_000) expect(most, `${workers} workers, some in memory`).toBeGreaterThan(0); // how many depends on who takes which chunk
    const files = report.files
      .filter((file) => !/^(report|manifest)\./.test(file))
      .map((file) => readFileSync(path.join(folder, 'out', file)).toString('base64'));
    return { ...report, run: null, files };
  };
  const inMemory = await outcome(1, undefined);
  for (const [workers, featureBytes] of [
    [1, 0],
    [1, 500_000],
    [2, 0],
    [2, 500_000],
  ] as const)
    expect(await outcome(workers, featureBytes)).toEqual(inMemory);
  vi.unstubAllEnvs();
  expect(readdirSync(temporary)).toEqual([]);
  if (onLinux) expect(spillFiles()).toBe(0);
});

test('a folder of images is decoded in every thread, and evaluate counts the same', async () => {
  const settings = { clean: { validation: 'clean.h5', test: 'faces' }, attacks: {} };
  const [one, two] = [
    await evaluate(config({ ...settings, workers: 1 }), testWorld(folder)),
    await evaluate(config({ ...settings, workers: 2 }), testWorld(folder)),
  ];
  expect(one.errors).toEqual([]);
  expect(two).toEqual(one);
});

test("a thread's refusal is the run's, in the same words", async () => {
  const broken = (workers: number) =>
    run(config({ clean: { validation: 'broken.h5' }, attacks: {}, workers, out: 'none' }), testWorld(folder));
  const [one, two] = [await broken(1), await broken(2)];
  expect(one.errors[0]!.message).toContain('broken.h5: image 1200 holds the value NaN');
  expect(two.errors).toEqual(one.errors);
  expect(readdirSync(folder)).not.toContain('none');
});

test('a model that is refused while it is evaluated leaves no tensors behind', async () => {
  await startEngine();
  const { model } = await loadModel(path.join(folder, 'net.h5'));
  const settings = config({ clean: { validation: 'broken.h5' }, attacks: {} }).config;
  const broken = async (): Promise<void> => {
    const { shards, close } = await openJob(
      {
        model,
        cut: null,
        splits: [{ files: splitFiles(settings, 'validation')!, format: dataFormat(settings) }],
        featureBytes: 0,
      },
      testWorld(folder),
    );
    expect(() => shards[0]![0]!.tallies(0, images, new Int32Array(0), [0])).toThrow('image 1200 holds the value NaN');
    close();
  };
  await broken();
  const before = tf.memory().numTensors;
  await broken();
  expect(tf.memory().numTensors).toBe(before);
});

test('threads stop when the job is told to', async () => {
  const stop = new AbortController();
  const world = { ...testWorld(folder), signal: stop.signal, progress: () => stop.abort(new Error('told to')) };
  await expect(run(config({ workers: 2, out: 'none' }), world)).rejects.toThrow('told to');
  expect(readdirSync(folder)).not.toContain('none');
});
