import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './support.ts';

/** Parts that must run where there are no files, threads or processes. */
const portable = [
  ...listed('src/verdict'),
  ...listed('src/defense'),
  ...listed('src/serve'),
  ...listed('src/engine').filter((file) => !/(threads|shards)\/|start-engine|open-evaluator/.test(file)),
  ...listed('src/report').filter((file) => !/read-report|model-error|write-models|write-report|write-page/.test(file)),
];

/** All files of a room but those compiled to WebAssembly. */
function listed(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.as.ts'))
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
