// Runs all defenses over nets whose backdoor is known, one after the other, and prints a table of what came of it.
// node scripts/which-defense.mjs --keep DIR [--cli dist/cli.js] [--workers 2] FOLDER...
// A FOLDER holds badnet.h5, clean_valid.h5, clean_test.h5, and poisoned_valid.h5 and poisoned_test.h5 if there is an attack; of several
// attacks poisoned_NAME_valid.h5 and so on. What the net is stands in its net.json, or below, in `known`.
// DIR keeps the report of each net: a net that has one is not run again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as h5wasm from 'h5wasm/node';
import { markdownTable } from 'markdown-table';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: 'string' },
    cli: { type: 'string', default: path.join(root, 'dist/cli.js') },
    workers: { type: 'string', default: '2' },
  },
});
if (values.keep === undefined || folders.length === 0)
  throw new Error('node scripts/which-defense.mjs --keep DIR FOLDER...');
await h5wasm.ready;

/** The nets of the reference data, which have no net.json. */
const known = {
  'mnist-badnet': 'plain, patch',
  'mnist-resnet': 'residual, BatchNorm; patch',
  pruneaware: 'plain, trained to resist pruning; patch',
  resbn: 'residual, BatchNorm; patch',
  twotrig: 'plain, two triggers with a target each',
  clean0: 'plain, clean',
  clean5: 'plain, clean',
};

/** A net, its data, and which classes its attacks want. */
function netIn(folder) {
  const file = (name) => path.join(folder, name);
  const name = path.basename(folder);
  const told = existsSync(file('net.json')) ? JSON.parse(readFileSync(file('net.json'), 'utf8')) : {};
  const attacks = readdirSync(folder)
    .map((each) => /^poisoned(?:_(\w+))?_valid\.h5$/.exec(each))
    .filter((found) => found !== null)
    .map(([valid, attack = 'poisoned']) => ({
      attack,
      valid: file(valid),
      test: file(valid.replace(/valid\.h5$/, 'test.h5')),
    }));
  return {
    name,
    what: told.what ?? known[name] ?? '',
    model: file('badnet.h5'),
    clean: { valid: file('clean_valid.h5'), test: file('clean_test.h5') },
    attacks,
    targets: [...new Set(attacks.flatMap(({ test }) => labelsOf(test)))].sort((a, b) => a - b),
    scale: isBytes(file('clean_valid.h5')) ? '1/255' : '1',
  };
}

function read(file, of) {
  const opened = new h5wasm.File(file, 'r');
  const found = of(opened);
  opened.close();
  return found;
}
const labelsOf = (file) => read(file, (opened) => [...new Set(Array.from(opened.get('label').value, Number))]);
const isBytes = (file) => read(file, (opened) => opened.get('data').metadata.size === 1);

/** Writes the processor seconds of a process, all its threads together, into a file when it ends. */
const meter = (file) =>
  `data:text/javascript,${encodeURIComponent(`
    import { writeFileSync } from 'node:fs';
    import { isMainThread } from 'node:worker_threads';
    if (isMainThread)
      process.on('exit', () => {
        const { user, system } = process.cpuUsage();
        writeFileSync(${JSON.stringify(file)}, String((user + system) / 1e6));
      });`)}`;

/** Runs all defenses on a net, unless its report is there; the record of the net and the processor seconds that it took. */
function defended({ name, model, clean, attacks, scale }) {
  const out = path.join(values.keep, name);
  const [report, seconds] = [path.join(out, 'report.json'), path.join(values.keep, `${name}.seconds`)];
  if (!existsSync(report)) {
    const data = attacks.flatMap(({ attack, valid, test }) => [
      '--poisoned',
      `${attack}=${valid}`,
      '--test-poisoned',
      `${attack}=${test}`,
    ]);
    const { status } = spawnSync(
      process.execPath,
      [
        ...['--import', meter(seconds), values.cli, 'defend', model],
        ...['--clean', clean.valid, '--test-clean', clean.test, ...data, '--scale', scale],
        ...['--defenses', 'pruning,fine-pruning,unlearning', '--checkpoints', '2,4,10', '--rounds', '2'],
        ...['--workers', values.workers, '--out', out],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status !== 0) throw new Error(`${name}: goodnet exits with ${status}`);
  }
  return {
    record: JSON.parse(readFileSync(report, 'utf8')).models[0],
    seconds: existsSync(seconds) ? Number(readFileSync(seconds, 'utf8')) : null,
  };
}

/** Accuracy, and the highest ASR of all attacks, on test images. */
const figures = (candidate) =>
  candidate === undefined
    ? '–'
    : [candidate.test.accuracy, candidate.test.maxAsr]
        .filter((each) => each !== null)
        .map((each) => each.toFixed(1))
        .join(' / ');

/** Of a kind the net that validation images choose: the highest DER of the worst attack, without an attack the highest accuracy. */
function chosen(candidates, kind) {
  const worth = ({ validation: { der, accuracy } }) =>
    Object.keys(der).length === 0 ? accuracy : Math.min(...Object.values(der));
  return candidates.filter((each) => each.kind === kind).sort((a, b) => worth(b) - worth(a))[0];
}

/** Where the attacks' classes stand among the masks of round 1, the smallest first, with their indices; of a clean net the largest index. */
function masks(triggers, targets) {
  const ordered = [...triggers].sort((a, b) => a.l1 - b.l1 || a.target - b.target);
  const place = (target) => ordered.findIndex((each) => each.target === target);
  const index = (at) => ordered[at].anomalyIndex.toFixed(1);
  if (targets.length === 0) return `none; largest ${index(0)}`;
  if (targets.length === triggers.length) return `all; largest ${index(0)}`;
  return targets.map((target) => `${place(target) + 1} (${index(place(target))})`).join(', ');
}

mkdirSync(values.keep, { recursive: true });
const rows = folders.map(netIn).map((net) => {
  const {
    record: { candidates, unlearning },
    seconds,
  } = defended(net);
  const stage = (name) => candidates.find((each) => each.kind === 'unlearned' && each.stage === name);
  return [
    `\`${net.name}\``,
    net.what,
    figures(candidates[0]),
    figures(chosen(candidates, 'pruned')),
    figures(chosen(candidates, 'fine-pruned')),
    figures(stage('unlearned_1')),
    figures(stage('unlearned_2')),
    masks(unlearning.rounds[0].triggers, net.targets),
    seconds === null ? '–' : String(Math.round(seconds)),
  ];
});
const head = [
  'net',
  'what it is',
  'original',
  'pruned',
  'fine-pruned',
  'unlearned 1',
  'unlearned 2',
  'place of the target (index)',
  'CPU s',
];
const table = markdownTable([head, ...rows], { alignDelimiters: false });
writeFileSync(path.join(values.keep, 'table.md'), `${table}\n`);
console.log(table);
