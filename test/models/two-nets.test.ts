import { describe, expect, test } from 'vitest';
import { defaultBounds } from '../../src/base/limits.ts';
import { type GroupContent } from '../../src/formats/write-hdf5.ts';
import type { Dialect } from '../../src/models/layers/spec.ts';
import { readModel } from '../../src/models/formats.ts';
import { hdf5Of } from '../written.ts';

type Json = Record<string, unknown>;
type Entry = { class_name: string; config: Json; name: string; inbound_nodes: unknown[] };

/** A call on the outputs of some calls, as each Keras writes it. */
const call = (dialect: Dialect, on: [layer: string, node: number][], given: Json = {}): unknown =>
  dialect === 'keras2'
    ? on.map(([layer, node]) => [layer, node, 0, given])
    : {
        args: on.map((history) => ({ class_name: '__keras_tensor__', config: { keras_history: [...history, 0] } })),
        kwargs: given,
      };

const layer = (class_name: string, name: string, config: Json, ...inbound_nodes: unknown[]): Entry => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
});
const input = (dialect: Dialect, name: string, shape: unknown[] = [null, 3], more: Json = {}): Entry =>
  layer('InputLayer', name, { [dialect === 'keras2' ? 'batch_input_shape' : 'batch_shape']: shape, ...more });
const dense = (name: string, config: Json, ...nodes: unknown[]): Entry =>
  layer('Dense', name, { units: 3, ...config }, ...nodes);
const functional = (name: string, layers: Entry[], output: unknown[], ...nodes: unknown[]): Entry =>
  layer('Functional', name, { layers, input_layers: [[layers[0]!.name, 0, 0]], output_layers: [output] }, ...nodes);
const plain = ({ class_name, config }: Entry): Json => ({ class_name, config });
const sequential = (name: string, layers: Entry[], more: Json = {}): Json => ({
  class_name: 'Sequential',
  config: { name, layers: layers.map(plain), ...more },
});

/** A Dense net inside. */
const inner = (dialect: Dialect, nodes: unknown[], more: Json = {}, shape?: unknown[], parts: Entry[] = []): Entry =>
  functional(
    'A',
    [input(dialect, 'jin', shape, more), dense('d', {}, call(dialect, [['jin', 0]])), ...parts],
    [parts.at(-1)?.name ?? 'd', 0, 0],
    ...nodes,
  );

const group = (
  attributes: Json,
  groups: Record<string, GroupContent> = {},
  arrays: GroupContent['arrays'] = {},
): GroupContent => ({
  attributes: attributes as GroupContent['attributes'],
  groups,
  arrays,
});
const kernel = { shape: [3, 3], values: new Float32Array(9).fill(0.5) };
const bias = { shape: [3], values: new Float32Array(3) };
const weights = (...owners: string[]): GroupContent =>
  group(
    { weight_names: owners.flatMap((owner) => [`${owner}/kernel:0`, `${owner}/bias:0`]) },
    {},
    Object.fromEntries(
      owners.flatMap((owner) => [
        [`${owner}/kernel:0`, kernel],
        [`${owner}/bias:0`, bias],
      ]),
    ),
  );

/** Reads a net from a file whose groups hold these weights. */
async function read(net: Json, groups: Record<string, GroupContent>, version = '3.15.1', names = Object.keys(groups)) {
  const bytes = await hdf5Of(
    group(
      { model_config: JSON.stringify(net), keras_version: version, backend: 'tensorflow' },
      { model_weights: group({ layer_names: names, keras_version: version, backend: 'tensorflow' }, groups) },
    ),
  );
  const file = { name: 'net.h5', bytes, sha256: '', architecture: null, memoryBytes: defaultBounds.memoryBytes };
  return (await readModel(file)).model;
}

const one = { A: weights('d') };
const version = { keras2: '2.15.0', keras3: '3.15.1' };

describe('a net inside that is called twice', () => {
  const twice = (dialect: Dialect, first: number, output: number) =>
    functional(
      'net',
      [
        input(dialect, 'in'),
        inner(dialect, [call(dialect, [['in', 0]]), call(dialect, [['r', 0]])]),
        layer('ReLU', 'r', {}, call(dialect, [['A', first]])),
      ],
      ['A', output, 0],
    );
  const wired = [
    ['in', []],
    ['A/d', ['in']],
    ['r', ['A/d']],
    ['A\u00001/d', ['r']],
  ];

  test.each<[Dialect, number, number]>([
    ['keras3', 0, 2],
    ['keras2', 1, 2],
  ])('%s counts its calls from %d, and at the end to %d', async (dialect, first, output) => {
    const { calls } = await read(plain(twice(dialect, first, output)), one, version[dialect]);
    expect(calls.map(({ id, inputs }) => [id, inputs])).toEqual(wired);
  });

  test('Keras 3 takes its first call for the output', () =>
    expect(read(plain(twice('keras3', 0, 1)), one)).rejects.toThrow(
      /a call of layer A, which its output does not depend on/,
    ));

  test.each<[Dialect, number, number]>([
    ['keras3', 0, 0],
    ['keras3', 0, 3],
    ['keras2', 0, 2],
    ['keras2', 1, 3],
  ])('%s has no such calls: %d, %d', (dialect, first, output) =>
    expect(read(plain(twice(dialect, first, output)), one, version[dialect])).rejects.toThrow(
      /cannot be read|nothing is named/,
    ),
  );
});

describe.each<Dialect>(['keras2', 'keras3'])('what a net inside takes, in %s', (dialect) => {
  const around = (shape: unknown[], more: Json = {}) =>
    read(
      plain(
        functional(
          'net',
          [
            input(dialect, 'in'),
            inner(dialect, [call(dialect, [['in', 0]])], more, shape),
            layer('ReLU', 'r', {}, call(dialect, [['A', dialect === 'keras2' ? 1 : 0]])),
          ],
          ['r', 0, 0],
        ),
      ),
      one,
      version[dialect],
    );

  test('its own shape, or any size', async () => {
    for (const shape of [
      [null, 3],
      [null, null],
    ])
      expect((await around(shape)).classes).toBe(3);
  });
  test.each([[[null, 3, 1]], [[null]], [[null, 4]]])('not %j', (shape) =>
    expect(around(shape)).rejects.toThrow(/layer A\/jin \(InputLayer\)/),
  );
  test('numbers of its own type', async () => {
    await expect(around([null, 3], { dtype: 'int32' })).rejects.toThrow(
      /layer A\/jin \(InputLayer\): `dtype` is int32/,
    );
    await expect(around([null, 3], { padded: true })).rejects.toThrow(/layer A\/jin \(InputLayer\): .*padded/);
    expect((await around([null, 3], { dtype: 'float16' })).precision).toBe('float16');
  });
  test('a Sequential inside says its shape', async () => {
    const outer = (built: unknown) =>
      read(
        sequential('net', [
          input(dialect, 'in'),
          { ...(sequential('A', [dense('d', {})], { build_input_shape: built }) as Entry), name: 'A' },
        ]),
        one,
        version[dialect],
      );
    expect((await outer([null, 3])).classes).toBe(3);
    await expect(outer([null, 3, 1])).rejects.toThrow(/layer A\/d_input \(InputLayer\): it declares the shape/);
    await expect(outer(null)).rejects.toThrow(/a model A does not say the input shape/);
  });
});

test('a net inside that is not trained and has layers of both sorts is read in two orders', async () => {
  const net = (trainable: boolean) => {
    const nested = inner('keras2', [], {}, undefined, [dense('e', { trainable: false }, call('keras2', [['d', 0]]))]);
    return sequential('net', [input('keras2', 'in'), { ...nested, config: { ...nested.config, trainable } }]);
  };
  const frozenFirst = (trainable: boolean) => {
    const nested = inner('keras2', [], {}, undefined, [dense('e', {}, call('keras2', [['d', 0]]))]);
    (nested.config['layers'] as Entry[])[1]!.config['trainable'] = false;
    return sequential('net', [input('keras2', 'in'), { ...nested, config: { ...nested.config, trainable } }]);
  };
  expect((await read(net(false), { A: weights('d', 'e') }, '2.15.0')).classes).toBe(3);
  expect((await read(frozenFirst(true), { A: weights('e', 'd') }, '2.15.0')).classes).toBe(3);
  for (const owners of [
    ['e', 'd'],
    ['d', 'e'],
    ['p', 'q'],
  ])
    await expect(read(frozenFirst(false), { A: weights(...owners) }, '2.15.0')).rejects.toThrow(
      /layer A: Keras 2 and Keras 3 read its weights in another order/,
    );
});

test('a Sequential without signs of either Keras is one of both, whatever wrote it', async () => {
  const net = sequential('net', [dense('d', { activation: 'hard_sigmoid' })], { build_input_shape: [null, 3] });
  for (const written of ['3.3.3', '2.15.0'])
    expect((await read(net, { d: weights('d') }, written)).ambiguousActivation).toBe('hard_sigmoid');
  await expect(read(net, { d: weights('d') }, 'constructor')).rejects.toThrow(
    /it says that Keras constructor wrote it/,
  );
});

describe('objects that train a layer', () => {
  const flip = { class_name: 'RandomFlip', config: { mode: 'horizontal', name: 'flip' } };
  const having = (config: Json) =>
    read(
      plain(functional('net', [input('keras3', 'in'), dense('d', config, call('keras3', [['in', 0]]))], ['d', 0, 0])),
      { d: weights('d') },
    );

  test.each<[string, Json]>([
    ['L2', { kernel_regularizer: { class_name: 'L2', config: { l2: 0.1 } } }],
    ['MaxNorm', { bias_constraint: { module: 'keras.constraints', class_name: 'MaxNorm', config: { max_value: 2 } } }],
    [
      'Constant',
      { bias_initializer: { class_name: 'Constant', config: { value: { class_name: '__numpy__', config: {} } } } },
    ],
  ])('%s in its place', async (_, config) => expect((await having(config)).classes).toBe(3));

  test.each<[string, Json, RegExp]>([
    ['a layer', { activity_regularizer: flip }, /holds RandomFlip in its config, among its regularizers/],
    ['a net', { kernel_constraint: inner('keras3', []) }, /holds Functional in its config, among its constraints/],
    [
      'a Dense',
      { kernel_initializer: { class_name: 'Dense', config: {} } },
      /holds Dense in its config, among its initializers/,
    ],
    [
      'one of another kind',
      { kernel_regularizer: { class_name: 'MaxNorm', config: {} } },
      /holds MaxNorm in its config, among its regularizers/,
    ],
    ['a layer inside one', { kernel_regularizer: { class_name: 'L2', config: { l2: flip } } }, /holds RandomFlip/],
    ['a list of layers', { activity_regularizer: [flip] }, /holds RandomFlip/],
    [
      'what Keras 2 builds',
      { kernel_regularizer: { class_name: 'L2', config: {}, __passive_serialization__: true } },
      /__passive_serialization__/,
    ],
  ])('not %s', (_, config, reason) => expect(having(config)).rejects.toThrow(reason));
});

test.each<Dialect>(['keras2', 'keras3'])('what a layer is called with, in %s', async (dialect) => {
  const given = (kwargs: Json, className = 'Softmax') =>
    read(
      plain(
        functional(
          'net',
          [
            input(dialect, 'in'),
            dense('d', {}, call(dialect, [['in', 0]], kwargs)),
            layer(className, 's', {}, call(dialect, [['d', 0]], kwargs)),
          ],
          ['s', 0, 0],
        ),
      ),
      { d: weights('d') },
      version[dialect],
    );
  for (const harmless of [{}, { training: false }, { training: null }, { mask: null }])
    expect((await given(harmless)).classes).toBe(3);
  for (const other of [
    { training: true },
    { mask: false },
    { mask: true },
    { axis: null },
    { x: false },
    { constructor: null },
  ])
    await expect(given(other, 'ReLU')).rejects.toThrow(/is called with/);
});

test('one dataset is one weight', async () => {
  const net = functional(
    'net',
    [input('keras3', 'in'), dense('c', {}, call('keras3', [['in', 0]])), dense('e', {}, call('keras3', [['c', 0]]))],
    ['e', 0, 0],
  );
  const sub = group({ weight_names: ['kernel', 'bias'] }, {}, { kernel, bias });
  const c = group({ weight_names: ['sub/kernel', 'sub/bias'] }, { sub });
  await expect(read(plain(net), { c }, undefined, ['c', 'c/sub'])).rejects.toThrow(
    /a dataset model_weights\/c\/sub\/kernel, which is a weight of two layers/,
  );
});

test.each<Dialect>(['keras2', 'keras3'])('no name is that of another call, in %s', async (dialect) => {
  const net = (name: string) =>
    functional(
      'net',
      [
        input(dialect, 'in'),
        dense('d', {}, call(dialect, [['in', 0]]), call(dialect, [['d', 0]])),
        dense(name, {}, call(dialect, [['in', 0]])),
        layer('Softmax', 's', {}, call(dialect, [['d', 1]])),
      ],
      ['s', 0, 0],
    );
  for (const name of ['d\u00001', '\u0000'])
    await expect(read(plain(net(name)), { d: weights('d') }, version[dialect])).rejects.toThrow(/holds a NUL/);
});

test.each<Dialect>(['keras2', 'keras3'])('an input layer is called on nothing, in %s', async (dialect) => {
  const [first, second] = [['in', 0] as [string, number], ['c', 0] as [string, number]];
  const layers = (nodes: unknown[]) => [
    { ...input(dialect, 'in'), inbound_nodes: nodes },
    dense('c', {}, call(dialect, [first])),
    layer('Softmax', 's', {}, call(dialect, [second])),
  ];
  const net = (nodes: unknown[]) =>
    read(plain(functional('net', layers(nodes), ['s', 0, 0])), { c: weights('c') }, version[dialect]);
  expect((await net([])).classes).toBe(3);
  await expect(net([call(dialect, [second])])).rejects.toThrow(/the input layer in is called on a tensor/);
});

test('a build_config is an object', async () => {
  const built = (build_config: unknown) => {
    const net = functional('net', [input('keras3', 'in'), dense('d', {}, call('keras3', [['in', 0]]))], ['d', 0, 0]);
    (net.config['layers'] as Json[])[1]!['build_config'] = build_config;
    return read(plain(net), { d: weights('d') });
  };
  expect((await built({ input_shape: [null, 3] })).classes).toBe(3);
  for (const other of [[[]], 'shape', true])
    await expect(built(other)).rejects.toThrow(/the build_config of d is none/);
});

describe('the batch_input_shape of a layer, which Keras 3 takes for the shape of one image', () => {
  const early = (shape: unknown[], ...layers: Entry[]) => {
    const [first, ...rest] = layers as [Entry, ...Entry[]];
    return [{ ...first, config: { ...first.config, batch_input_shape: shape } }, ...rest];
  };
  const root = (shape: unknown[], ...layers: Entry[]) =>
    read(sequential('net', early(shape, ...layers)), { d: weights('d') }, '2.2.4');
  const relu = layer('ReLU', 'r', {});
  const flat = layer('Flatten', 'f', {});
  const reshape = layer('Reshape', 'p', { target_shape: [3] });
  const refused = /its layer r gives a batch_input_shape, which Keras 3 takes for the shape of one image/;

  test('stands where Keras 3 does not load the net, or refuses its images', async () => {
    expect((await root([null, 3, 1], relu, flat, dense('d', {}))).classes).toBe(3);
    expect((await root([null, 1, 3], relu, reshape, dense('d', {}))).classes).toBe(3);
  });
  test('is refused where Keras 3 adds an axis to the images', async () => {
    await expect(root([null, 3, 1], relu, reshape, dense('d', {}))).rejects.toThrow(refused);
    await expect(root([null, 3, 1], relu, flat, reshape, dense('d', {}))).rejects.toThrow(refused);
  });
  test.each<[Dialect, unknown[], boolean]>([
    ['keras2', [null, 1], true],
    ['keras2', [null, 3], false],
    ['keras3', [null, 3], true],
  ])('inside another net in %s, %j: refused %s', async (dialect, shape, isRefused) => {
    const inside = { ...(sequential('A', early(shape, relu)) as Entry), name: 'A' };
    const reading = read(
      sequential('net', [input(dialect, 'in', shape), inside, dense('d', {})]),
      { d: weights('d') },
      version[dialect],
    );
    if (isRefused) await expect(reading).rejects.toThrow(refused);
    else expect((await reading).classes).toBe(3);
  });
});

test('what is built for the axes of its first use takes no others', async () => {
  const norm = (mean: number[], first: unknown[], second: unknown[]) => {
    const to = (name: string, target_shape: unknown[]) =>
      layer('Reshape', name, { target_shape }, call('keras3', [['in', 0]]));
    const net = functional(
      'net',
      [
        input('keras3', 'in', [null, 6]),
        to('a', first),
        to('b', second),
        layer(
          'Normalization',
          'n',
          { axis: -1, mean, variance: mean },
          call('keras3', [['a', 0]]),
          call('keras3', [['b', 0]]),
        ),
        layer('Flatten', 'f', {}, call('keras3', [['n', 0]])),
        layer('Flatten', 'g', {}, call('keras3', [['n', 1]])),
        layer(
          'Add',
          's',
          {},
          call('keras3', [
            ['f', 0],
            ['g', 0],
          ]),
        ),
      ],
      ['s', 0, 0],
    );
    return read(plain(net), {});
  };
  expect((await norm([1, 2, 3], [2, 3], [2, 3])).classes).toBe(6);
  await expect(norm([1], [6, 1], [2, 3, 1])).rejects.toThrow(/layer n \(Normalization\): its uses have different axes/);
  await expect(norm([1], [6, 1], [2, 3])).rejects.toThrow(/its uses have different axes: 2 axes, the last of 1, and 2/);
});
