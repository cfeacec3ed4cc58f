// Measures what the defense costs beside its peers: `npm run bench`, or parts of it (bench/README.md).
// Needs ../shared/csaw-lab3 (the lab's network and ten of its faces), python3, and 5 GB of disk.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from '../scripts/bundle.mjs';
import { drawCost } from './chart.mjs';
import { withEvaluators } from './evaluators.mjs';
import { measure, measureAtOnce, printed } from './measure.mjs';
import { tableOf } from './table.mjs';
import { token, withWorkerd, workerBytes } from './workerd.mjs';

const { values: flags } = parseArgs({
  options: { only: { type: 'string' }, brief: { type: 'boolean' }, update: { type: 'boolean' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const lab = path.join(root, '../shared/csaw-lab3');
const folder = path.join(root, '.bench');
const out = path.join(folder, 'out');
const file = path.join(flags.brief ? folder : path.join(root, 'bench'), 'results.json');
const cli = path.join(root, 'dist/cli.js');
const { KERAS, WORKERD } = process.env;
/** The runtimes by their major version, this one among them. */
const nodes = Object.fromEntries(
  [
    ['20', process.env.NODE20],
    ['24', process.env.NODE24],
    [process.versions.node.split('.')[0], process.execPath],
  ].filter(([, node]) => node !== undefined),
);
/** What is measured at all, and in brief, which tries that a part works. */
const size = flags.brief
  ? { images: 400, rounds: 1, scans: 1, passes: 1, seconds: 0.5, starts: 1, large: 4, amounts: [1, 2], channels: [30] }
  : {
      images: 11547,
      rounds: 3,
      scans: 2,
      passes: 2,
      seconds: 4,
      starts: 9,
      large: 64,
      amounts: [1, 10],
      channels: [30, 60, 120],
    };
const badnet = path.join(root, '../shared/golden/mnist-badnet');
const net = [path.join(lab, 'bd_weights.h5'), '--architecture', path.join(lab, 'prunednet_X=2.h5')];

if (!existsSync(lab)) fail(`The benchmark needs the lab's network in ${path.relative(process.cwd(), lab)}.`);
if (KERAS === undefined) console.error('KERAS=python is not set: Keras, onnxruntime and their nets are left out.');
for (const major of ['20', '24'])
  if (nodes[major] === undefined) console.error(`NODE${major}=path is not set: what runs on it is left out.`);
if (WORKERD === undefined) console.error('WORKERD=path is not set: the part workerd is left out.');
mkdirSync(folder, { recursive: true });

/** The two data files of some size. */
function data(count, type) {
  const files = [
    ['cl', 'clean'],
    ['sun', 'sunglasses'],
  ].map(([prefix, kind]) => {
    const made = path.join(folder, `${kind}-${count}-${type}.h5`);
    if (!existsSync(made))
      run(process.execPath, path.join(root, 'bench/data.mjs'), path.join(lab, 'images'), prefix, count, type, made);
    return made;
  });
  return { files, flags: ['--clean', files[0], '--poisoned', `sunglasses=${files[1]}`] };
}

/** A net of keras.applications, with its data. */
function application(name) {
  const model = path.join(folder, `${name}.h5`);
  const files = ['clean', 'poisoned'].map((kind) => path.join(folder, `224-${size.large}-${kind}.h5`));
  if (![model, ...files].every(existsSync))
    run(KERAS, path.join(root, 'bench/keras_peer.py'), 'application', name, size.large, folder);
  return { model, flags: ['--clean', files[0], '--poisoned', `p=${files[1]}`, '--scale', '1/255'] };
}

const defend = (node, workers, flags, of = net, ...more) =>
  measure(node, cli, 'defend', ...of, ...flags, '--workers', workers, '--out', out, ...more);
const evaluate = (node, workers, flags, of = net) =>
  measure(node, cli, 'evaluate', ...of, ...flags, '--workers', workers);
const onnx = (...of) => printed(KERAS, path.join(root, 'bench/onnx_peer.py'), ...of, size.seconds);

/** Puts another text in the place of one that a source file has once. */
const inPlace = (filter, own, other) => ({
  name: 'in-place',
  setup: ({ onLoad }) =>
    onLoad({ filter }, ({ path: source }) => {
      const text = readFileSync(source, 'utf8');
      if (text.split(own).length !== 2) throw new Error(`${source} does not have ${own} as it used to`);
      return { contents: text.replace(own, other), loader: 'ts' };
    }),
});

/** The scripts of plain forward passes: with the engine as it is, and with the kernels that tfjs publishes in its place. */
async function forwardScripts() {
  const before = inPlace(/kernels[\\/]activation\.ts$/, "tf.getBackend() === 'tensorflow'", 'true');
  const entryPoints = { forward: path.join(root, 'bench/forward.mjs') };
  const made = Object.entries({ own: [], before: [before] }).map(async ([name, plugins]) => {
    const at = path.join(folder, `forward-${name}`);
    mkdirSync(at, { recursive: true });
    await bundle(at, { entryPoints, plugins });
    return [name, path.join(at, 'forward.js')];
  });
  return Object.fromEntries(await Promise.all(made));
}

/** The command line as it is, but for chunks of a quarter of the images: 64 of the lab's. */
async function cliOfSmallChunks() {
  const at = path.join(folder, 'small-chunks');
  mkdirSync(path.join(at, 'dist'), { recursive: true });
  for (const file of ['package.json', 'dist/report-page.js']) copyFileSync(path.join(root, file), path.join(at, file));
  const smaller = inPlace(/engine[\\/]chunks\.ts$/, 'chunkOperations = 2 ** 34', 'chunkOperations = 2 ** 32');
  await bundle(path.join(at, 'dist'), { plugins: [smaller] });
  return path.join(at, 'dist/cli.js');
}

/** Images a second of processor time on each runtime. */
async function forward(...of) {
  const { own, before } = await forwardScripts();
  return Object.fromEntries(
    Object.entries(nodes).map(([major, node]) => [
      major,
      { own: printed(node, own, ...of, size.seconds), before: printed(node, before, ...of, size.seconds) },
    ]),
  );
}

/** CPU an image of a net of keras.applications. */
async function large(name) {
  const { model } = application(name);
  const { own } = await forwardScripts();
  const passes = Object.entries(nodes).map(([major, node]) => [major, printed(node, own, model, 8, size.seconds)]);
  return { forward: Object.fromEntries(passes), onnxruntime: onnx('net', model, 8) };
}

/** Each part by its name: what it measures. What needs Keras is null without it. */
const parts = {
  peak: () =>
    Object.fromEntries(
      Object.entries(nodes).map(([major, node]) => [major, printed(node, path.join(root, 'bench/peak.mjs'))]),
    ),
  forward: async () => ({
    ...(await forward(net[0], net[2], 64)),
    onnxruntime: KERAS === undefined ? null : onnx('lab', lab, 64),
  }),
  cores: () => {
    const { flags: whole } = data(size.images, 'float64');
    const pass = ['evaluate', ...net, ...whole, '--workers', 1];
    const node = nodes['24'] ?? process.execPath;
    measure(node, cli, ...pass); // the files are in the page cache from here on
    return Array.from({ length: size.rounds }, () => ({
      one: measure(node, cli, ...pass),
      beside: measureAtOnce(2, node, cli, ...pass),
    }));
  },
  job: () => {
    const { files, flags: whole } = data(size.images, 'float64');
    evaluate(process.execPath, 2, whole); // the files are in the page cache from here on
    return Array.from({ length: size.rounds }, () => ({
      ...Object.fromEntries(
        Object.entries(nodes).map(([major, node]) => [
          major,
          { one: defend(node, 1, whole), two: defend(node, 2, whole), forward: evaluate(node, 2, whole) },
        ]),
      ),
      keras:
        KERAS === undefined
          ? null
          : printed(KERAS, path.join(root, 'bench/keras_peer.py'), 'notebook', lab, ...files, size.passes),
    }));
  },
  onnx: () => {
    if (KERAS === undefined) return null;
    const { flags: whole } = data(size.images, 'float64');
    const node = nodes['24'] ?? process.execPath;
    const made = path.join(folder, 'lab.onnx');
    printed(KERAS, path.join(root, 'bench/onnx_peer.py'), 'lab', lab, 8, 0, made);
    evaluate(node, 2, whole); // the files are in the page cache from here on
    return Array.from({ length: size.rounds }, () => ({
      keras: defend(node, 2, whole),
      onnx: defend(node, 2, whole, [made]),
    }));
  },
  amounts: () =>
    size.amounts.map((times) => {
      const { flags: all } = data(times * size.images, 'uint8');
      const node = nodes['24'] ?? process.execPath;
      return { images: 2 * times * size.images, forward: evaluate(node, 2, all), defend: defend(node, 2, all) };
    }),
  channels: () => {
    if (KERAS === undefined) return null;
    const { flags: all } = data(size.images, 'uint8');
    const node = nodes['24'] ?? process.execPath;
    return size.channels.map((count) => {
      const made = path.join(folder, `channels-${count}.h5`);
      if (!existsSync(made)) run(KERAS, path.join(root, 'bench/keras_peer.py'), 'net', lab, count, made);
      const flags = [...all, '--layout', 'NCHW'];
      return {
        channels: count,
        forward: evaluate(node, 2, flags, [made]),
        defend: defend(node, 2, flags, [made], '--layer', 'conv_3'),
      };
    });
  },
  ResNet50: async () => {
    if (KERAS === undefined) return null;
    const { model, flags: all } = application('ResNet50');
    const node = nodes['24'] ?? process.execPath;
    return {
      ...(await large('ResNet50')),
      passes: [1, 2].map((workers) => evaluate(node, workers, all, [model])),
      jobs: [1, 2].map((workers) => defend(node, workers, all, [model])),
    };
  },
  MobileNetV2: () => (KERAS === undefined ? null : large('MobileNetV2')),
  EfficientNetB0: () => (KERAS === undefined ? null : large('EfficientNetB0')),
  unlearning: () => {
    const flags = ['--clean', path.join(badnet, 'clean_valid.h5'), '--scale', '1/255'];
    const poisoned = ['--poisoned', `p=${path.join(badnet, 'poisoned_valid.h5')}`];
    const of = [path.join(badnet, 'badnet.h5')];
    const node = nodes['24'] ?? process.execPath;
    const scanning = (workers) => [node, cli, 'scan', ...of, ...flags, '--workers', workers, '--out'];
    const scan = (workers) => measure(...scanning(workers), `${out}-scan`);
    const scans = () => ({ one: scan(1), two: scan(2), beside: measureAtOnce(2, ...scanning(1), `${out}-{}`) });
    const job = (...more) => defend(node, 2, [...flags, ...poisoned], of, ...more);
    return {
      tensorflow: KERAS === undefined ? null : printed(KERAS, path.join(root, 'bench/training_peer.py'), badnet, 2),
      scans: Array.from({ length: size.scans }, scans),
      pruning: job(),
      trained: job('--defenses', 'pruning,unlearning', '--rounds', '1', '--scan', `${out}-scan`),
      unlearning: job('--defenses', 'pruning,unlearning'),
    };
  },
  evaluators: async () => {
    const { flags: whole } = data(size.images, 'float64');
    const node = nodes['24'] ?? process.execPath;
    evaluate(node, 1, whole); // the files are in the page cache from here on
    const rounds = [];
    for (let round = 0; round < size.rounds; round++) {
      const by = (count) => withEvaluators(count, node, cli, (urls) => defend(node, 1, whole, net, ...urls));
      rounds.push({ thread: defend(node, 1, whole), one: await by(1), two: await by(2) });
    }
    return rounds;
  },
  'evaluators-ResNet50': async () => {
    if (KERAS === undefined) return null;
    const { model, flags: all } = application('ResNet50');
    const node = nodes['24'] ?? process.execPath;
    const by = (count) => withEvaluators(count, node, cli, (urls) => evaluate(node, 1, [...all, ...urls], [model]));
    return { one: await by(1), two: await by(2) };
  },
  workerd: async () => {
    const node = nodes['24'];
    if (WORKERD === undefined || node === undefined) return null;
    const { flags: all } = data(size.images, 'uint8');
    const dist = path.join(root, 'dist');
    const at = path.join(folder, 'workerd');
    const job = (script) =>
      withWorkerd(WORKERD, dist, at, (url) =>
        measure(
          'env',
          `GOODNET_TOKEN=${token}`,
          node,
          script,
          'defend',
          ...net,
          ...all,
          '--evaluator',
          url,
          '--out',
          out,
        ),
      );
    const starts = [];
    for (let i = 0; i < size.starts; i++) starts.push((await withWorkerd(WORKERD, dist, at)).cold);
    return { bytes: workerBytes(dist), starts, 64: await job(await cliOfSmallChunks()), 256: await job(cli) };
  },
  start: () => {
    const times = (...argv) => Array.from({ length: size.starts }, () => measure(process.execPath, ...argv).seconds);
    const large = KERAS === undefined ? null : measure(process.execPath, cli, 'inspect', application('ResNet50').model);
    return { node: times('-e', '0'), version: times(cli, '--version'), inspect: times(cli, 'inspect', ...net), large };
  },
};

const chosen = flags.only?.split(',') ?? Object.keys(parts);
const unknown = chosen.find((name) => !(name in parts));
if (unknown !== undefined) fail(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`);
for (const name of chosen) {
  const began = performance.now();
  console.error(`${name} …`);
  const results = read();
  results[name] = await parts[name]();
  results.machine = { cpu: os.cpus()[0].model, cores: os.availableParallelism() };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`); // what is measured stays where a later part fails
  console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
for (const made of ['', '-scan', '-0', '-1']) rmSync(out + made, { recursive: true, force: true });

const table = tableOf(read());
console.log(table);
if (flags.update) update();

/** Writes the table into the README, and draws the picture in it. */
function update() {
  const readme = path.join(root, 'bench/README.md');
  const [begin, end] = ['<!-- table -->\n', '<!-- end of the table -->'];
  const text = readFileSync(readme, 'utf8');
  const [at, past] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  writeFileSync(readme, `${text.slice(0, at)}${table}\n${text.slice(past)}`);
  const { amounts, channels } = read();
  if (amounts && channels) writeFileSync(path.join(root, 'bench/cost.svg'), drawCost({ amounts, channels }));
}

function read() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function run(...argv) {
  const [command, ...rest] = argv.map(String);
  const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')} exited with ${status}: ${stderr.slice(-400)}`);
}

function fail(why) {
  console.error(why);
  process.exit(2);
}
