import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readingApart } from '../../src/models/read-apart.ts';
import { readingHere } from '../../src/models/reading.ts';
import { assets, dataFile, fixtures, otherAssets } from '../support.ts';

const most = 2 ** 28;
const fileOf = (...parts: string[]) => ({
  name: parts.at(-1)!,
  bytes: new Uint8Array(readFileSync(path.join(fixtures, ...parts))),
});
const wanted = ['data', 'label', 'nowhere'];
const apart = readingApart({ assets });

test.each(['gzip_shuffle', 'big_f2', 'little_i8', 'one_hot_bool'])('%s is read apart as here', async (name) => {
  const file = fileOf('data', `${name}.h5`);
  const here = await readingHere.arrays(file, wanted, most);
  expect([...here.arrays.keys()]).toEqual(['data', 'label']);
  expect(await apart.arrays(file, wanted, most)).toEqual(here);
  expect(file.bytes.length).toBeGreaterThan(0);
});

test('a model is read apart as here, and its bytes stay where they are', async () => {
  const file = { ...fileOf('formats', 'deep.keras3.weights.h5'), sha256: '0'.repeat(64), memoryBytes: most };
  const architecture = fileOf('formats', 'deep.keras3.keras');
  const here = await readingHere.model({ ...file, architecture });
  expect(await apart.model({ ...file, architecture })).toEqual(here);
  expect([file, architecture].map(({ bytes }) => bytes.length > 0)).toEqual([true, true]);
});

test('an array is read in parts, and is whole', async () => {
  const images = Float32Array.from({ length: 3000 * 1024 }, (_, i) => i % 1021);
  const labels = Array.from({ length: 3000 }, (_, i) => i % 10);
  const file = { name: 'large.h5', bytes: await dataFile([3000, 32, 32, 1], images, labels) };
  const { arrays } = await readingHere.arrays(file, ['data'], most);
  expect(Buffer.from(images.buffer).equals(arrays.get('data')!.bytes)).toBe(true);
});

test('an array of more bytes than there are is not read', async () => {
  const file = fileOf('data', 'u1.h5');
  await expect(readingHere.arrays(file, wanted, 8)).rejects.toThrow(
    /^u1\.h5: its array data takes \d+ bytes in memory, at most 8 are taken/,
  );
});

describe('a thread apart', () => {
  const faulty = (fault: string) => {
    const reader = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${fault} });`;
    return readingApart({ assets: otherAssets({ 'reader.js': reader }) }, 0.2);
  };
  const data = fileOf('data', 'u1.h5');
  const net = { ...fileOf('formats', 'deep.keras3.keras'), sha256: '', architecture: null, memoryBytes: most };

  test.each([
    ['is ended at its deadline', 'for (;;);', /^[\w.]+: took longer than 0 s to read; /],
    ['that ends refuses the file', 'process.exit(7);', /^[\w.]+: ended the thread that read it \(exit code 7\); /],
  ])('%s', async (_, fault, words) => {
    await expect(faulty(fault).arrays(data, wanted, most)).rejects.toThrow(words);
    await expect(faulty(fault).model(net)).rejects.toThrow(words);
    await expect(apart.arrays(data, wanted, most)).resolves.toMatchObject({ names: ['data', 'label'] });
  });
});
