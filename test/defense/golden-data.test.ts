import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { openSource } from '../../src/data/source.ts';
import type { Source } from '../../src/data/stored.ts';
import { defend } from '../../src/jobs/defend/defend.ts';
import { prunedOf } from '../pruned.ts';
import type { ModelOutcome } from '../../src/report/record/assemble.ts';
import { Output } from '../../src/output/output.ts';
import { assets, hasReference, pngFile, readJson, reference, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const golden = (name: string) => reference('golden/mnist-badnet', name);

describe.skipIf(!hasReference('golden-data.test.ts'))('the images of mnist-badnet', () => {
  const cwd = temporaryFolder();
  const kinds = { npz: (name: string) => `${name}.npz`, folders: (name: string) => name };

  beforeAll(async () => {
    await startEngine();
    for (const name of ['clean_valid', 'poisoned_valid']) {
      const source = await openSource({ file: golden(`${name}.h5`) }, { dataName: 'data', labelName: 'label' }, null, {
        cwd,
        assets,
      });
      writeFileSync(path.join(cwd, `${name}.npz`), npz(source));
      writeFolders(source, name);
      source.close();
    }
  }, 60_000);

  const outcome = async (clean: string, poisoned: string): Promise<ModelOutcome> => {
    const { config } = resolveConfig(
      {
        models: [golden('badnet.h5')],
        scale: readJson<{ scale: number }>(golden('expected.json')).scale,
        clean: { validation: clean },
        attacks: { patch: { validation: poisoned } },
      },
      {},
      null,
    );
    const out = path.join(cwd, `out-${path.basename(clean)}`);
    return defend(golden('badnet.h5'), 'badnet.h5', config, new Output(out, out), testWorld(cwd));
  };
  let fromHdf5: Promise<ModelOutcome>;

  test.each(Object.entries(kinds))(
    'give the same sweep as %s',
    async (_, fileOf) => {
      const expected = prunedOf(await (fromHdf5 ??= outcome(golden('clean_valid.h5'), golden('poisoned_valid.h5'))));
      const found = prunedOf(await outcome(fileOf('clean_valid'), fileOf('poisoned_valid')));
      expect(found.validation).toEqual(expected.validation);
      expect([...found.ranking.order]).toEqual([...expected.ranking.order]);
      found.ranking.meanActivation.forEach((mean, c) =>
        expect(mean).toBeCloseTo(expected.ranking.meanActivation[c]!, 12),
      );
    },
    60_000,
  );

  /** N,1,28,28 bytes as grey PNG files. */
  function writeFolders({ data, label }: Source, name: string): void {
    const [count, , rows, columns] = data.shape;
    const [pixels, labels] = [data.rows(0, count!), label.rows(0, count!)];
    for (let i = 0; i < count!; i++) {
      const png = pngFile(rows!, columns!, (row, column) =>
        Array<number>(3).fill(Number(pixels[(i * rows! + row) * columns! + column])),
      );
      mkdirSync(path.join(cwd, name, String(labels[i])), { recursive: true });
      writeFileSync(path.join(cwd, name, String(labels[i]), `${i}.png`), png);
    }
  }

  function npz({ data, label }: Source): Uint8Array {
    const count = data.shape[0]!;
    const array = (shape: readonly number[], values: Uint8Array): Uint8Array => {
      const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
      return Buffer.concat([
        Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
        Uint8Array.of(header.length & 255, header.length >> 8),
        Buffer.from(header),
        values,
      ]);
    };
    return zipSync({
      'data.npy': array(data.shape, data.rows(0, count) as Uint8Array),
      'label.npy': array([count], Uint8Array.from(label.rows(0, count) as Uint8Array, Number)),
    });
  }
});
