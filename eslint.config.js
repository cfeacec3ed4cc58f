import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** The rooms from the lowest floor to the highest: a file imports from its own room and from lower floors only. */
const floors = [
  ['base'],
  ['settings', 'formats', 'output'],
  ['models'],
  ['data'],
  ['engine'],
  ['verdict'],
  ['defense'],
  ['report'],
  ['jobs'],
  ['serve'],
  ['cli', 'github', 'tab'],
  ['cli.ts', 'action.ts', 'index.ts', 'lambda.ts', 'worker.ts', 'deno-bun.ts'],
];
const zones = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    target: `./src/${room}`,
    from: [...rooms.filter((other) => other !== room), ...floors.slice(floor + 1).flat()].map(
      (name) => `./src/${name}`,
    ),
    message: 'Imports point down the source tree only.',
  })),
);

/** A format of model files is a folder of models/, and only the registry of formats knows it by name. */
zones.push({
  target: ['./src/!(models)/**/*', './src/models/!(formats).ts', './src/models/layers/**/*'],
  from: './src/models/!(layers)/**/*',
  message: 'Formats of model files are used through src/models/formats.ts.',
});

/** Who may import a foreign library. */
const importers = {
  '@tensorflow/': ['src/engine/!(start-engine).ts', 'src/engine/{kernels,rounding,rows,training}/**'],
  h5wasm: [
    'src/formats/hdf5-attributes.ts',
    'src/formats/hdf5-tree.ts',
    'src/formats/hdf5-values.ts',
    'src/formats/memory-files.ts',
    'src/formats/write-hdf5.ts',
  ],
  aws4fetch: ['src/engine/remote/signature.ts'],
  'jsonc-parser': ['src/formats/json.ts'],
  '@bufbuild/protobuf': ['src/formats/protobuf.ts'],
  fflate: ['src/formats/archive.ts', 'src/tab/host/zlib.ts'],
  '@jsquash/': ['src/formats/{jpeg,webp}.ts'],
  ajv: ['src/base/schema.ts', 'src/base/validator.ts'],
  'fastest-levenshtein': ['src/base/schema.ts'],
  yaml: ['src/settings/config-file.ts'],
  tinyglobby: ['src/models/find-models.ts'],
  echarts: ['src/report/charts/svg.ts', 'src/report/html/client.ts'],
  'markdown-table': ['src/report/drawn-markdown.ts'],
  '@actions/': ['src/github/**'],
  commander: ['src/cli/**'],
  'cli-progress': ['src/cli/progress.ts'],
  'cli-table3': ['src/cli/table.ts'],
  picocolors: ['src/cli/table.ts', 'src/cli/tables.ts', 'src/cli/verification.ts', 'src/cli/profile.ts'],
};
/** Parts that must run where there is no Node: no files, threads or processes. */
const portable = [
  'src/engine/!(start-engine).ts',
  'src/engine/{kernels,remote,rounding,rows,training}/**',
  'src/verdict/**',
  'src/defense/**',
  'src/data/{arrays,in-memory,scaled,stored-for}.ts',
  'src/models/{folder-name,formats,reading,sent-model}.ts',
  'src/models/{keras,layers,onnx}/**',
  'src/jobs/opened-data.ts',
  'src/jobs/defend/{judged,subject}.ts',
  'src/serve/**',
  'src/tab/**',
  'src/{worker,deno-bun}.ts',
  'src/report/!(write-models|write-report).ts',
  'src/report/record/!(read-report|model-error).ts',
  'src/report/charts/**',
  'src/report/html/!(write-page).ts',
];

const pattern = (library) => ({
  regex: library.endsWith('/') ? `^${library}` : `^${library}(/|$)`,
  message: `${library} is imported by ${importers[library].join(', ')}`,
});
const node = { regex: '^node:', message: 'This part runs without Node.' };

/** A block for each entry, with all that its files may import, since a later block's rule replaces an earlier one's. */
const foreign = Object.keys(importers);
const restrict = (files, allowed, extra = []) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [...foreign.filter((name) => !allowed.includes(name)).map(pattern), ...extra] },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      '**/*.as.ts',
      'dist/',
      'node_modules/',
      'docs/try/',
      'goodnet-*/',
      '.keras/',
      '.bench/',
      'test/fixtures/',
    ],
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNullish: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Options were parsed against each layer's schema; the tables of kernels and of their gradients take them as they are.
    files: ['src/engine/kernels/{backward,layers}.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'member-access'].map((name) => [`@typescript-eslint/no-unsafe-${name}`, 'off']),
    ),
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js'] })] },
    rules: { 'import-x/no-restricted-paths': ['error', { zones }] },
  },
  restrict(['src/**/*.ts'], []),
  restrict(portable, [], [node]),
  ...Object.entries(byImporters()).map(([files, names]) =>
    restrict([files], names, /^src\/(engine|report|tab)/.test(files) ? [node] : []),
  ),
);

/** The foreign libraries by the files that may import them. */
function byImporters() {
  const names = {};
  for (const name of foreign) for (const files of importers[name]) (names[files] ??= []).push(name);
  return names;
}
