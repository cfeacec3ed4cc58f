import { goodnetName, type Weight } from './net.ts';

/** One layer of a graph, and which it reads. */
export interface VoteLayer {
  name: string;
  className: string;
  options: Record<string, unknown>;
  weights: Weight[];
  inputs: string[];
}

const epsilon = 0.001;
/** Close to the largest float32: times the smallest normal difference, 1.2e-38, it is still below -1. */
const steepest = 3e38;

const votes = ['original', 'pruned'] as const;

/**
 * What joins two nets, each with so many `outputs`, to a GoodNet: a one-hot vote for the first maximum of each, their product, and one
 * more output that is 1 where the product is empty. Ordinary layers, exact for ties.
 */
export function agreement(outputs: number, nets: readonly [original: string, pruned: string]): VoteLayer[] {
  const n = Math.max(2, outputs);
  const scores = votes.map((name, i) => classScores(outputs, name, nets[i]!));
  return [
    ...scores.flat(),
    ...votes.flatMap((name, i) => vote(name, scores[i]!.at(-1)?.name ?? nets[i]!, n)),
    node(
      'agreed',
      'Multiply',
      {},
      votes.map((name) => `${name}_vote`),
    ),
    dense('rejected', n, { kernel: -1, bias: 1 }, 'agreed'),
    node(goodnetName, 'Concatenate', { axis: -1 }, ['agreed', 'rejected']),
  ];
}

/** A single sigmoid's two scores, `[0.5, x]`: the second is the first maximum exactly where x > 0.5. None where each class has a score. */
function classScores(outputs: number, prefix: string, from: string): VoteLayer[] {
  if (outputs > 1) return [];
  const [half, scores] = [`${prefix}_half`, `${prefix}_scores`];
  return [dense(half, 1, { kernel: 0, bias: 0.5 }, from), node(scores, 'Concatenate', { axis: -1 }, [half, from])];
}

/** One-hot of the first maximum of `scores`, exact for ties and for neighbours one unit in the last place apart. */
function vote(prefix: string, scores: string, n: number): VoteLayer[] {
  const name = (part: string) => `${prefix}_vote_${part}`;
  return [
    ...belowMaximum(name('a'), scores, n),
    normalize(name('maxima_scaled'), n, () => steepest, 1, `${name('a')}_below`),
    node(name('maxima'), 'ReLU', {}, [name('maxima_scaled')]),
    normalize(name('ranked'), n, (i) => n - i, 0, name('maxima')),
    ...belowMaximum(name('b'), name('ranked'), n),
    normalize(name('first_scaled'), n, () => 2, 1, `${name('b')}_below`),
    node(`${prefix}_vote`, 'ReLU', {}, [name('first_scaled')]),
  ];
}

/** x - max(x): zero at the maxima, negative elsewhere. */
function belowMaximum(name: string, from: string, n: number): VoteLayer[] {
  return [
    node(`${name}_steps`, 'Reshape', { target_shape: [n, 1] }, [from]),
    node(`${name}_max`, 'GlobalMaxPooling1D', {}, [`${name}_steps`]),
    dense(`${name}_minus_max`, 1, { kernel: -1 }, `${name}_max`),
    node(`${name}_below`, 'Add', {}, [`${name}_minus_max`, from]), // the other way round Keras 3 takes the maxima for a bias
  ];
}

const node = (name: string, className: string, options: Record<string, unknown>, inputs: string[]): VoteLayer => ({
  name,
  className,
  options,
  weights: [],
  inputs,
});

const filled = (name: string, shape: number[], value: (i: number) => number): Weight => ({
  name,
  shape,
  path: '',
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
});

function dense(
  name: string,
  width: number,
  { kernel, bias }: { kernel: number; bias?: number },
  from: string,
): VoteLayer {
  const weights = [
    filled('kernel', [width, 1], () => kernel),
    ...(bias === undefined ? [] : [filled('bias', [1], () => bias)]),
  ];
  return {
    name,
    className: 'Dense',
    options: { units: 1, activation: 'linear', use_bias: bias !== undefined },
    weights,
    inputs: [from],
  };
}

/** x * gamma + beta, as a batch normalization of mean 0 and variance 1. */
function normalize(name: string, n: number, gamma: (i: number) => number, beta: number, from: string): VoteLayer {
  const weights = [
    filled('gamma', [n], gamma),
    filled('beta', [n], () => beta),
    filled('moving_mean', [n], () => 0),
    filled('moving_variance', [n], () => 1 - epsilon),
  ];
  return {
    name,
    className: 'BatchNormalization',
    options: { axis: -1, momentum: 0.99, epsilon, center: true, scale: true },
    weights,
    inputs: [from],
  };
}
