import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { Clock } from '../../src/base/clock.ts';
import { phases } from '../../src/engine/phases.ts';
import { type Profile, stages } from '../../src/jobs/profile.ts';
import { profileTable } from '../../src/cli/profile.ts';
import { type ProgressEvent, run } from '../../src/index.ts';
import { command } from '../command.ts';
import { random } from '../random-nets.ts';
import { dataFile, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const images = 1300;
const sum = (seconds: Record<string, number>): number => Object.values(seconds).reduce((a, b) => a + b);

beforeAll(async () => {
  const r = random(1);
  const pixels = Float32Array.from({ length: images * 64 }, () => Math.floor(256 * r()));
  const file = await dataFile(
    [images, 8, 8, 1],
    pixels,
    Array.from({ length: images }, (_, i) => i % 10),
  );
  for (const name of ['clean', 'poisoned']) writeFileSync(path.join(folder, `${name}.h5`), file);
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'net.h5'));
});

test('laps add up to the time that passed, each under its own phase', async () => {
  const began = performance.now();
  const clock = new Clock(['a', 'b', 'unused']);
  await new Promise((resume) => setTimeout(resume, 30));
  clock.lap('a');
  clock.lap('b');
  await new Promise((resume) => setTimeout(resume, 20));
  clock.lap('a');
  const passed = (performance.now() - began) / 1000;
  expect(clock.seconds.unused).toBe(0);
  expect(clock.seconds.a).toBeGreaterThan(0.045);
  expect(clock.seconds.a).toBeGreaterThan(clock.seconds.b);
  expect(sum(clock.seconds)).toBeLessThanOrEqual(passed);
  expect(sum(clock.seconds)).toBeGreaterThan(passed - 0.01);
});

test.each([1, 2])('a run on %i threads tells where its time went', async (workers) => {
  let profile: Profile | undefined;
  const settings = {
    models: ['net.h5'],
    clean: { validation: 'clean.h5' },
    attacks: { patch: { validation: 'poisoned.h5' } },
    checkpoints: [1],
    workers,
    out: `out-${workers}`,
  };
  const [resolved, world] = [resolveConfig(settings, {}, null), testWorld(folder)];
  const began = performance.now();
  await run(resolved, {
    ...world,
    profile: (told) => {
      profile = told;
    },
  });
  const passed = (performance.now() - began) / 1000;
  const {
    main,
    computing: { threads, seconds },
  } = profile!;
  expect(threads).toBe(workers);
  expect(Object.keys(main)).toEqual([...stages]);
  expect(Object.keys(seconds)).toEqual([...phases]);
  for (const [phase, spent] of Object.entries({ ...main, ...seconds }))
    expect(spent > 0, phase).toBe(phase !== 'train');
  expect(sum(main)).toBeLessThanOrEqual(passed);
  expect(sum(main)).toBeGreaterThan(0.9 * passed);
  const { idle, ...busy } = seconds;
  expect(sum(busy)).toBeLessThanOrEqual(threads * main.compute); // while the main thread waits, each works at most all the time
  expect(idle + sum(busy)).toBeLessThanOrEqual(threads * sum(main));
});

test('time between chunks is waiting, not work', async () => {
  let profile: Profile | undefined;
  let blocked = 0;
  const progress = ({ stage }: ProgressEvent): void => {
    if (stage === 'rounding') return; // told between batches, at which the thread goes on
    const began = performance.now();
    while (performance.now() < began + 10);
    blocked += performance.now() - began;
  };
  const settings = { models: ['net.h5'], clean: { validation: 'clean.h5' }, attacks: {}, workers: 1, out: 'blocked' };
  await run(resolveConfig(settings, {}, null), {
    ...testWorld(folder),
    progress,
    profile: (told) => {
      profile = told;
    },
  });
  expect(blocked).toBeGreaterThanOrEqual(100);
  expect(profile!.computing.seconds.idle).toBeGreaterThanOrEqual(blocked / 1000);
});

test('images that are looked at for rounding are told of, one by one or more', async () => {
  const settings = { models: ['net.h5'], clean: { validation: 'clean.h5' }, attacks: {}, workers: 2, out: 'looked' };
  const told: ProgressEvent[] = [];
  const report = await run(resolveConfig(settings, {}, null), {
    ...testWorld(folder),
    progress: (event) => void (event.stage === 'rounding' && told.push(event)),
  });
  const images = report.models[0]!.rounding!.reduce((sum, each) => sum + each.images, 0);
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toMatchObject({ done: images, total: images });
});

test('two runs at once do not share their times, and a run without it tells nothing', async () => {
  const settings = (out: string) =>
    resolveConfig({ models: ['net.h5'], clean: { validation: 'clean.h5' }, attacks: {}, workers: 1, out }, {}, null);
  const told: Profile[] = [];
  const profile = (of: Profile): void => void told.push(of);
  await Promise.all([
    run(settings('a'), { ...testWorld(folder), profile }),
    run(settings('b'), { ...testWorld(folder), profile }),
    run(settings('c'), testWorld(folder)),
  ]);
  expect(told).toHaveLength(2);
  expect(told[0]!.main).not.toBe(told[1]!.main);
  expect(told[0]!.computing).not.toEqual(told[1]!.computing);
});

test('--profile prints a table to standard error, and report.json stays as it is', async () => {
  const argv = [
    'defend',
    'net.h5',
    '--clean',
    'clean.h5',
    '--poisoned',
    'poisoned.h5',
    '--workers',
    '2',
    '--out',
    'out',
  ];
  const plain = await command(folder, ...argv);
  const report = readFileSync(path.join(folder, 'out/report.json'), 'utf8');
  const profiled = await command(folder, ...argv, '--profile');
  expect(profiled.code).toBe(plain.code);
  expect(profiled.stdout).toBe(plain.stdout);
  expect(readFileSync(path.join(folder, 'out/report.json'), 'utf8')).toBe(report);
  expect(plain.stderr).not.toContain('seconds');
  for (const phase of ['start', 'compute', 'write', 'read', 'prefix', 'rank', 'sweep', 'waiting'])
    expect(profiled.stderr).toMatch(new RegExp(`${phase} +│ +\\d+\\.\\d\\d │`));
});

test('the table shows seconds, their sums and shares', () => {
  const table = stripVTControlCharacters(
    profileTable({
      main: { start: 1, compute: 8, write: 1 },
      computing: { threads: 2, seconds: { read: 2, prefix: 8, rank: 0, sweep: 4, train: 0, idle: 2 } },
    }),
  );
  expect(
    table
      .split('\n')
      .filter((line) => /\d/.test(line))
      .map((line) => line.replaceAll(/[│\s]+/g, ' ').trim()),
  ).toEqual([
    'main thread start 1.00 10%',
    'compute 8.00 80%',
    'write 1.00 10%',
    'all 10.00',
    '2 threads, summed read 2.00 13%',
    'prefix 8.00 50%',
    'rank 0.00 0%',
    'sweep 4.00 25%',
    'train 0.00 0%',
    'waiting 2.00 13%',
    'all 16.00',
  ]);
});
