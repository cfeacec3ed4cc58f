import { type Edits, goodnetName, type Model, type Weight } from '../net.ts';
import { placeholders, type PlainLayer, plainLayers } from './plain-layers.ts';

/** One node of a flat graph in the dialect that Keras 2 and Keras 3 both read. */
export interface FlatLayer extends PlainLayer {
  name: string;
  inputs: string[];
}

const epsilon = 0.001;
/** Close to the largest float32: times the smallest normal difference, 1.2e-38, it is still below -1. */
const steepest = 3e38;

/**
 * GoodNet(B, B'): the class of B where B and the pruned B' agree, else class N. One flat Functional graph of ordinary layers:
 * both nets, a one-hot vote for the first maximum of each, their product, and one more output that is 1 where the product is empty.
 * Source: the CSAW-HackML-2020 lab's definition of the repaired network.
 */
export function goodnetLayers(model: Model, edits: Edits): FlatLayer[] {
  const n = model.classes;
  const input: FlatLayer = {
    name: 'goodnet_input',
    className: 'InputLayer',
    options: { batch_input_shape: [null, ...model.inputShape] },
    weights: [],
    inputs: [],
  };
  const [original, pruned] = [
    branch(model, 'original', new Map(), input.name),
    branch(model, 'pruned', edits, input.name),
  ];
  const votes = ['original', 'pruned'] as const;
  const scores = [original, pruned].map((flat, i) => classScores(model, votes[i]!, flat.at(-1)!.name));
  return named([
    input,
    ...original,
    ...pruned,
    ...scores.flat(),
    ...votes.flatMap((name, i) => vote(name, (scores[i]!.at(-1) ?? [original, pruned][i]!.at(-1))!.name, n)),
    node(
      'agreed',
      'Multiply',
      {},
      votes.map((name) => `${name}_vote`),
    ),
    dense('rejected', n, { kernel: -1, bias: 1 }, 'agreed'),
    node(goodnetName, 'Concatenate', { axis: -1 }, ['agreed', 'rejected']),
  ]);
}

/** Gives the layers of the two nets, whose names have a `/` until then, names that every Keras takes and that no other layer has. */
function named(layers: FlatLayer[]): FlatLayer[] {
  const taken = new Set(layers.map(({ name }) => name).filter((name) => !name.includes('/')));
  const names = new Map(
    layers.map(({ name }) => {
      if (taken.has(name)) return [name, name];
      const plain = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
      let free = plain;
      for (let i = 2; taken.has(free); i++) free = `${plain}_${i}`;
      taken.add(free);
      return [name, free];
    }),
  );
  return layers.map((layer) => ({
    ...layer,
    name: names.get(layer.name)!,
    inputs: layer.inputs.map((input) => names.get(input)!),
  }));
}

/** A single sigmoid's two scores, `[0.5, x]`: the second is the first maximum exactly where x > 0.5. None where each class has a score. */
function classScores({ outputs }: Model, prefix: string, from: string): FlatLayer[] {
  if (outputs > 1) return [];
  const [half, scores] = [`${prefix}_half`, `${prefix}_scores`];
  return [dense(half, 1, { kernel: 0, bias: 0.5 }, from), node(scores, 'Concatenate', { axis: -1 }, [half, from])];
}

/** The layers of one net, named `prefix/...`, its weights changed by `edits`. Layers that only work in training are left out. */
function branch(model: Model, prefix: string, edits: Edits, input: string): FlatLayer[] {
  const produced = new Map([[model.input, input]]);
  const flat: FlatLayer[] = [];
  for (const call of model.calls) {
    if (call.id === model.input) continue;
    const given = call.inputs.map((id) => produced.get(id)!);
    const names: string[] = [];
    const weights = call.layer.weights.map((weight): Weight => ({
      ...weight,
      values: edits.get(weight.path) ?? weight.values,
    }));
    for (const [i, { alsoReads, ...plain }] of plainLayers({ ...call.layer, weights }, call.shape.length).entries()) {
      const name = `${prefix}/${call.id}${i === 0 ? '' : `/${i}`}`;
      const also = alsoReads === undefined ? [] : [names[i - 1 - alsoReads] ?? given[0]!];
      flat.push({ ...plain, name, inputs: i === 0 ? given : [names[i - 1]!, ...also] });
      names.push(name);
    }
    produced.set(call.id, names.at(-1) ?? given[0]!);
  }
  return flat.length > 0 ? flat : [{ ...placeholders.identity, name: `${prefix}/output`, inputs: [input] }];
}

/** One-hot of the first maximum of `scores`, exact for ties and for neighbours one unit in the last place apart. */
function vote(prefix: string, scores: string, n: number): FlatLayer[] {
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
function belowMaximum(name: string, from: string, n: number): FlatLayer[] {
  return [
    node(`${name}_steps`, 'Reshape', { target_shape: [n, 1] }, [from]),
    node(`${name}_max`, 'GlobalMaxPooling1D', {}, [`${name}_steps`]),
    dense(`${name}_minus_max`, 1, { kernel: -1 }, `${name}_max`),
    node(`${name}_below`, 'Add', {}, [`${name}_minus_max`, from]), // the other way round Keras 3 takes the maxima for a bias
  ];
}

const node = (name: string, className: string, options: Record<string, unknown>, inputs: string[]): FlatLayer => ({
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
): FlatLayer {
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
function normalize(name: string, n: number, gamma: (i: number) => number, beta: number, from: string): FlatLayer {
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
