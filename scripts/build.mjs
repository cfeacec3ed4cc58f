// Builds dist/: bundles that run with no install, .wasm files beside them, declared types and JSON Schemas; and docs/try/, the page for a tab.
// With --sourcemap it adds source maps, by which the stack of a bug can be read; they are not committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bundle } from './bundle.mjs';
import { sizes } from './sizes.mjs';
import { buildPageScript } from './page-script.mjs';
import { bundleTab } from './tab-bundle.mjs';
import { bundleWorkers } from './worker-bundle.mjs';

const require = createRequire(import.meta.url);
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);
const page = 'docs/try';
const unnamed = 'names no licence';
for (const folder of ['dist', page]) rmSync(folder, { recursive: true, force: true });
mkdirSync('dist');

const metafile = await bundle('dist', { sourcemap: process.argv.includes('--sourcemap') });
const pageMetafile = await buildPageScript('dist/report-page.js');
const workersMetafile = await bundleWorkers('dist');
const inputs = [metafile, pageMetafile, workersMetafile].flatMap((each) => Object.keys(each.inputs));
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licenses(inputs));
writeFileSync(`${page}/THIRD-PARTY-LICENSES.txt`, licenses(Object.keys((await bundleTab(page)).inputs)));

execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', 'scripts/tsconfig.types.json'], {
  stdio: 'inherit',
});

const { configSchema, manifestSchema, reportSchema, scanSchema } = await import(new URL('dist/index.js', root).href);
const draft = 'http://json-schema.org/draft-07/schema#';
for (const [name, schema] of [
  ['config', configSchema],
  ['report', reportSchema],
  ['manifest', manifestSchema],
  ['scan', scanSchema],
]) {
  writeFileSync(`dist/${name}.schema.json`, `${JSON.stringify({ $schema: draft, ...schema }, null, 2)}\n`);
}

console.log(sizes('dist', metafile));

/** The licence texts of every package that went into the bundles; a text that several share stands once. */
function licenses(inputs) {
  const jpeg =
    'mozjpeg_dec.wasm in @jsquash/jpeg is MozJPEG. This software is based in part on the work of the Independent JPEG Group.\n';
  const inside = readdirSync('scripts/licenses')
    .sort()
    .map((name) => readFileSync(`scripts/licenses/${name}`, 'utf8')); // libraries in the WebAssembly files, and parts of others
  const folders = new Set(
    inputs.flatMap((input) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[0] ?? []),
  );
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license = unnamed, author } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = `\n${file === undefined ? usualText(license, author?.name ?? author ?? 'its authors') : readFileSync(`${folder}${file}`, 'utf8').replaceAll('\r\n', '\n').trim()}\n`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}: ${license}\n`]);
  }
  return [jpeg, ...inside, ...[...byText].map(([text, packages]) => packages.join('') + text)].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

/** The text of a licence that a package names and does not bring along. Another licence ends the build. */
function usualText(license, holder) {
  // What is BSD-3-Clause of it stands in scripts/licenses.
  if (license === 'Apache-2.0' || license === '(Apache-2.0 AND BSD-3-Clause)')
    return readFileSync(require.resolve('typescript/LICENSE.txt'), 'utf8').replaceAll('\r\n', '\n').trim();
  if (license === unnamed) return `Copyright ${holder}`;
  if (!license.startsWith('MIT')) throw new Error(`The text of the licence ${license} is not known`);
  return readFileSync(new URL('LICENSE', root), 'utf8')
    .trim()
    .replace(/^Copyright.*$/m, `Copyright (c) ${holder}`);
}
