// Builds dist/: bundles that run with no install, the engine's .wasm beside them, declared types and JSON Schemas.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { bundle } from './bundle.mjs';

const require = createRequire(import.meta.url);
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);
const unnamed = 'names no licence';
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');

const { metafile } = await build({
  ...bundle, metafile: true, entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts', action: 'src/action.ts', 'model-reader': 'src/model-reader.ts' }, outdir: 'dist', splitting: true, chunkNames: 'chunk-[hash]',
});
copyFileSync(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'), 'dist/tfjs-backend-wasm-simd.wasm');
copyFileSync(require.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'), 'dist/mozjpeg_dec.wasm');

writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licenses(Object.keys(metafile.inputs)));

execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', 'scripts/tsconfig.types.json'], { stdio: 'inherit' });

const { configSchema, reportSchema } = await import(new URL('dist/index.js', root).href);
const draft = 'http://json-schema.org/draft-07/schema#';
for (const [name, schema] of [['config', configSchema], ['report', reportSchema]]) {
  writeFileSync(`dist/${name}.schema.json`, `${JSON.stringify({ $schema: draft, ...schema }, null, 2)}\n`);
}

/** The licence texts of every package that went into the bundles. */
function licenses(inputs) {
  const jpeg = 'mozjpeg_dec.wasm in @jsquash/jpeg is MozJPEG. This software is based in part on the work of the Independent JPEG Group.\n';
  const packages = new Set(inputs.flatMap((input) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[0] ?? []));
  return [jpeg, ...[...packages].sort().map((folder) => {
    const { name, version, license = unnamed, author } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? usualText(license, author?.name ?? author ?? 'its authors') : readFileSync(`${folder}${file}`, 'utf8').trim();
    return `${name} ${version}: ${license}\n\n${text}\n`;
  })].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The text of a licence that a package names and does not bring along. Another licence ends the build. */
function usualText(license, holder) {
  if (license === 'Apache-2.0') return readFileSync(require.resolve('typescript/LICENSE.txt'), 'utf8').trim();
  if (license === unnamed) return `Copyright ${holder}`;
  if (!license.startsWith('MIT')) throw new Error(`The text of the licence ${license} is not known`);
  return readFileSync(new URL('LICENSE', root), 'utf8').trim().replace(/^Copyright.*$/m, `Copyright (c) ${holder}`);
}
