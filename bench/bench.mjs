// Measures what the whole defense costs, in one run: `npm run bench`. Needs ../shared/csaw-lab3 (the lab's network and ten of its faces),
// 5 GB of disk, and for the comparisons KERAS=python, one with tensorflow, tf_keras and h5py, and NODE_PATH=folder, one with @tensorflow/tfjs-node
// (scripts/build-tfjs-node.sh). Prints a table and writes bench/results.json and bench/cost.svg.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { drawCost } from './chart.mjs';
import { measure, spread } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lab = path.join(root, '../shared/csaw-lab3');
const keras = process.env.KERAS;
if (!existsSync(lab)) {
  console.error(`The benchmark needs the lab's network in ${path.relative(process.cwd(), lab)}, which is not there.`);
  process.exit(2);
}
const tfjsNode = isInstalled('@tensorflow/tfjs-node');
if (keras === undefined)
  console.error(
    'KERAS is not set: the comparison with real Keras and the nets with other numbers of channels are left out.',
  );
if (!tfjsNode) console.error('NODE_PATH has no @tensorflow/tfjs-node: the comparison with it is left out.');
const folder = path.join(root, '.bench');
mkdirSync(folder, { recursive: true });
const [images, rounds, passes] = [11547, 3, 2];
const published = JSON.parse(readFileSync(path.join(lab, 'published-results.json'), 'utf8')).steps.map(
  ({ channel }) => channel,
);
const node = process.execPath;
const cli = path.join(root, 'dist/cli.js');
const net = [path.join(lab, 'bd_weights.h5'), '--architecture', path.join(lab, 'prunednet_X=2.h5')];
const out = ['--out', path.join(folder, 'out')];

/** The two data files of some size. */
function data(name, count, type) {
  const files = [
    ['cl', 'clean'],
    ['sun', 'sunglasses'],
  ].map(([prefix, kind]) => {
    const file = path.join(folder, `${kind}${name}.h5`);
    if (!existsSync(file))
      execFileSync(
        node,
        [path.join(root, 'bench/data.mjs'), path.join(lab, 'images'), prefix, String(count), type, file],
        { stdio: 'inherit' },
      );
    return file;
  });
  return { files, flags: ['--clean', files[0], '--poisoned', `sunglasses=${files[1]}`] };
}

const whole = data('', images, 'float64');
const small = data('-1', images, 'uint8');
const forward = (workers, flags = whole.flags) =>
  measure(node, cli, 'evaluate', ...net, ...flags, '--workers', workers);
const defend = (workers, flags = whole.flags, of = net, ...more) =>
  measure(node, cli, 'defend', ...of, ...flags, '--workers', workers, ...out, ...more);

forward(2); // the files are in the page cache from here on
const runs = [];
for (let round = 0; round < rounds; round++) {
  console.error(`round ${round + 1} of ${rounds}`);
  runs.push({
    forward1: forward(1),
    defend1: defend(1),
    forward2: forward(2),
    defend2: defend(2),
    published2: defend(2, whole.flags, net, '--order', published.join()),
  });
}
const times = (name) => spread(runs.map((run) => run[name].seconds));
const ratio = (above, below) => spread(runs.map((run) => run[above].seconds / run[below].seconds));
const memory = (name) => Math.max(...runs.map((run) => run[name].megabytes));

console.error('other amounts of data');
const amounts = [1, 4, 10].map((times) => {
  const { flags } = data(`-${times}`, times * images, 'uint8');
  return { images: 2 * times * images, forward: forward(2, flags), defend: defend(2, flags) };
});
const [one, , ten] = amounts;

console.error('start-up');
const startUp = (...argv) => spread(Array.from({ length: 9 }, () => measure(node, ...argv).seconds));
const starts = {
  node: startUp('-e', '0'),
  version: startUp(cli, '--version'),
  inspect: startUp(cli, 'inspect', ...net),
};

/** The notebook's method, timed on a few passes; the rest is that many times the same. */
function notebook(...command) {
  const run = spawnSync('taskset', ['-c', '0,1', ...command, lab, ...whole.files, String(passes)], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${command.join(' ')} exited with ${run.status}: ${run.stderr.slice(-400)}`);
  const { reading, passes: timed, megabytes } = JSON.parse(run.stdout.trim().split('\n').at(-1));
  return { reading, pass: timed / passes, megabytes, seconds: reading + (timed / passes) * (published.length + 1) };
}
const peers = {};
if (tfjsNode) {
  console.error('the notebook in tfjs-node');
  peers['tfjs-node'] = notebook(node, path.join(root, 'bench/tfjs.mjs'));
}
const channels = [];
if (keras !== undefined) {
  console.error('the notebook in Keras');
  peers.Keras = notebook(keras, path.join(root, 'bench/keras.py'), 'notebook');
  console.error('other numbers of channels');
  for (const count of [30, 60, 120, 240]) {
    const file = path.join(folder, `channels-${count}.h5`);
    if (!existsSync(file))
      execFileSync(keras, [path.join(root, 'bench/keras.py'), 'net', lab, String(count), file], { stdio: 'ignore' });
    const flags = [...small.flags, '--layout', 'NCHW'];
    channels.push({
      channels: count,
      forward: measure(node, cli, 'evaluate', file, ...flags, '--workers', 2).seconds,
      defend: defend(2, flags, [file], '--layer', 'conv_3').seconds,
    });
  }
}
rmSync(path.join(folder, 'out'), { recursive: true, force: true });

const sizeOf = (at) =>
  readdirSync(at, { withFileTypes: true }).reduce(
    (sum, entry) =>
      sum + (entry.isDirectory() ? sizeOf(path.join(at, entry.name)) : statSync(path.join(at, entry.name)).size),
    0,
  );
const results = {
  machine: { cpu: os.cpus()[0].model, cores: os.availableParallelism(), node: process.version },
  images: 2 * images,
  runs,
  amounts,
  starts,
  peers,
  channels,
  distBytes: sizeOf(path.join(root, 'dist')),
};
writeFileSync(path.join(root, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(path.join(root, 'bench/cost.svg'), drawCost(results));

const seconds = ({ median, least, greatest }) =>
  `${median.toFixed(2)} s (${least.toFixed(2)} to ${greatest.toFixed(2)})`;
const times_ = ({ median, least, greatest }) => `${median.toFixed(2)} (${least.toFixed(2)} to ${greatest.toFixed(2)})`;
const rows = [
  ['figure', 'measured', 'goal'],
  ['one forward pass, 1 worker / 2 workers', `${seconds(times('forward1'))} / ${seconds(times('forward2'))}`, ''],
  ['whole job, 1 worker / 2 workers', `${seconds(times('defend1'))} / ${seconds(times('defend2'))}`, ''],
  ['whole job / forward pass, 1 worker', times_(ratio('defend1', 'forward1')), 'at most 1.5'],
  ['whole job / forward pass, 2 workers', times_(ratio('defend2', 'forward2')), 'at most 1.5'],
  ['the same in the published order', times_(ratio('published2', 'forward2')), 'at most 1.5'],
  ['1 worker / 2 workers, whole job', times_(ratio('defend1', 'defend2')), 'at least 1.8'],
  ['1 worker / 2 workers, forward pass', times_(ratio('forward1', 'forward2')), 'at least 1.8'],
  ['peak memory, 1 worker / 2 workers', `${memory('defend1')} / ${memory('defend2')} MB`, 'at most 500 MB'],
  [
    'ten times the data / ten times the time',
    `${ten.defend.seconds.toFixed(1)} / ${(10 * one.defend.seconds).toFixed(1)} s = ${(ten.defend.seconds / (10 * one.defend.seconds)).toFixed(2)}`,
    '0.9 to 1.1',
  ],
  ['peak memory at ten times the data', `${ten.defend.megabytes} MB`, 'at most 1000 MB'],
  ...Object.entries(peers).flatMap(([name, { seconds: all, pass, megabytes }]) => [
    [
      `the notebook in ${name}, 2 cores`,
      `${all.toFixed(0)} s (${passes} of ${published.length + 1} passes timed, ${pass.toFixed(1)} s each; the rest extrapolated), ${megabytes} MB`,
      '',
    ],
    [
      `the notebook in ${name} / whole job`,
      (all / times('defend2').median).toFixed(0),
      name === 'Keras' ? 'at least 60' : '',
    ],
  ]),
  ['node itself / goodnet --version', `${seconds(starts.node)} / ${seconds(starts.version)}`, ''],
  ["goodnet inspect of the lab's net", seconds(starts.inspect), 'below 0.5 s'],
  ['dist/', `${(results.distBytes / 1e6).toFixed(1)} MB`, ''],
];
console.log(markdownTable(rows));

/** Whether Node finds a package from here, or in NODE_PATH. */
function isInstalled(name) {
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
}
