// Compiles the AssemblyScript of the engine, NAME.as.ts, to WebAssembly and writes it beside it as NAME-wasm.ts.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const engine = fileURLToPath(new URL('../src/engine/', import.meta.url));

/** Each source, and the names of what it is compiled to: with these features besides SIMD. */
export const modules = {
  'rows/rows': { rowsWasm: [], fusedRowsWasm: ['relaxed-simd'] },
  'kernels/products': { productsWasm: [], fusedProductsWasm: ['relaxed-simd'] },
  'kernels/errors': { errorsWasm: [] },
  'kernels/gradients': { gradientsWasm: [], fusedGradientsWasm: ['relaxed-simd'] },
};

/** The text of NAME-wasm.ts. */
export async function wasmText(name) {
  const file = `${name.split('/').at(-1)}.as.ts`;
  let text = `// ${file} compiled, in base64: written by \`npm run build:wasm\`.\n`;
  for (const [constant, features] of Object.entries(modules[name])) {
    const base64 = await compiled(`${name}.as.ts`, ['simd', ...features]);
    const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
    text += `\nexport const ${constant} =\n${lines.join(' +\n')};\n`;
  }
  return text;
}

async function compiled(source, features) {
  let wasm;
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const { error, stderr } = await asc.main(
    [source, '--outFile', 'out.wasm', '-O3', ...enabled, '--runtime', 'stub'].concat([
      '--importMemory',
      '--noAssert',
      '--baseDir',
      engine,
    ]),
    { writeFile: (_, content) => void (wasm = content) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(wasm).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(modules)) writeFileSync(`${engine}${name}-wasm.ts`, await wasmText(name));
}
