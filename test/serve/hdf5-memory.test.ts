import { beforeAll, expect, test } from 'vitest';
import { memoryFiles } from '../../src/formats/memory-files.ts';
import { type Reading, readingHere } from '../../src/models/reading.ts';
import { hdf5Bytes } from '../../src/serve/defend/fit.ts';
import { LocalDesk } from '../../src/serve/desk.ts';
import { bodyOf, exampleForm, formOf, goldenForm } from '../defend-form.ts';
import { dataFile, hasReference, startEngine } from '../support.ts';

/** As src/worker.ts has them. */
const limits = { memoryBytes: 3 * 2 ** 23, jobBytes: 3 * 2 ** 24, featureBytes: 2 ** 23, version: '0.0.0' };
const libraryBytes = async (): Promise<number> => (await memoryFiles()).library.Module.HEAPU8.length;
const hasGolden = hasReference('hdf5-memory.test.ts');
beforeAll(startEngine);

test.skipIf(!hasGolden)('the golden net fits a Worker, with what libhdf5 takes', async () => {
  const desk = new LocalDesk(limits);
  for (const net of ['badnet.h5', 'badnet.keras'] as const) {
    const { settings, files } = goldenForm(net);
    const { body, type } = await bodyOf(formOf(settings, files));
    const report = JSON.parse(new TextDecoder().decode(await desk.defend(body, type))) as { errors: unknown };
    expect(report.errors).toEqual([]);
  }
  expect(await libraryBytes()).toBeLessThanOrEqual(hdf5Bytes);
});

test('and so do the most images that a request holds', async () => {
  const images = new Float32Array(2 ** 21).fill(1);
  const file = { name: 'large.h5', bytes: await dataFile([512, 64, 64, 1], images, Array<number>(512).fill(1)) };
  expect(file.bytes.length).toBeGreaterThanOrEqual(2 ** 23);
  for (let i = 0; i < 3; i++) await readingHere.arrays(file, ['data', 'label'], limits.jobBytes);
  expect(await libraryBytes()).toBeLessThanOrEqual(hdf5Bytes);
});

test('each file may take what those before it left', async () => {
  const given: number[] = [];
  const arrays: Reading['arrays'] = (file, wanted, most) => {
    given.push(most);
    return readingHere.arrays(file, wanted, most);
  };
  const { settings, files } = exampleForm();
  const { body, type } = await bodyOf(formOf(settings, files));
  await new LocalDesk(limits, { ...readingHere, arrays }).defend(body, type);
  expect(given[0]).toBe(limits.jobBytes);
  expect(given.map((most, i) => most < (given[i - 1] ?? Infinity))).toEqual([true, true, true, true]);
});
