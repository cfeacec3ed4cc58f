import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { createDataFile } from '../../src/data/write-data.ts';
import { writePruned } from '../../src/models/keras/write-model.ts';
import type { Report } from '../../src/report/record/report.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { fixtures, loadModel, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { goodnetBytes } from '../written.ts';

const zone = process.env['TZ'];
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** The same work on a winter day in Tokyo and on a summer day in Denver. */
async function twice<T>(work: () => Promise<T>): Promise<[T, T]> {
  const at = async (time: string, place: string): Promise<T> => {
    process.env['TZ'] = place;
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });
    return work();
  };
  return [await at('2020-01-02T03:04:05Z', 'Asia/Tokyo'), await at('2026-07-08T09:10:11Z', 'America/Denver')];
}

test('two runs on the same input write the same bytes, but for the time, which stands under `run`', async () => {
  const folder = temporaryFolder();
  const config = () =>
    resolveConfig(
      { out: path.join(folder, 'out') },
      parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml'),
      'goodnet.yml',
    );
  const [one, other] = await twice(async () => {
    await run(config(), { ...testWorld(root), now: () => new Date() });
    const files = readdirSync(path.join(folder, 'out'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    return new Map(files.map((file) => [path.relative(path.join(folder, 'out'), file), readFileSync(file)]));
  });
  expect([...one.keys()]).toEqual([...other.keys()]);
  const changed = [...one.keys()].filter((file) => !one.get(file)!.equals(other.get(file)!));
  expect(changed.sort()).toEqual(['.goodnet-files.json', 'manifest.json', 'report.html', 'report.json', 'report.md']);
  const timeless = (files: Map<string, Buffer>) => {
    const text = files.get('report.json')!.toString();
    const { run: block } = JSON.parse(text) as Report;
    return text.replace(JSON.stringify({ run: block }, null, 2).slice(2, -2), '');
  };
  expect(timeless(one)).toBe(timeless(other));
  expect(timeless(one).length).toBeLessThan(one.get('report.json')!.length);
});

test.each(['augmented.keras2.h5', 'augmented.keras3.keras', 'augmented.keras2.weights.h5'])(
  '%s is pruned and joined to the same bytes',
  async (name) => {
    const file = path.join(fixtures, 'formats', name);
    const { model, bytes } = await loadModel(
      file,
      name.includes('.weights.') ? path.join(fixtures, 'formats/augmented.keras2.h5') : undefined,
    );
    const edits = prunedWeights(chooseTarget(model, {}).target, [0, 1]);
    const [one, other] = await twice(async () => [await writePruned(bytes, edits), await goodnetBytes(model, edits)]);
    one.forEach((written, i) => expect(Buffer.from(written).equals(other[i]!)).toBe(true));
  },
);

test('a sample is written to the same bytes', async () => {
  const array = {
    shape: [4, 2],
    dtype: 'uint8',
    rowBytes: 2,
    rows: (start: number, stop: number) => Uint8Array.from({ length: 2 * (stop - start) }, (_, i) => i),
  };
  const [one, other] = await twice(() => createDataFile({ data: array }, { seed: 1 }));
  expect(Buffer.from(one).equals(other)).toBe(true);
});
