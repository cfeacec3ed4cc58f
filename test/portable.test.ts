import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './support.ts';

/** Parts that must run where there are no files, threads or processes. */
const portable = [
  'src/gate.ts',
  'src/findings.ts',
  ...listed('src/defense'),
  ...listed('src/engine'),
  ...listed('src/report').filter(
    (file) =>
      !/output|leftovers|published|ledger|staging|own-folder|disk|owner|new-file|read-report|write-models|write-report/.test(
        file,
      ),
  ),
  ...listed('src/report/html').filter((file) => !/write-page/.test(file)),
];

function listed(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

test.each(portable)('%s and all that it imports of goodnet needs nothing of Node', async (file) => {
  const { metafile } = await build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    packages: 'external',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map((other) => other.path));
  expect(imports.filter((name) => name.startsWith('node:'))).toEqual([]);
});
