// Compiles src/engine/rows/rows.as.ts to WebAssembly and writes it as src/engine/rows/rows-wasm.ts.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/engine/rows/', import.meta.url));

/** The text of rows-wasm.ts. */
export async function rowsModule() {
  const files = new Map();
  const { error, stderr } = await asc.main(
    [
      'rows.as.ts',
      '--outFile',
      'rows.wasm',
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--importMemory',
      '--noAssert',
      '--baseDir',
      folder,
    ],
    {
      writeFile: (name, content) => void files.set(name, content),
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const text = Buffer.from(files.get('rows.wasm')).toString('base64');
  return `/** rows.as.ts compiled, in base64: written by \`npm run build:rows\`. */\nexport const rowsWasm =\n${text
    .match(/.{1,150}/g)
    .map((line) => `  '${line}'`)
    .join(' +\n')};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${folder}rows-wasm.ts`, await rowsModule());
