import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
// CommonJS parts inside the bundle find Node's own modules through a require that ES modules lack, and their place under names that no part declares itself.
const require_ = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __toPath}from'node:url';",
  'const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));',
].join('');

/** Bundles sources, `name: file`, into a folder, with the engine's .wasm files beside them; answers the files that went into it. */
export async function bundle(folder, entryPoints) {
  const { metafile } = await build({
    absWorkingDir: root, bundle: true, platform: 'node', format: 'esm', target: 'node20', legalComments: 'none', logLevel: 'warning', minifySyntax: true, minifyWhitespace: true,
    conditions: ['import'], mainFields: ['module', 'main'], define: { __filename: '__bundleFile', __dirname: '__bundleFolder' },
    metafile: true, entryPoints, outdir: folder, splitting: true, chunkNames: 'chunk-[hash]', banner: { js: require_ },
  });
  for (const file of ['@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm']) {
    copyFileSync(require.resolve(file), path.join(path.resolve(root, folder), path.basename(file)));
  }
  return Object.keys(metafile.inputs);
}
