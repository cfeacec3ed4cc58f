// The bundles of the evaluator for runtimes that are not Node, each a file of its own with WebAssembly beside it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { hdf5Apart, withoutThreads } from './bundle.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const engine = 'tfjs-backend-wasm-simd.wasm';
const hdf5 = 'hdf5.wasm';

/** How all bundles find what they are made of. */
export const asModule = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  conditions: ['import'],
  mainFields: ['module', 'main'],
};

/** Writes worker.js and deno-bun.js with their WebAssembly to `outdir`; answers esbuild's account of what went into each. */
export async function bundleWorkers(outdir) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  mkdirSync(outdir, { recursive: true });
  const validators = await compiledValidators('./src/serve/alone.ts');
  const bundle = (name, plugins) =>
    build({
      ...asModule,
      outdir,
      entryPoints: { [name]: `src/${name}.ts` },
      minify: true,
      platform: 'neutral',
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      metafile: true,
      define: { goodnetVersion: JSON.stringify(version), process: 'undefined' }, // else the engine takes them for Node
      external: ['*.wasm', 'node-fetch', ...builtinModules], // what is for Node is never reached
      plugins: [validatorsOf(validators), withoutSources, withoutThreads, ...plugins],
    });
  const [worker, others] = await Promise.all([
    bundle('worker', [kernelsBeside(outdir), hdf5Apart(imported(outdir))]),
    bundle('deno-bun', [hdf5Apart(fetched(outdir))]),
  ]);
  copyFileSync(require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${engine}`), path.join(outdir, engine));
  return {
    inputs: { ...worker.metafile.inputs, ...others.metafile.inputs },
    outputs: { ...worker.metafile.outputs, ...others.metafile.outputs },
  };
}

/** The source of a module with `validatorOf` for every schema that comes along with a source file, which is bundled so: these runtimes compile no code. */
export async function compiledValidators(source, how = {}) {
  const { manners, keywords, schemas } = await schemasOf(source, how);
  const parts = Object.entries(manners).map(([manner, options]) => {
    const own = [...new Set(schemas.filter(([of]) => of === manner).map(([, schema]) => schema))];
    const ajv = new Ajv({ ...options, code: { ...options.code, source: true, esm: true } });
    ajv.addVocabulary(keywords);
    const names = own.map((schema, i) => {
      ajv.addSchema(JSON.parse(schema), `${manner}${i}`);
      return [`${manner}${i}`, schema];
    });
    const keys = names.map(([name, schema]) => [JSON.stringify(manner + schema), name]);
    return {
      manner,
      code: standaloneCode(ajv, Object.fromEntries(names.map(([name]) => [name, name]))),
      entries: keys.map(([key, name]) => `[${key}, ${manner}.${name}]`),
    };
  });
  const index = [
    ...parts.map(({ manner }) => `import * as ${manner} from 'validators:${manner}';`),
    `const all = new Map([${parts.flatMap(({ entries }) => entries).join(',\n')}]);`,
    'export const validatorOf = (manner, schema) => {',
    '  const validate = all.get(manner + JSON.stringify(schema));',
    "  if (validate === undefined) throw new Error('the build compiled no such schema');",
    '  return () => validate;',
    '};',
  ].join('\n');
  return { index, ...Object.fromEntries(parts.map(({ manner, code }) => [manner, code])) };
}

/** All schemas by the manner in which they are used, as they come together when a source file is loaded: in a process of its own, since it is loaded whole. */
async function schemasOf(source, { plugins = [], ...how }) {
  const recording = [
    'export const schemas = [];',
    'export const validatorOf = (manner, schema) => void schemas.push([manner, JSON.stringify(schema)]);',
  ];
  const telling = [
    "import * as options from './src/base/validator-options.ts';",
    "import { schemas } from './src/base/validator.ts';",
    `import '${source}';`,
    'console.log(JSON.stringify({ ...options, schemas }));',
  ];
  const { outputFiles } = await build({
    ...asModule,
    stdin: { contents: telling.join('\n'), resolveDir: root },
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['node-fetch', 'h5wasm'],
    ...how,
    plugins: [validatorsOf({ index: recording.join('\n') }), ...plugins],
  });
  return JSON.parse(execFileSync(process.execPath, ['-'], { input: outputFiles[0].text, maxBuffer: 2 ** 26 }));
}

/** Puts a module of the build in the place of src/base/validator.ts, and what it imports. */
export const validatorsOf = ({ index, ...parts }) => ({
  name: 'validators',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /src[\\/]base[\\/]validator\.ts$/ }, () => ({ contents: index, resolveDir: root }));
    onResolve({ filter: /^validators:/ }, ({ path: name }) => ({ path: name, namespace: 'validators' }));
    onLoad({ filter: /.*/, namespace: 'validators' }, ({ path: name }) => ({
      contents: parts[name.slice('validators:'.length)],
      resolveDir: root,
    }));
  },
});

/** What compiled validators call tells how it is named in code that is yet to be compiled: here nobody asks. */
const withoutSources = {
  name: 'without-sources',
  setup: ({ onLoad }) =>
    onLoad({ filter: /ajv[\\/]dist[\\/]runtime[\\/]\w+\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(/^\w+\.code = .*$/m, ''),
    })),
};

/** The kernels, which sources hold in base64, are written to files that the bundle imports as modules. */
const kernelsBeside = (outdir) => ({
  name: 'kernels-beside',
  setup: ({ onLoad }) =>
    onLoad({ filter: /-wasm\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const found = [...text.matchAll(/export const (\w+)Wasm =([^;]+);/g)].map(([, name, quoted]) => {
        const wasm = `${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}.wasm`;
        const base64 = [...quoted.matchAll(/'([^']+)'/g)].map(([, line]) => line).join('');
        writeFileSync(path.join(outdir, wasm), Buffer.from(base64, 'base64'));
        return { name, wasm };
      });
      return {
        contents: found.map(({ name, wasm }) => `export { default as ${name}Wasm } from './${wasm}';`).join('\n'),
        resolveDir: root,
      };
    }),
});

/** How h5wasm gets its WebAssembly, which stands beside these bundles: as a module that is imported, or as a file that is fetched. */
const imported = (outdir) => (wasm) => {
  writeFileSync(path.join(outdir, hdf5), wasm);
  return { imports: `import __hdf5 from"./${hdf5}";`, module: '__hdf5' };
};
const fetched = (outdir) => (wasm) => {
  writeFileSync(path.join(outdir, hdf5), wasm);
  const file = `await fetch(new URL("./${hdf5}",import.meta.url))`;
  return { imports: '', module: `await WebAssembly.compile(await(${file}).arrayBuffer())` };
};
