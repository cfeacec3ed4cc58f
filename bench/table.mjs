import { markdownTable } from 'markdown-table';
import { spread } from './measure.mjs';

const unmeasured = 'not measured';

/** The figures of a run as a Markdown table, each beside its goal. What was not measured says so. */
export function tableOf(results) {
  const {
    peak,
    forward,
    cores,
    job,
    onnx,
    amounts,
    ResNet50,
    MobileNetV2,
    EfficientNetB0,
    unlearning,
    evaluators,
    'evaluators-ResNet50': withResNet,
    workerd,
    start,
  } = results;
  const rows = [
    ['two passes, one after the other / side by side', said(cores, (all) => inSpread(all.map(byBoth))), ''],
    ...['24', '20'].flatMap((node) => ofJob(job, node)),
    ['the notebook in Keras', said(job, (rounds) => `${inSpread(rounds.map(({ keras }) => notebook(keras)))} s`), ''],
    [
      "whole job of the lab's net as ONNX / as Keras",
      said(onnx, (rounds) => inSpread(rounds.map((round) => round.onnx.seconds / round.keras.seconds))),
      '0.95 to 1.05',
    ],
    ...ofForward(forward, peak),
    ...ofResNet(ResNet50),
    ...ofLarge('ResNet50', ResNet50, '24', 'at most 1.5'),
    ...ofLarge('MobileNetV2', MobileNetV2, '24', 'at most 2'),
    ...ofLarge('EfficientNetB0', EfficientNetB0, '24', 'at most 2'),
    ...ofUnlearning(unlearning),
    ...ofEvaluators(evaluators, withResNet),
    ...ofWorkerd(workerd),
    [
      'ten times the data / ten times the time',
      said(amounts, ([one, ten]) => (ten.defend.seconds / (factor(one, ten) * one.defend.seconds)).toFixed(2)),
      '0.9 to 1.1',
    ],
    [
      'peak memory at ten times the data',
      said(amounts, (all) => `${all.at(-1).defend.megabytes} MB`),
      'at most 600 MB',
    ],
    ['node itself / goodnet --version', said(start, (s) => `${inSpread(s.node)} / ${inSpread(s.version)} s`), ''],
    ["goodnet inspect of the lab's net", said(start, ({ inspect }) => `${inSpread(inspect)} s`), 'below 0.5 s'],
    [
      'goodnet inspect of ResNet50, 95 MB: CPU, peak memory',
      said(start, ({ large: { cpu, megabytes } }) => `${cpu.toFixed(2)} s, ${megabytes} MB`),
      '',
    ],
  ];
  return markdownTable([['figure', 'measured', 'goal'], ...rows]);
}

const factor = (one, more) => more.images / one.images;

/** What a part says; that it was not measured where it has nothing to. */
function said(part, say) {
  try {
    return say(part);
  } catch (error) {
    if (error instanceof TypeError) return unmeasured;
    throw error;
  }
}

function inSpread(values) {
  const { median, least, greatest } = spread(values);
  const shown = (value) => value.toFixed(value < 20 ? 2 : 1);
  return least === greatest ? shown(median) : `${shown(median)} (${shown(least)} to ${shown(greatest)})`;
}

/** How much quicker two workers are than one, and two processes of one worker each, which have nothing in common but the machine. */
const byTwo = ({ one, two }) => one.seconds / two.seconds;
const byBoth = ({ one, beside }) => (2 * one.seconds) / beside.seconds;

/** The greatest peak memory of some rounds. */
const most = (rounds, name) => Math.max(...rounds.map((round) => round[name].megabytes));

/** Seconds for reading, one pass for each of 60 channels, and one before. */
const notebook = ({ reading, pass }) => reading + 61 * pass;

/** Searches for triggers and trainings, beside the same in TensorFlow. */
function ofUnlearning(part) {
  const ratio = (say) => said(part, (all) => say(all).toFixed(2));
  const sum = (rounds, name) => rounds.reduce((seconds, round) => seconds + round[name], 0);
  return [
    [
      'scan of ten classes / TensorFlow',
      said(part, ({ scans, tensorflow }) => inSpread(scans.map(({ two }) => two.seconds / tensorflow[0].scan))),
      'at most 0.7',
    ],
    ['scan, 1 worker / 2 workers', said(part, ({ scans }) => inSpread(scans.map(byTwo))), 'at least 1.8'],
    ['two scans, one after the other / side by side', said(part, ({ scans }) => inSpread(scans.map(byBoth))), ''],
    [
      '250 steps of training, with scoring and files / TensorFlow',
      ratio(({ trained, pruning, tensorflow }) => (trained.seconds - pruning.seconds) / tensorflow[0].training),
      'at most 0.7',
    ],
    [
      'unlearning, two rounds / TensorFlow',
      ratio(
        ({ unlearning, pruning, tensorflow }) =>
          (unlearning.seconds - pruning.seconds) / (sum(tensorflow, 'scan') + sum(tensorflow, 'training')),
      ),
      'at most 0.7',
    ],
    [
      'peak memory of scan / unlearning',
      said(part, ({ scans, unlearning: { megabytes } }) => `${most(scans, 'two')} / ${megabytes} MB`),
      'at most 600 MB',
    ],
  ];
}

/** Whole jobs with evaluators on this machine, of one thread each. */
function ofEvaluators(part, withResNet) {
  const ratio = (say) => said(part, (rounds) => inSpread(rounds.map(say)));
  return [
    ['1 evaluator / 1 worker, whole job', ratio(({ one, thread }) => one.seconds / thread.seconds), 'at most 1.25'],
    ['1 evaluator / 2 evaluators, whole job', ratio(({ one, two }) => one.seconds / two.seconds), 'at least 1.7'],
    [
      '1 evaluator / 2 evaluators, one pass of ResNet50',
      said(withResNet, ({ one, two }) => (one.seconds / two.seconds).toFixed(2)),
      'at least 1.7',
    ],
  ];
}

/** An evaluator in workerd, which Cloudflare Workers are. */
function ofWorkerd(part) {
  const added = ({ idle, most }) => most - idle;
  return [
    [
      'workerd, memory beside its idle size, chunks of 64 / 256 images',
      said(part, (chunks) => `${added(chunks[64])} / ${added(chunks[256])} MB`),
      'at most 128 MB',
    ],
    [
      'workerd, from its start to its first answer',
      said(part, ({ starts }) => `${inSpread(starts.map(({ seconds }) => seconds))} s`),
      'below 0.5 s',
    ],
    ['the same, processor time', said(part, ({ starts }) => `${inSpread(starts.map(({ cpu }) => cpu))} s`), ''],
    [
      'worker.js with its WebAssembly, gzipped',
      said(part, ({ bytes }) => `${(bytes.gzipped / 1e6).toFixed(2)} MB`),
      'below 1 MB',
    ],
  ];
}

function ofJob(job, node) {
  const ratio = (say) => said(job, (rounds) => inSpread(rounds.map(say)));
  const on = (figure) => `${figure}, Node ${node}`;
  return [
    [on('whole job / one pass of Keras'), ratio((r) => r[node].two.seconds / r.keras.pass), 'at most 1'],
    [on('one pass / one pass of Keras'), ratio((r) => r[node].forward.seconds / r.keras.pass), ''],
    [
      on("the notebook's way in Keras / whole job"),
      ratio((r) => notebook(r.keras) / r[node].two.seconds),
      'at least 60',
    ],
    [on('1 worker / 2 workers, whole job'), ratio((r) => byTwo(r[node])), 'at least 1.8'],
    [on('whole job, 2 workers'), `${ratio((r) => r[node].two.seconds)} s`.replace(`${unmeasured} s`, unmeasured), ''],
    [
      on('peak memory, 1 worker / 2 workers'),
      said(
        job,
        (rounds) =>
          ['one', 'two']
            .map((name) =>
              most(
                rounds.map((r) => r[node]),
                name,
              ),
            )
            .join(' / ') + ' MB',
      ),
      'at most 400 MB',
    ],
  ];
}

function ofForward(forward, peak) {
  const speed = ({ rate, operations }) => (2 * rate * operations) / 1e9;
  const most = (node) => said(peak, (all) => all[node].fused ?? all[node].apart);
  const rate = (by) => said(forward, (all) => `${by(all).rate.toFixed(0)} a second`);
  const cost = (node) =>
    said(forward, (all) => `${speed(all[node].own).toFixed(1)} of ${most(node).toFixed(1)} GFLOP/s`);
  return [
    ['images a CPU second, Node 24', rate((all) => all['24'].own), ''],
    [
      'the same / onnxruntime',
      said(forward, (all) => (all['24'].own.rate / all.onnxruntime.rate).toFixed(2)),
      'at least 0.8',
    ],
    ['the same, Node 20', rate((all) => all['20'].own), ''],
    [
      "the same / with tfjs's kernels, Node 20",
      said(forward, (all) => (all['20'].own.rate / all['20'].before.rate).toFixed(2)),
      'at least 1.5',
    ],
    ['images a CPU second, onnxruntime', rate((all) => all.onnxruntime), ''],
    ['a core, of what it can do at most, Node 24', cost('24'), ''],
    ['a core, of what it can do at most, Node 20', cost('20'), ''],
  ];
}

function ofResNet(part) {
  return [
    [
      'ResNet50, 1 worker / 2 workers, whole job',
      said(part, ({ jobs: [one, two] }) => (one.seconds / two.seconds).toFixed(2)),
      'at least 1.8',
    ],
    [
      'ResNet50, 1 worker / 2 workers, one pass',
      said(part, ({ passes: [one, two] }) => (one.seconds / two.seconds).toFixed(2)),
      '',
    ],
    [
      'ResNet50, peak memory of the whole job',
      said(part, ({ jobs }) => `${jobs.map((each) => each.megabytes).join(' / ')} MB`),
      'at most 800 MB',
    ],
    [
      'ResNet50, peak memory of one pass',
      said(part, ({ passes }) => `${passes.map((each) => each.megabytes).join(' / ')} MB`),
      '',
    ],
  ];
}

function ofLarge(name, part, node, goal) {
  const ms = ({ rate }) => `${(1000 / rate).toFixed(0)} ms`;
  const ratio = said(part, ({ forward, onnxruntime }) => (onnxruntime.rate / forward[node].rate).toFixed(2));
  const times = said(part, ({ forward, onnxruntime }) => ` (${ms(forward[node])} / ${ms(onnxruntime)})`);
  return [[`${name}, CPU an image / onnxruntime`, ratio === unmeasured ? ratio : ratio + times, goal]];
}
