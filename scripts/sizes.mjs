import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What a bundled package is for, by its name. What is not listed here is part of GitHub's clients. */
const parts = {
  'goodnet itself': /^src$/,
  'engine: @tensorflow/tfjs-core, tfjs-backend-wasm': /^(@tensorflow\/|long|seedrandom)/,
  'HDF5: h5wasm': /^h5wasm$/,
  'charts: echarts': /^(echarts|zrender|tslib)$/,
  'settings: ajv, typebox, yaml':
    /^(ajv|fast-uri|fast-deep-equal|json-schema-traverse|@sinclair\/typebox|yaml|fastest-levenshtein)$/,
  'command line: commander, cli-table3, cli-progress, picocolors':
    /^(commander|cli-|@colors\/|string-width|strip-ansi|ansi-regex|emoji-regex|is-fullwidth|picocolors)/,
  'files: fflate, tinyglobby, @jsquash/jpeg and webp, markdown-table':
    /^(fflate|tinyglobby|picomatch|fdir|@jsquash\/|markdown-table)/,
};
const other = "GitHub's clients: @actions/* with undici and Azure's storage client";

/** A Markdown table of what dist/ is made of, in MB (1,000,000 bytes), the largest first. `metafile` is esbuild's account of the bundles. */
export function sizes(folder, metafile) {
  const bytes = {};
  const add = (part, count) => {
    bytes[part] = (bytes[part] ?? 0) + count;
  };
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1] ?? 'src';
      add(Object.keys(parts).find((part) => parts[part].test(name)) ?? other, bytesInOutput);
    }
  }
  const files = readdirSync(folder, { recursive: true })
    .map((name) => [name, statSync(path.join(folder, name))])
    .filter(([name, stat]) => stat.isFile() && !name.endsWith('.map'));
  for (const [name, { size }] of files) {
    if (name === 'worker.js' || name === 'deno-bun.js') add('evaluators for other runtimes: the engine again', size);
    else if (name === 'report-page.js') add('the script of report.html: echarts again', size);
    else if (name.endsWith('.wasm') || name.endsWith('.txt')) add(`\`${name}\``, size);
    else if (!name.endsWith('.js')) add('types and schemas', size);
  }
  const total = files.reduce((sum, [, { size }]) => sum + size, 0);
  const rows = [
    ...Object.entries(bytes).sort(([, a], [, b]) => b - a),
    ['**all**, with what joins the bundles', total],
  ];
  return [
    '| part | MB |',
    '| --- | ---: |',
    ...rows.map(([part, count]) => `| ${part} | ${(count / 1e6).toFixed(2)} |`),
  ].join('\n');
}
