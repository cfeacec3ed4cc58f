// The bundles of the command line, the library and the action, and the WebAssembly files that stand beside them.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** CommonJS parts inside the bundle find Node's own modules through a require that ES modules lack, and their place under names that no part declares itself. */
const banner = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __toPath}from'node:url';",
  'const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));',
].join('');

const product = {
  cli: 'src/cli.ts',
  index: 'src/index.ts',
  action: 'src/action.ts',
  lambda: 'src/lambda.ts',
  thread: 'src/engine/threads/thread.ts',
  'server-thread': 'src/cli/serve/server-thread.ts',
  reader: 'src/models/reader.ts',
};

/** Writes the bundles to `outdir`; answers esbuild's account of what went into each. With `sourcemap`, maps stand beside them and the bundles are the same but for one line. */
export async function bundle(outdir, { sourcemap = false, entryPoints = product, plugins = [] } = {}) {
  const { metafile } = await build({
    absWorkingDir: path.resolve(import.meta.dirname, '..'),
    outdir,
    entryPoints,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    conditions: ['import'],
    mainFields: ['module', 'main'],
    define: { __filename: '__bundleFile', __dirname: '__bundleFolder' },
    banner: { js: banner },
    external: ['node-fetch'], // Node's own fetch comes first
    plugins: [hdf5Beside(outdir), withoutThreads, ...plugins],
  });
  copyFileSync(
    require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
    path.join(outdir, 'tfjs-backend-wasm-simd.wasm'),
  );
  for (const codec of ['jpeg/codec/dec/mozjpeg_dec.wasm', 'webp/codec/dec/webp_dec.wasm'])
    copyFileSync(require.resolve(`@jsquash/${codec}`), path.join(outdir, path.basename(codec)));
  return metafile;
}

/** h5wasm carries its WebAssembly as text, which is larger and slower to start than the bytes: they are put into a file. */
const hdf5Beside = (outdir) =>
  hdf5Apart((wasm) => {
    writeFileSync(path.join(outdir, 'hdf5.wasm'), wasm);
    return {
      imports: "import{readFileSync as __readFileSync}from'node:fs';",
      module: 'await WebAssembly.compile(__readFileSync(new URL("./hdf5.wasm",import.meta.url)))',
    };
  });

/** Takes the WebAssembly out of h5wasm. `keep` is given it, and says by which imports and expression the library gets it back, compiled. */
export const hdf5Apart = (keep) => ({
  name: 'hdf5-apart',
  setup: ({ onLoad }) =>
    onLoad({ filter: /h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      const next = 'function getBinarySync';
      const [before, text, after] = cut(source, 'function findWasmBinary(){return binaryDecode(', `)}${next}`, file);
      const decode = /function binaryDecode\(bin\)\{.*?return o\}/.exec(source)[0];
      const wasm = runInNewContext(`(${decode})`)(runInNewContext(text));
      const { imports, module } = keep(wasm);
      const [asBefore, , rest] = cut(after, 'var binary=await getWasmBinary(binaryFile);', 'return instance', file);
      const started = `var module=${module};return{module,instance:await WebAssembly.instantiate(module,imports)}`;
      return { contents: `${imports}${before}function findWasmBinary(){}${next}${asBefore}${started}${rest}` };
    }),
});

/** What stands before a mark, between it and the next one, and behind that. */
function cut(source, mark, next, file) {
  const begin = source.indexOf(mark);
  const end = source.indexOf(next, begin);
  if (begin < 0 || end < 0) throw new Error(`${file} does not hold its WebAssembly as it used to`);
  return [source.slice(0, begin), source.slice(begin + mark.length, end), source.slice(end + next.length)];
}

/** The engine runs without threads of its own: their loader is left out. */
export const withoutThreads = {
  name: 'without-threads',
  setup: ({ onLoad }) =>
    onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      contents: 'export default {}; export const wasmWorkerContents = "";',
    })),
};
