import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type DataFormat, openDataset } from '../../src/data/dataset.ts';
import { readLabels } from '../../src/data/labels.ts';
import { chooseLayout, toChannelsLast } from '../../src/data/layout.ts';
import type { Model } from '../../src/models/net.ts';
import { asStored, assets, fixtures } from '../support.ts';

const model = { inputShape: [3, 4, 2], classes: 3 } as unknown as Model;
const open = (name: string, changed: Partial<DataFormat> = {}) =>
  openDataset({ file: `${name}.h5` }, { ...asStored, ...changed }, model, {
    cwd: path.join(fixtures, 'data'),
    assets,
  });
const unreadable = ['damaged', 'elsewhere', 'virtual', 'huge'];

test.each(
  readdirSync(path.join(fixtures, 'data'))
    .map((file) => file.slice(0, -3))
    .filter((name) => !unreadable.includes(name)),
)('%s holds the same images', async (name) => {
  const reference = await open('little_f8');
  const data = await open(name, name === 'other_names' ? { dataName: 'images', labelName: 'classes' } : {});
  expect(data.images(0, 6)).toEqual(reference.images(0, 6));
  expect(new Set(data.images(0, 6)).size).toBeGreaterThan(50);
  expect([...data.images(2, 3), ...data.images(3, 6)]).toEqual([...reference.images(2, 6)]);
  expect([...data.labels]).toEqual([0, 1, 2, 2, 1, 0]);
  data.close();
  reference.close();
});

test('pixels are multiplied by the scale', async () => {
  const [plain, scaled] = [await open('u1'), await open('u1', { scale: 1 / 255 })];
  expect([...scaled.images(0, 6)]).toEqual([...plain.images(0, 6)].map((value) => Math.fround(value / 255)));
  plain.close();
  scaled.close();
});

test('pixels that differ as they are stored, and no more once they are scaled, are refused', async () => {
  for (const lost of [
    { scale: 1e-30, mean: [1] },
    { scale: 1e-30, mean: [1, 2] },
    { scale: 1e-25, std: [1e25] },
  ]) {
    const data = await open('u1', lost);
    expect(() => data.images(0, 6)).toThrow(
      'u1.h5: the pixels from image 0 on differ, and are all equal once `scale`, `mean` and `std` are applied; check the three',
    );
    data.close();
  }
});

test('mean and standard deviation are taken channel by channel, in either layout', async () => {
  const scale = { scale: 0.5, mean: [1, 2], std: [4, 8] };
  expect([...toChannelsLast(Uint8Array.of(2, 4, 6, 8), 'NHWC', [2, 1, 2], scale).images]).toEqual([0, 0, 0.5, 0.25]);
  expect([...toChannelsLast(Uint8Array.of(2, 6, 4, 8), 'NCHW', [2, 2, 1], scale).images]).toEqual([0, 0, 0.5, 0.25]);
  expect([...toChannelsLast(Uint8Array.of(2, 4), 'NHWC', [2, 1, 1], { scale: 1, mean: [2], std: [2] }).images]).toEqual(
    [0, 1],
  );
  await expect(open('u1', { mean: [1, 2, 3] })).rejects.toThrow(
    'u1.h5: `mean` has 3 numbers, images for this net have 2 channels; give one number, or one for each channel',
  );
});

test('values that fail their checksum, lie in another file or are virtual are refused, not guessed', async () => {
  await expect(open('damaged')).rejects.toThrow(/cannot be read as HDF5 \(its values are damaged\)/);
  await expect(open('elsewhere')).rejects.toThrow(/keeps values in another file/);
  await expect(open('virtual')).rejects.toThrow(/holds a link instead of data/);
  await expect(open('huge')).rejects.toThrow(/declares 402653184 bytes at data and has \d+ in all/);
});

test('channels first become channels last', () => {
  const values = Uint8Array.of(1, 2, 3, 4, 10, 20, 30, 40);
  expect([...toChannelsLast(values, 'NCHW', [2, 2, 2], { ...asStored, scale: 0.5 }).images]).toEqual([
    0.5, 5, 1, 10, 1.5, 15, 2, 20,
  ]);
  expect(toChannelsLast(Float64Array.of(1, NaN), 'NHWC', [2], asStored).badAt).toBe(1);
  expect(toChannelsLast(Float64Array.of(1, 1e300), 'NHWC', [2], asStored).badAt).toBe(1);
});

test('the layout follows from the shape, or must be named', () => {
  expect(chooseLayout([3, 55, 47], [55, 47, 3], 'auto', false, 'f')).toBe('NCHW');
  expect(chooseLayout([55, 47, 3], [55, 47, 3], 'auto', false, 'f')).toBe('NHWC');
  expect(chooseLayout([28, 28], [28, 28, 1], 'auto', false, 'f')).toBe('NHWC');
  expect(chooseLayout([8, 8, 8], [8, 8, 8], 'NCHW', false, 'f')).toBe('NCHW');
  expect(() => chooseLayout([8, 8, 8], [8, 8, 8], 'auto', false, 'f')).toThrow(
    'f: images of shape 8x8x8 fit the net both as NCHW and as NHWC; set `layout`',
  );
  expect(() => chooseLayout([55, 47, 3], [55, 47, 3], 'NCHW', false, 'f')).toThrow(/read as NCHW/);
});

test('one-hot rows of a net with one class less fit its GoodNet', () => {
  const rows = { shape: [2, 2], dtype: 'uint8', rowBytes: 2, rows: () => Uint8Array.of(0, 1, 1, 0) };
  expect([...readLabels(rows, 2, 3, true, 'f')]).toEqual([1, 0]);
  expect(() => readLabels(rows, 2, 3, false, 'f')).toThrow(/labels have the shape 2x2/);
  expect(() => readLabels(rows, 2, 5, true, 'f')).toThrow(/labels have the shape 2x2/);
});
