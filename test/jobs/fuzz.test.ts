import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { File } from 'h5wasm';
import { describe, expect, test, vi } from 'vitest';
import { readApart } from '../../src/models/read-apart.ts';
import { fuzzCases } from '../fuzz/cases.ts';
import { mutateJson, randomFrom } from '../fuzz/mutate.ts';
import { command } from '../command.ts';
import { assets, fixtures, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = path.join(root, 'test/fuzz/regressions');
const names = readdirSync(folder);
/** On these libhdf5 goes round in circles. */
const circling = ['h5-2-196'];
const cases = fuzzCases(root, path.join(temporaryFolder(), 'scratch'));
const typed = expect.objectContaining({ name: 'GoodnetError' }) as unknown;

describe('inputs that the fuzzer once found', () => {
  test.each(names.filter((name) => !circling.includes(name)))(
    '%s is read, or refused by a typed error',
    async (name) => {
      const kind = name.replace(/-\d+-\d+$/, '');
      await cases[kind]!.read(new Uint8Array(readFileSync(path.join(folder, name)))).catch((error: unknown) =>
        expect(error).toEqual(typed),
      );
    },
  );

  test.each(circling)('%s sends libhdf5 round in circles: its thread is ended', async (name) => {
    const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
    await expect(
      readApart(
        { name: 'a.h5', sha256: '0'.repeat(64), bytes, architecture: null, memoryBytes: 2 ** 28 },
        { assets },
        3,
      ),
    ).rejects.toThrow('a.h5: took longer than 3 s to read; ');
  });

  test('a file on which libhdf5 fails as it is closed is refused by a typed error', async () => {
    const close = vi.spyOn(File.prototype, 'close').mockImplementationOnce(() => {
      throw new WebAssembly.RuntimeError('memory access out of bounds');
    });
    await expect(
      cases['h5']!.read(new Uint8Array(readFileSync(path.join(fixtures, 'refused/base.h5')))),
    ).rejects.toThrow('a.h5: cannot be read as HDF5 (memory access out of bounds)');
    expect(close).toHaveBeenCalled();
    close.mockRestore();
  });

  test('a model that hangs is refused as any other, and the next one is evaluated', async () => {
    const here = temporaryFolder();
    copyFileSync(path.join(folder, circling[0]!), path.join(here, 'hangs.h5'));
    copyFileSync(path.join(fixtures, 'refused/base.h5'), path.join(here, 'net.h5'));
    copyFileSync(path.join(root, 'test/fuzz/seeds/clean.h5'), path.join(here, 'clean.h5'));
    const { code, stdout, stderr } = await command(
      here,
      'evaluate',
      'hangs.h5',
      'net.h5',
      '--clean',
      'clean.h5',
      '--json',
    );
    expect([code, stderr.split('\n').filter((line) => line.startsWith('hangs.h5'))]).toEqual([
      2,
      [expect.stringMatching(/took longer than 10 s to read/)],
    ]);
    expect((JSON.parse(stdout) as { models: { path: string }[] }).models.map((model) => model.path)).toEqual([
      'net.h5',
    ]);
  });
});

test('a signal ends the reading of a model with its reason', async () => {
  const bytes = new Uint8Array(readFileSync(path.join(folder, circling[0]!)));
  const stop = new AbortController();
  const reading = readApart(
    { name: 'a.h5', sha256: '0'.repeat(64), bytes, architecture: null, memoryBytes: 2 ** 28 },
    { assets, signal: stop.signal },
  );
  setTimeout(() => stop.abort(new Error('enough')), 50);
  await expect(reading).rejects.toThrow('enough');
});

test('a mutation depends on its seed and on nothing that came before it', () => {
  const once = (seed: number): string =>
    JSON.stringify(mutateJson({ a: [1, { b: 'c' }], d: { e: {} } }, randomFrom(seed)));
  const first = Array.from({ length: 2000 }, (_, seed) => once(seed));
  expect(first.map((_, seed) => once(seed))).toEqual(first);
});
