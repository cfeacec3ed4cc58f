import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** The source tree from bottom to top: a file imports from its own row and from the rows above it in this list only. */
const rows = [
  ['errors.ts', 'limits.ts', 'schema.ts', 'breathe.ts', 'clock.ts', 'files.ts', 'folders.ts', 'machine.ts'],
  ['config.ts', 'data-files.ts', 'file-settings.ts'],
  ['resolve-config.ts'],
  ['config-file.ts'],
  ['keras'],
  ['reader.ts', 'read-apart.ts'],
  ['data'],
  ['engine'],
  ['defense'],
  ['doubt.ts'],
  ['gate.ts'],
  ['findings.ts'],
  ['report'],
  ['budget.ts'],
  ['models.ts', 'splits.ts'],
  ['start-engine.ts'],
  ['threads'],
  [
    'workflow.ts',
    'setup.ts',
    'probe.ts',
    'progress.ts',
    'profile.ts',
    'open-data.ts',
    'defend.ts',
    'resume.ts',
    'model-error.ts',
    'run.ts',
    'evaluate.ts',
    'inspect.ts',
    'stamp.ts',
    'sample.ts',
    'gallery.ts',
    'bundle.ts',
    'verify-inputs.ts',
    'rerun.ts',
    'verify.ts',
    'compare.ts',
    'world.ts',
  ],
  ['last-resort.ts'],
  ['cli', 'github'],
  ['cli.ts', 'action.ts', 'index.ts'],
];
const zones = rows
  .flatMap((row, i) => {
    const higher = rows
      .slice(i + 1)
      .flat()
      .map((name) => `./src/${name}`);
    return row.map((name) => ({
      target: `./src/${name}`,
      from: higher,
      message: 'Imports point down the source tree only.',
    }));
  })
  .filter((zone) => zone.from.length > 0);

/** Each foreign library has one importer. */
const importers = {
  '@tensorflow/': ['src/engine/**'],
  h5wasm: [
    'src/keras/hdf5-attributes.ts',
    'src/keras/hdf5-tree.ts',
    'src/keras/hdf5-values.ts',
    'src/keras/memory-files.ts',
    'src/keras/write-hdf5.ts',
  ],
  'jsonc-parser': ['src/keras/json.ts'],
  fflate: ['src/keras/archive.ts'],
  '@jsquash/': ['src/data/jpeg.ts'],
  ajv: ['src/schema.ts'],
  'fastest-levenshtein': ['src/schema.ts'],
  yaml: ['src/config-file.ts'],
  tinyglobby: ['src/models.ts'],
  echarts: ['src/report/svg.ts', 'src/report/html/client.ts'],
  'markdown-table': [
    'src/report/markdown.ts',
    'src/report/sections.ts',
    'src/report/gate-table.ts',
    'src/report/leaderboard-table.ts',
  ],
  '@actions/': ['src/github/**'],
  commander: ['src/cli/**'],
  'cli-progress': ['src/cli/progress.ts'],
  'cli-table3': ['src/cli/table.ts'],
  picocolors: ['src/cli/table.ts', 'src/cli/tables.ts', 'src/cli/verification.ts', 'src/cli/profile.ts'],
};
/** Parts that must run where there is no Node: no files, threads or processes. */
const portable = [
  'src/defense/**',
  'src/gate.ts',
  'src/findings.ts',
  'src/engine/**',
  'src/report/!(output|leftovers|published|ledger|staging|own-folder|disk|owner|new-file|read-report|write-models|write-report).ts',
  'src/report/html/!(write-page).ts',
];

const pattern = (library) => ({
  regex: library.endsWith('/') ? `^${library}` : `^${library}(/|$)`,
  message: `${library} has one importer: ${importers[library].join(', ')}`,
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
  { ignores: ['**/*.as.ts', 'dist/', 'node_modules/', 'goodnet-*/', '.keras/', '.bench/', 'test/fixtures/'] },
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
    // Options were parsed against each layer's schema; the table of kernels takes them as they are.
    files: ['src/engine/kernels/layers.ts'],
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
    restrict([files], names, files.startsWith('src/engine') || files.startsWith('src/report') ? [node] : []),
  ),
);

/** The foreign libraries by the files that may import them. */
function byImporters() {
  const names = {};
  for (const name of foreign) for (const files of importers[name]) (names[files] ??= []).push(name);
  return names;
}
