import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Config } from '../src/config.ts';
import { resolveConfig } from '../src/resolve-config.ts';
import { evaluate } from '../src/evaluate.ts';
import { run } from '../src/run.ts';
import { dataFile, pngFile, root, temporaryFolder, testWorld } from './support.ts';
import { random } from './random-nets.ts';

const folder = temporaryFolder();
const images = 1300; // six chunks, the last one not full

beforeAll(async () => {
  for (const [name, seed] of [['clean', 1], ['poisoned', 2], ['broken', 3]] as const) {
    const r = random(seed);
    const pixels = Float32Array.from({ length: images * 64 }, () => Math.floor(256 * r()));
    if (name === 'broken') pixels[1200 * 64] = NaN;
    writeFileSync(path.join(folder, `${name}.h5`), await dataFile([images, 8, 8, 1], pixels, Array.from({ length: images }, () => Math.floor(10 * r()))));
  }
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'net.h5'));
  writeFileSync(path.join(folder, 'trigger.png'), pngFile(2, 2, () => [255, 255, 255]));
  mkdirSync(path.join(folder, 'faces'));
  for (let i = 0; i < 40; i++) writeFileSync(path.join(folder, 'faces', `${i}_label=${i % 10}.png`), pngFile(8, 8, (row, column) => Array<number>(3).fill((i * 37 + row * 8 + column) % 256)));
});

const config = (settings: Partial<Config>) => resolveConfig({
  models: ['net.h5'], clean: { validation: 'clean.h5' }, attacks: { file: { validation: 'poisoned.h5' }, stamped: { target: 3, trigger: { image: 'trigger.png', at: [0, 0], scale: 1 } } },
  checkpoints: [1, 5], ...settings,
}, {}, null);

test.each([2, 3])('%i threads report what one does, and write the same files', async (workers) => {
  const reports = [];
  for (const count of [1, workers]) {
    const report = await run(config({ workers: count, out: 'out' }), testWorld(folder));
    expect(report.run.workers).toBe(count);
    const files = report.files.filter((file) => !file.startsWith('report')).map((file) => readFileSync(path.join(folder, 'out', file)).toString('base64'));
    reports.push({ ...report, run: null, files });
  }
  expect(reports[1]).toEqual(reports[0]);
});

test('a folder of images is decoded in every thread, and evaluate counts the same', async () => {
  const settings = { clean: { validation: 'clean.h5', test: 'faces' }, attacks: {} };
  const [one, two] = [await evaluate(config({ ...settings, workers: 1 }), testWorld(folder)), await evaluate(config({ ...settings, workers: 2 }), testWorld(folder))];
  expect(one.errors).toEqual([]);
  expect(two).toEqual(one);
});

test('a thread\'s refusal is the run\'s, in the same words', async () => {
  const broken = (workers: number) => run(config({ clean: { validation: 'broken.h5' }, attacks: {}, workers, out: 'none' }), testWorld(folder));
  const [one, two] = [await broken(1), await broken(2)];
  expect(one.errors[0]!.message).toContain('broken.h5: image 1200 holds the value NaN');
  expect(two.errors).toEqual(one.errors);
  expect(readdirSync(folder)).not.toContain('none');
});

test('threads stop when the job is told to', async () => {
  const stop = new AbortController();
  const world = { ...testWorld(folder), signal: stop.signal, progress: () => stop.abort(new Error('told to')) };
  await expect(run(config({ workers: 2, out: 'none' }), world)).rejects.toThrow('told to');
  expect(readdirSync(folder)).not.toContain('none');
});
