import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { bundleInto } from '../bundled.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const dist = path.join(folder, 'dist');
let metafile: Metafile;

beforeAll(async () => {
  metafile = await bundleInto(folder);
  writeFileSync(
    path.join(folder, 'hook.mjs'),
    `import { appendFileSync } from 'node:fs';\nexport const load = (url, context, next) => { appendFileSync(${JSON.stringify(path.join(folder, 'loaded.txt'))}, url + '\\n'); return next(url, context); };\n`,
  );
  writeFileSync(
    path.join(folder, 'trace.mjs'),
    "import { register } from 'node:module';\nregister('./hook.mjs', import.meta.url);\n",
  );
});

/** The packages whose code a command line loads: those in the bundles that Node was asked for. */
function packagesLoadedBy(...argv: string[]): string[] {
  const log = path.join(folder, 'loaded.txt');
  writeFileSync(log, '');
  execFileSync(
    process.execPath,
    ['--import', pathToFileURL(path.join(folder, 'trace.mjs')).href, path.join(dist, 'cli.js'), ...argv],
    { cwd: root },
  );
  const loaded = readFileSync(log, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => path.posix.basename(url));
  const inputs = Object.entries(metafile.outputs)
    .filter(([output]) => loaded.includes(path.posix.basename(output)))
    .flatMap(([, output]) => Object.keys(output.inputs));
  return [...new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []))];
}

const engine = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'];
const heavy = [...engine, 'h5wasm', 'ajv', 'yaml', 'echarts', '@jsquash/jpeg', '@jsquash/webp', '@actions/core'];

test.each(['--version', '--help', 'defend --help'])(
  'goodnet %s loads no engine, no HDF5, no charts and no validator',
  (argv) => {
    const loaded = packagesLoadedBy(...argv.split(' '));
    expect(loaded).toContain('commander');
    expect(loaded.filter((name) => heavy.includes(name))).toEqual([]);
  },
);

test('inspect loads what reads a model, and nothing that computes or draws', () => {
  const loaded = packagesLoadedBy('inspect', 'examples/badnet.h5');
  expect(loaded).toEqual(expect.arrayContaining(['h5wasm', 'ajv']));
  expect(loaded.filter((name) => heavy.includes(name) && !['h5wasm', 'ajv'].includes(name))).toEqual([]);
});

test('inspect with images loads the engine as well, and still no charts', () => {
  const loaded = packagesLoadedBy('inspect', 'examples/badnet.h5', '--clean', 'examples/clean_valid.h5');
  expect(loaded).toEqual(expect.arrayContaining(engine));
  expect(loaded).not.toContain('echarts');
});

test("GitHub's clients are in the action alone", () => {
  const holding = Object.entries(metafile.outputs).filter(([, { inputs }]) =>
    Object.keys(inputs).some((input) => /node_modules\/(@actions|@azure|undici|@octokit)\//.test(input)),
  );
  const clients = holding.map(([output]) => output);
  expect(clients).toHaveLength(1);
  const loading = Object.entries(metafile.outputs).filter(([, { imports }]) =>
    imports.some((each) => clients.includes(each.path)),
  );
  expect(loading.map(([output]) => path.basename(output))).toEqual(['action.js']);
});

test('the bundles and their WebAssembly take at most 8.25 MB', () => {
  const names = [
    ...Object.keys(metafile.outputs).map((output) => path.basename(output)),
    'hdf5.wasm',
    'tfjs-backend-wasm-simd.wasm',
    'mozjpeg_dec.wasm',
    'webp_dec.wasm',
  ];
  expect(names.reduce((sum, name) => sum + statSync(path.join(dist, name)).size, 0)).toBeLessThan(8_250_000);
});
