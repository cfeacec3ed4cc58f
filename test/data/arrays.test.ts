import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type DataFormat, openDataset } from '../../src/data/dataset.ts';
import type { Model } from '../../src/models/net.ts';
import { asStored, assets, fixtures } from '../support.ts';

const cwd = path.join(fixtures, 'images/arrays');
const model = { inputShape: [3, 4, 2], classes: 3 } as unknown as Model;
const open = (file: string, changed: Partial<DataFormat> = {}) =>
  openDataset({ file }, { ...asStored, ...changed }, model, { cwd, assets });

test.each(readdirSync(cwd).filter((file) => file.endsWith('.npz')))(
  '%s holds the images of the HDF5 file',
  async (file) => {
    const reference = await open('../../data/u1.h5');
    const data = await open(file, file === 'other_names.npz' ? { dataName: 'images', labelName: 'classes' } : {});
    expect(data.images(0, 6)).toEqual(reference.images(0, 6));
    expect([...data.images(2, 3), ...data.images(3, 6)]).toEqual([...reference.images(2, 6)]);
    expect([...data.labels]).toEqual([0, 1, 2, 2, 1, 0]);
    data.close();
    reference.close();
  },
);

test.each([
  ['pickle', /array `data` holds Python objects: a pickle, which is code; store plain numbers/],
  ['complex', /dataset `data` has the type <c8/],
  ['fields', /dataset `data` has the type \[\('a', '\|u1'\)\]/],
  ['names', /no dataset named `data`; .* the file holds x, y/],
  ['short', /array `data` is shorter or longer than its shape says/],
  ['huge', /array `data` is shorter or longer than its shape says/],
  ['no_npy', /array `data` is no .npy file/],
  ['truncated', /ends too early/],
])('%s.npz is refused', async (name, reason) => {
  await expect(open(`refused/${name}.npz`)).rejects.toThrow(reason);
});
