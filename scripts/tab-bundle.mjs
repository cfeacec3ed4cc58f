// The page in which goodnet runs in a tab of a browser: one folder of files for any static host.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { zlibSync } from 'fflate';
import { hdf5Apart, withoutThreads } from './bundle.mjs';
import { buildPageScript } from './page-script.mjs';
import { asModule, compiledValidators, validatorsOf } from './worker-bundle.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const tab = path.join(root, 'src/tab');
const example = ['badnet.h5', 'clean_test.h5', 'clean_valid.h5', 'poisoned_test.h5', 'poisoned_valid.h5'];

/** Writes the page and all its parts to `outdir`; answers esbuild's account of the scripts. */
export async function bundleTab(outdir) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  mkdirSync(path.join(outdir, 'example'), { recursive: true });
  const reportScript = path.join(outdir, 'report-page.js');
  const [page, worker, report] = [
    await bundlePage(outdir),
    await bundleWorker(outdir, version),
    await buildPageScript(reportScript),
  ];
  const script = readFileSync(reportScript, 'utf8').trim();
  pack(outdir, 'report-page.js', readFileSync(reportScript));
  rmSync(reportScript);
  for (const [name, file] of Object.entries(binaries)) pack(outdir, name, readFileSync(require.resolve(file)));
  const { style, tabStyle } = await styles();
  writeFileSync(path.join(outdir, 'style.css'), `${style.trim()}\n${tabStyle.trim()}\n`);
  const html = readFileSync(path.join(tab, 'index.html'), 'utf8');
  const values = { version, policy: policyFor({ script, style }) };
  writeFileSync(
    path.join(outdir, 'index.html'),
    html.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name]),
  );
  for (const name of example) copyFileSync(path.join(root, 'examples', name), path.join(outdir, 'example', name));
  return { inputs: { ...page.inputs, ...worker.inputs, ...report.inputs } };
}

const binaries = {
  'tfjs-backend-wasm-simd.wasm': '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  'mozjpeg_dec.wasm': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'webp_dec.wasm': '@jsquash/webp/codec/dec/webp_dec.wasm',
};

/** What the worker reads as a file: packed the same way by every version of Node. */
const pack = (outdir, name, bytes) =>
  writeFileSync(path.join(outdir, `${name}.packed`), zlibSync(new Uint8Array(bytes), { level: 9 }));

/** The page asks nobody but its own host, and shows nothing but the report, whose script and style are known. */
function policyFor({ script, style }) {
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hash(script)}`,
    `style-src 'self' ${hash(style)}`,
    'img-src data:',
    "connect-src 'self'",
    'worker-src blob:',
    'frame-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const common = { ...asModule, minify: true, charset: 'utf8', legalComments: 'none', metafile: true, target: 'es2022' };

async function bundlePage(outdir) {
  const { metafile } = await build({ ...common, outdir, entryPoints: { page: 'src/tab/page.ts' }, format: 'esm' });
  return metafile;
}

async function bundleWorker(outdir, version) {
  const define = { goodnetVersion: JSON.stringify(version), 'import.meta.url': '"file:///parts/worker.js"' };
  const validators = await compiledValidators('./src/tab/work.ts', { define, plugins: [tabHost] });
  const { metafile, outputFiles } = await build({
    ...common,
    entryPoints: ['src/tab/worker.ts'],
    write: false,
    platform: 'browser',
    format: 'iife',
    inject: [path.join(tab, 'host/globals.ts')],
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    plugins: [validatorsOf(validators), tabHost, withoutNode, hdf5Packed(outdir), withoutThreads],
  });
  pack(outdir, 'worker.js', outputFiles[0].contents);
  return metafile;
}

const instead = ['models/read-apart', 'engine/open-evaluator', 'jobs/defend/resume'];

/** What stands in the place of Node's modules, and of those that have threads, other machines, earlier runs or patterns. */
const tabHost = {
  name: 'tab-host',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: path.join(tab, 'host', `${name.slice(5)}.ts`) }));
    onResolve({ filter: /^tinyglobby$/ }, () => ({ path: path.join(tab, 'instead/tinyglobby.ts') }));
    for (const file of instead)
      onLoad({ filter: new RegExp(`src/${file}\\.ts$`.replaceAll('/', '[\\\\/]')) }, () => ({
        contents: `export * from './instead/${path.basename(file)}.ts';`,
        resolveDir: tab,
      }));
  },
};

/** What the engine would ask of Node. */
const withoutNode = {
  name: 'without-node',
  setup({ onResolve, onLoad }) {
    const asked = /^(fs|path|os|util|crypto|node-fetch|worker_threads|perf_hooks|string_decoder)$/;
    onResolve({ filter: asked }, ({ path: name }) => ({ path: name, namespace: 'unreached' }));
    onLoad({ filter: /.*/, namespace: 'unreached' }, () => ({ contents: 'export default {};' }));
  },
};

/** h5wasm's WebAssembly, which it carries as text, is put beside it. */
const hdf5Packed = (outdir) =>
  hdf5Apart((wasm) => {
    pack(outdir, 'hdf5.wasm', wasm);
    return {
      imports: "import{readFileSync as __readFileSync}from'node:fs';",
      module: "await WebAssembly.compile(__readFileSync('/parts/hdf5.wasm'))",
    };
  });

/** The texts of the report's style and of the page's. */
async function styles() {
  const { outputFiles } = await build({
    ...asModule,
    stdin: {
      contents: "export { style } from './src/report/html/style.ts'; export { tabStyle } from './src/tab/style.ts';",
      resolveDir: root,
    },
    write: false,
    format: 'esm',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
