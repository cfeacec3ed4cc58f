import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { SpillFile } from '../../src/engine/threads/spill-file.ts';
import { root } from '../support.ts';

const features = (seed: number, count: number) => ({
  count,
  cut: Float32Array.from({ length: count * 3 }, (_, i) => seed + i),
  sides: [Float32Array.of(seed, -seed)],
});

test('gives back each chunk once, bit for bit, by dataset and place', () => {
  const file = new SpillFile();
  const [clean, poisoned] = [file.section('0-0'), file.section('0-1')];
  clean.put(0, features(1, 4));
  poisoned.put(0, features(100, 2));
  clean.put(256, features(7, 3));
  expect(clean.take(256)).toEqual(features(7, 3));
  expect(poisoned.take(0)).toEqual(features(100, 2));
  expect(clean.take(0)).toEqual(features(1, 4));
  expect(clean.take(0)).toBeUndefined();
  expect(clean.take(512)).toBeUndefined();
  file.close();
});

test('the place of what was taken is taken again, by no more than fits', () => {
  const file = new SpillFile();
  const numbers = file.numbers('0-0');
  const grown = () => (file as unknown as { end: number }).end;
  numbers.put('a', Float32Array.of(1, 2, 3));
  numbers.put('b', Float32Array.of(4, 5, 6));
  expect(numbers.take('a')).toEqual(Float32Array.of(1, 2, 3));
  numbers.put('c', Float32Array.of(7, 8, 9, 10));
  numbers.put('d', Float32Array.of(11, 12, 13));
  numbers.put('e', Float32Array.of(14, 15, 16));
  expect(grown()).toBe(4 * (3 + 3 + 4 + 3));
  expect(['b', 'c', 'd', 'e'].map((key) => [...numbers.take(key)!])).toEqual([
    [4, 5, 6],
    [7, 8, 9, 10],
    [11, 12, 13],
    [14, 15, 16],
  ]);
  file.close();
});

test('leaves nothing behind', () => {
  const before = readdirSync(tmpdir()).filter((name) => /^goodnet-\w{6}$/.test(name));
  const file = new SpillFile();
  file.section('0-0').put(0, features(1, 4));
  file.close();
  expect(readdirSync(tmpdir()).filter((name) => /^goodnet-\w{6}$/.test(name) && !before.includes(name))).toEqual([]);
});

test('where no file can be made, features are not kept', () => {
  vi.stubEnv('TMPDIR', path.join(root, 'none'));
  vi.stubEnv('TEMP', path.join(root, 'none'));
  const file = new SpillFile();
  const section = file.section('0-0');
  section.put(0, features(1, 4));
  vi.unstubAllEnvs();
  expect(section.take(0)).toBeUndefined();
  file.close();
});

test.runIf(existsSync('/dev/full'))('once the disk is full, what was kept before is still there', () => {
  const file = new SpillFile();
  const section = file.section('0-0');
  section.put(0, features(1, 4));
  const inner = file as unknown as { descriptor: number };
  const good = inner.descriptor;
  inner.descriptor = openSync('/dev/full', 'w');
  section.put(4, features(2, 4));
  closeSync(inner.descriptor);
  inner.descriptor = good;
  section.put(8, features(3, 4));
  expect(section.take(0)).toEqual(features(1, 4));
  expect(section.take(4)).toBeUndefined();
  expect(section.take(8)).toBeUndefined();
  file.close();
});
