import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/jobs/defend/run.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { type ResolvedConfig, resolveConfig } from '../../src/settings/resolve-config.ts';
import { hasReference, readJson, reference, root, testEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** SHA-256 by run and file. With UPDATE_HASHES set they are written anew, which says that what goodnet writes is meant to change. */
const stored = path.join(import.meta.dirname, 'same-bytes.json');
type Hashes = Record<string, Record<string, string>>;

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** Mean activations in four digits: kernels of other runtimes round the last ones otherwise. */
const rounded = (content: string): string =>
  content.replace(/\d\.\d{8,}(e-?\d+)?/g, (digits) => Number(digits).toPrecision(4));

const contentOf = (file: string): string | Buffer =>
  file.endsWith('.csv') ? rounded(readFileSync(file, 'utf8')) : readFileSync(file);

/** Everything that a run writes but pages and what lists them: the report without `run` and without the folder that it lies in. */
async function hashes(settings: ResolvedConfig, cwd: string): Promise<Record<string, string>> {
  const out = temporaryFolder();
  const { config, sources } = settings;
  const report = await run({ config: { ...config, out }, sources }, testWorld(cwd));
  const { out: _, ...recorded } = report.config;
  const files = report.files.filter((file) => !/^(report|manifest)\./.test(file));
  return {
    'report.json': sha256(rounded(JSON.stringify({ ...report, config: recorded, run: null }))),
    ...Object.fromEntries(files.map((file) => [file, sha256(contentOf(path.join(out, file)))])),
  };
}

function same(name: string, found: Record<string, string>): void {
  if (process.env['UPDATE_HASHES'] !== undefined)
    writeFileSync(stored, `${JSON.stringify({ ...readJson<Hashes>(stored), [name]: found }, null, 2)}\n`);
  expect(found).toEqual(readJson<Hashes>(stored)[name]);
}

describe.skipIf(testEngine !== 'wasm')('a run writes the same bytes, whoever reads the sources:', () => {
  test('the demonstration', async () => {
    const config = parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml');
    same('examples', await hashes(resolveConfig({}, config, 'goodnet.yml'), root));
  });

  test.skipIf(!hasReference('same-bytes.test.ts')).each([
    ['mnist-badnet', '1/255'],
    ['mnist-resnet', 1],
  ])('golden/%s', async (name, scale) => {
    const limits = { 'min-accuracy': 85, 'max-asr': 20, accept: ['pruned' as const, 'goodnet' as const] };
    const clean = { validation: 'clean_valid.h5', test: 'clean_test.h5' };
    const attacks = { patch: { validation: 'poisoned_valid.h5', test: 'poisoned_test.h5' } };
    const settings = resolveConfig({ models: ['badnet.h5'], clean, attacks, scale, ...limits }, {}, null);
    same(`golden/${name}`, await hashes(settings, reference('golden', name)));
  });

  test.skipIf(!hasReference('same-bytes.test.ts'))("the lab's net on its faces", async () => {
    const settings = resolveConfig(
      {
        models: ['bd_weights.h5'],
        architecture: 'prunednet_X=2.h5',
        clean: { validation: 'images' },
      },
      {},
      null,
    );
    same('lab', await hashes(settings, reference('csaw-lab3')));
  });
});
