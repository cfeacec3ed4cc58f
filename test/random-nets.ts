import { buildModel, type Topology } from '../src/models/build-model.ts';
import type { Model } from '../src/models/net.ts';
import { trainingOnly } from '../src/models/layers/regularization.ts';

/** Numbers in 0..1 from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Entry = Topology['layers'][number];

const window = { kernel_size: [3, 3], strides: [1, 1], padding: 'same', use_bias: true };
const activations = [
  'linear',
  'relu',
  'sigmoid',
  'tanh',
  'elu',
  'softplus',
  'exponential',
  'hard_sigmoid',
  'relu6',
  'selu',
  'swish',
  'gelu',
  'mish',
  'softsign',
];

/** Kinds of layer that can be pruned, with options that differ from net to net. */
const pruned: ((r: () => number) => Omit<Entry, 'name'>)[] = [
  (r) => ({
    className: 'Conv2D',
    config: {
      ...window,
      filters: 6,
      activation: pick(r, activations),
      padding: pick(r, ['same', 'valid']),
      strides: pick(r, [
        [1, 1],
        [2, 1],
      ]),
    },
  }),
  (r) => ({
    className: 'Conv2D',
    config: {
      ...window,
      filters: 6,
      groups: 3,
      dilation_rate: pick(r, [
        [1, 1],
        [2, 2],
      ]),
      activation: pick(r, activations),
      use_bias: false,
    },
  }),
  (r) => ({
    className: 'SeparableConv2D',
    config: { ...window, filters: 6, depth_multiplier: 2, activation: pick(r, activations) },
  }),
  (r) => ({
    className: 'DepthwiseConv2D',
    config: { ...window, depth_multiplier: 2, activation: pick(r, activations) },
  }),
  (r) => ({
    className: 'Conv2DTranspose',
    config: { ...window, filters: 6, strides: [2, 2], activation: pick(r, activations) },
  }),
  () => ({ className: 'Conv2D', config: { ...window, filters: 6, activation: 'softmax' } }),
  (r) => ({ className: 'Dense', config: { units: 6, activation: pick(r, activations) } }),
];

/** Layers that work on each channel alone; many answer a number other than zero for zero. */
const channelwise: Omit<Entry, 'name'>[] = [
  ...activations.map((activation) => ({ className: 'Activation', config: { activation } })),
  { className: 'BatchNormalization', config: { axis: -1, epsilon: 0.01 } },
  { className: 'ReLU', config: { max_value: 1.5, negative_slope: 0.2, threshold: 0.3 } },
  { className: 'LeakyReLU', config: { alpha: 0.4 } },
  { className: 'ELU', config: { alpha: 0.7 } },
  { className: 'PReLU', config: { shared_axes: null } },
  { className: 'MaxPooling2D', config: { pool_size: [2, 2], padding: 'same' } },
  { className: 'AveragePooling2D', config: { pool_size: [2, 2], strides: [1, 1], padding: 'same' } },
  { className: 'UpSampling2D', config: { size: [2, 1], interpolation: 'nearest' } },
  {
    className: 'ZeroPadding2D',
    config: {
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
  },
  {
    className: 'Cropping2D',
    config: {
      cropping: [
        [1, 0],
        [0, 1],
      ],
    },
  },
  { className: 'Normalization', config: { axis: -1, mean: null, variance: null } },
  { className: 'Rescaling', config: { scale: 0.5, offset: 0.25 } },
  { className: 'DepthwiseConv2D', config: { ...window, depth_multiplier: 1, activation: 'linear' } },
  { className: 'GlobalAveragePooling2D', config: { keepdims: true } },
  { className: 'GlobalMaxPooling2D', config: { keepdims: true } },
  ...[...trainingOnly].map((className) => ({ className, config: { rate: 0.5 } })),
];

const pick = <T>(r: () => number, items: readonly T[]): T => items[Math.floor(r() * items.length)]!;

/** A small random net: a stem, a layer `pruned`, a channel-wise chain, and one of several kinds of wiring behind it. */
export function randomNet(seed: number): Model {
  const r = random(seed);
  const layers: Entry[] = [{ name: 'input', className: 'InputLayer', config: { batch_input_shape: [null, 8, 8, 3] } }];
  const calls: Topology['calls'] = [{ id: 'input', layer: 'input', inputs: [] }];
  const add = (name: string, entry: Omit<Entry, 'name'>, ...inputs: string[]): string => {
    layers.push({ name, ...entry });
    calls.push({ id: name, layer: name, inputs });
    return name;
  };
  const conv = { className: 'Conv2D', config: { ...window, filters: 3, activation: 'relu' } };
  const stem = add('stem', conv, 'input');
  let last = add('pruned', pruned[seed % pruned.length]!(r), stem);
  for (let i = 0; i < seed % 4; i++) last = add(`chain_${i}`, channelwise[(seed * 3 + i) % channelwise.length]!, last);
  const flat = (name: string, from: string) => add(name, { className: 'Flatten', config: {} }, from);
  const pooled = (name: string, from: string, className = 'GlobalAveragePooling2D') =>
    add(name, { className, config: {} }, from);
  const dense = (name: string, from: string, units = 4) =>
    add(name, { className: 'Dense', config: { units, activation: 'relu' } }, from);
  const merges = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate'];
  const kinds: (() => string)[] = [
    () => flat('flat', last),
    () =>
      add(
        'join',
        { className: merges[Math.floor(seed / 14) % merges.length]!, config: {} },
        dense('left', flat('flat', last)),
        dense('right', pooled('pool', add('conv', conv, last))),
      ),
    () =>
      add(
        'join',
        { className: 'Concatenate', config: { axis: -1 } },
        pooled('pool', last, 'GlobalMaxPooling2D'),
        pooled('side', stem),
      ),
    () => flat('flat', add('softmax', { className: pick(r, ['Softmax']), config: { axis: -1 } }, last)),
    () =>
      dense(
        'steps',
        pooled(
          'pool',
          add('shape', { className: 'Reshape', config: { target_shape: [-1, 3] } }, last),
          pick(r, ['GlobalMaxPooling1D', 'GlobalAveragePooling1D']),
        ),
      ),
    () =>
      add(
        'quotient',
        { className: 'Divide', config: {} },
        dense('left', flat('flat', last)),
        add(
          'above',
          { className: 'Rescaling', config: { scale: 1, offset: 0.5 } },
          dense('right', pooled('pool', last)),
        ),
      ),
    () =>
      add(
        'products',
        { className: 'Dot', config: { axes: 1, normalize: false } },
        dense('left', flat('flat', last)),
        dense('right', pooled('pool', stem)),
      ),
  ];
  const end = kinds[Math.floor(seed / 2) % kinds.length]!();
  const output = add('classes', { className: 'Dense', config: { units: 5, activation: 'softmax' } }, end);
  const topology: Topology = {
    name: 'random',
    dialect: seed % 2 === 0 ? 'keras2' : 'keras3',
    layers,
    calls,
    input: 'input',
    output,
  };
  return withRandomWeights(topology, r, `net-${seed}`);
}

/** A small random net whose suffix is sums of weight rows: what reads the cut is convolutions, Dense layers and means, joined and rectified. */
export function randomRowNet(seed: number): Model {
  const r = random(seed);
  const layers: Entry[] = [{ name: 'input', className: 'InputLayer', config: { batch_input_shape: [null, 8, 8, 3] } }];
  const calls: Topology['calls'] = [{ id: 'input', layer: 'input', inputs: [] }];
  const add = (name: string, className: string, config: Entry['config'], ...inputs: string[]): string => {
    layers.push({ name, className, config });
    calls.push({ id: name, layer: name, inputs });
    return name;
  };
  const cut = add(
    'pool',
    'MaxPooling2D',
    { pool_size: [2, 2], padding: 'valid' },
    add('pruned', 'Conv2D', { ...window, filters: 7, activation: pick(r, ['relu', 'linear', 'softplus']) }, 'input'),
  );
  const dense = (name: string, units: number, from: string) =>
    add(name, 'Dense', { units, activation: pick(r, ['linear', 'relu']), use_bias: r() < 0.7 }, from);
  const branches: ((name: string) => string)[] = [
    (name) => dense(name, 9, add(`${name}_flat`, 'Flatten', {}, cut)),
    (name) => dense(name, 9, add(`${name}_mean`, 'GlobalAveragePooling2D', {}, cut)),
    (name) =>
      dense(
        name,
        9,
        add(
          `${name}_flat`,
          'Flatten',
          {},
          add(
            `${name}_conv`,
            'Conv2D',
            {
              kernel_size: pick(r, [
                [2, 2],
                [3, 2],
                [1, 1],
              ]),
              strides: pick(r, [
                [1, 1],
                [2, 1],
              ]),
              padding: pick(r, ['same', 'valid']),
              filters: 8,
              activation: 'relu',
              use_bias: r() < 0.5,
            },
            cut,
          ),
        ),
      ),
    (name) =>
      dense(
        name,
        9,
        add(
          `${name}_flat`,
          'Flatten',
          {},
          add(
            `${name}_each`,
            'Dense',
            { units: 4, activation: 'relu' },
            add(`${name}_relu`, 'ReLU', { max_value: null, negative_slope: 0, threshold: 0 }, cut),
          ),
        ),
      ),
  ];
  const [one, two] = [pick(r, branches)('one'), pick(r, branches)('two')];
  const joined = add('activation', 'Activation', { activation: 'relu' }, add('join', 'Add', {}, one, two));
  const last = add(
    'last',
    'Dense',
    { units: 5, activation: pick(r, ['linear', 'softmax']) },
    add('drop', 'Dropout', { rate: 0.5 }, dense('hidden', 6, joined)),
  );
  return withRandomWeights(
    { name: 'rows', dialect: 'keras3', layers, calls, input: 'input', output: last },
    r,
    `row-net-${seed}`,
  );
}

function withRandomWeights(topology: Topology, r: () => number, file: string): Model {
  return buildModel(
    topology,
    (needs) =>
      new Map(
        [...needs].map(([layer, needed]) => [
          layer,
          needed.map(([name, shape]) => {
            const size = shape.reduce((a, b) => a * b, 1);
            const spread = name.includes('variance') ? () => 0.5 + r() : () => 2 * r() - 1;
            return { name, shape, path: `${layer}/${name}`, values: Float32Array.from({ length: size }, spread) };
          }),
        ]),
      ),
    file,
    '0'.repeat(64),
  );
}
