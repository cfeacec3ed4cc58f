import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { failure } from '../../src/base/errors.ts';
import { findModels } from '../../src/models/find-models.ts';
import { command } from '../command.ts';
import { fixtures, loadModel, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const inFolder = (name: string, bytes: Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const badnet = readFileSync(path.join(root, 'examples/badnet.h5'));
const archive = readFileSync(path.join(fixtures, 'layers/augmentation.keras3.keras'));

describe('an HDF5 file that is called .keras, with an archive behind it', () => {
  const behind = (zeros: number): string =>
    inFolder(`behind-${zeros}.keras`, Buffer.concat([badnet, archive, Buffer.alloc(zeros)]));

  // Python looks for the end record 65,536 bytes before the end, other readers 65,535.
  test.each([0, 1, 65_535, 65_536, 100_000])('and %d zeros, is refused', async (zeros) => {
    await expect(loadModel(behind(zeros))).rejects.toMatchObject({ code: 'zip-damaged' });
  });

  test('without one it is read', async () => {
    expect((await loadModel(inFolder('alone.keras', badnet))).model.classes).toBe(10);
  });
});

test('an entry whose name begins with a mark of UTF-8 is another one', async () => {
  const named = (config: string): string =>
    inFolder(
      `named-${config.length}.keras`,
      zipSync({ [config]: Buffer.from('{}'), 'model.weights.h5': badnet }, { level: 0 }),
    );
  await expect(loadModel(named('\ufeffconfig.json'))).rejects.toMatchObject({ code: 'model-not-keras' });
  await expect(loadModel(named('config.json'))).rejects.not.toMatchObject({ code: 'model-not-keras' });
});

test('the JSON beside a net is short', async () => {
  const metadata = Buffer.from(JSON.stringify({ keras_version: '3.'.padEnd(70_000, '0') }));
  const file = inFolder('long.keras', zipSync({ ...unzipSync(archive), 'metadata.json': metadata }, { level: 0 }));
  await expect(loadModel(file)).rejects.toMatchObject({
    code: 'model-config',
    message: expect.stringContaining('at most 65536 are read') as string,
  });
});

test('a long text of a file is cut where a message gives it', () => {
  const { message } = failure('model-config', 'net.h5', { cause: 'x'.repeat(100_000) });
  expect([message.length < 3000, message.includes('x…')]).toEqual([true, true]);
});

describe('a weight that lies inside another', () => {
  /** Moves the values of `fc_2/kernel`, 1,920 bytes at 123,848, into those of `conv_3/kernel`. */
  function inside(): Buffer {
    const bytes = Buffer.from(badnet);
    const [at, size, to] = [123_848, 1920, 37_960 + 4 * 4800];
    const layout = Buffer.alloc(16);
    layout.writeBigUInt64LE(BigInt(at), 0);
    layout.writeBigUInt64LE(BigInt(size), 8);
    const place = bytes.indexOf(layout);
    expect(place).toBeGreaterThan(0);
    bytes.copy(bytes, to, at, at + size);
    bytes.writeBigUInt64LE(BigInt(to), place);
    return bytes;
  }

  test('is read, and no repaired model of it is written: it would be another net', async () => {
    inFolder('inside.h5', inside());
    const examples = (name: string): string => path.join(root, 'examples', name);
    const { code, stderr } = await command(
      folder,
      'defend',
      'inside.h5',
      ...['--clean', examples('clean_valid.h5'), '--scale', '1/255', '--layer', 'conv_3', '--out', 'out'],
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('values that share bytes') as string]);
  });
});

describe('a file that is named like a pattern', () => {
  const models = path.join(folder, 'models');
  mkdirSync(models);
  for (const name of ['evil.h5', '*.h5', 'm1.h5', 'm[1].h5'])
    cpSync(path.join(root, 'examples/badnet.h5'), path.join(models, name));

  test.each([
    ['models/*.h5', ['models/*.h5', 'models/evil.h5', 'models/m1.h5', 'models/m[1].h5']],
    ['models/m[1].h5', ['models/m[1].h5', 'models/m1.h5']],
    ['models/evil.h5', ['models/evil.h5']],
  ])('%s hides none that the pattern matches', (pattern, found) => {
    expect(findModels([pattern], folder)).toEqual(found);
  });

  test('is left out with what a pattern excludes', () => {
    expect(findModels(['models/*.h5', '!models/m*'], folder)).toEqual(['models/*.h5', 'models/evil.h5']);
  });
});
