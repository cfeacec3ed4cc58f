import { failure } from '../../base/errors.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import type { Call, Model } from '../../models/net.ts';
import { elementary } from './elementary.ts';

/** Where a net's logits are, and what they say: the log of a share for each class, or of the odds of class 1 alone. */
export interface LogitsAt {
  id: string;
  kind: 'softmax' | 'sigmoid';
}

/** Layers whose answers are logits where all that they are given are: sums, means and factors of them. */
const passing: ReadonlySet<string> = new Set([
  ...trainingOnly,
  'Flatten',
  'Reshape',
  'Add',
  'Subtract',
  'Average',
  'Concatenate',
  'PickedChannels',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'AveragePooling2D',
  'BatchNormalization',
]);

const products: ReadonlySet<string> = new Set(['Dense', 'Conv2D', 'Conv2DTranspose', 'DepthwiseConv2D']);

const isActivation = ({ layer }: Call, ...names: string[]): boolean =>
  layer.className === 'Activation' && names.includes(layer.options['activation'] as string);

const hands = (call: Call): boolean => trainingOnly.has(call.layer.className) || isActivation(call, 'linear');

/**
 * The logits of a net: what its last softmax or its one sigmoid is given, or its scores where no activation bounds them.
 * Throws `no-gradient` where they are neither.
 */
export function logitsOf(model: Model): LogitsAt {
  const calls = new Map(elementary(model.calls).map((call) => [call.id, call]));
  const before = (call: Call): Call => calls.get(call.inputs[0]!)!;
  const keepsScores = (call: Call): boolean =>
    hands(call) || (isReshaping(call) && before(call).shape.at(-1) === model.outputs);
  let last = calls.get(model.output)!;
  while (keepsScores(last)) last = before(last);
  if (last.layer.className === 'Softmax' || isActivation(last, 'softmax', 'log_softmax'))
    return { id: last.inputs[0]!, kind: 'softmax' };
  if (model.outputs === 1 && isActivation(last, 'sigmoid')) return { id: last.inputs[0]!, kind: 'sigmoid' };
  const bounded = boundOf(last, calls);
  if (bounded === null && model.outputs > 1) return { id: last.id, kind: 'softmax' };
  const { layer } = bounded ?? last;
  throw failure('no-gradient', model.file, {
    layer: layer.name,
    className: layer.className,
    cause: 'the scores that come of it are neither logits nor those of a softmax or of one sigmoid',
  });
}

const isReshaping = ({ layer }: Call): boolean => layer.className === 'Flatten' || layer.className === 'Reshape';

/** The call that keeps scores from being logits; null if none does. */
function boundOf(call: Call, calls: ReadonlyMap<string, Call>): Call | null {
  const { className, options } = call.layer;
  if (products.has(className)) return (options['activation'] ?? 'linear') === 'linear' ? null : call;
  if (!passing.has(className) && !hands(call)) return call;
  return call.inputs.map((id) => boundOf(calls.get(id)!, calls)).find((found) => found !== null) ?? null;
}

/** What logits come to: the loss summed over the images, its gradient, and the images given their label. */
export interface Loss {
  sum: number;
  slopes: Float32Array;
  hits: number;
}

/** Cross entropy of logits [images][classes], or [images][1] of a sigmoid; slopes are divided by `among`. */
export function crossEntropy(logits: Float32Array, labels: Int32Array, kind: LogitsAt['kind'], among: number): Loss {
  const slopes = new Float32Array(logits.length);
  return kind === 'sigmoid'
    ? binary(logits, labels, slopes, among)
    : categorical(logits, labels, slopes, among, logits.length / labels.length);
}

function binary(logits: Float32Array, labels: Int32Array, slopes: Float32Array, among: number): Loss {
  const loss: Loss = { sum: 0, slopes, hits: 0 };
  for (const [i, label] of labels.entries()) {
    const logit = logits[i]!;
    loss.sum += Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
    slopes[i] = (1 / (1 + Math.exp(-logit)) - label) / among;
    if (Number(logit > 0) === label) loss.hits++;
  }
  return loss;
}

function categorical(
  logits: Float32Array,
  labels: Int32Array,
  slopes: Float32Array,
  among: number,
  classes: number,
): Loss {
  const loss: Loss = { sum: 0, slopes, hits: 0 };
  const shares = new Float64Array(classes); // of their total
  for (const [i, label] of labels.entries()) {
    const start = i * classes;
    const row = logits.subarray(start, start + classes);
    let most = -Infinity;
    for (let k = 0; k < classes; k++) most = Math.max(most, row[k]!);
    let total = 0;
    for (let k = 0; k < classes; k++) total += shares[k] = Math.exp(row[k]! - most);
    loss.sum += Math.log(total) + most - row[label]!;
    for (let k = 0; k < classes; k++) slopes[start + k] = (shares[k]! / total - Number(k === label)) / among;
    if (row.indexOf(most) === label) loss.hits++;
  }
  return loss;
}
