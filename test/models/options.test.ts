import { expect, test } from 'vitest';
import { buildModel } from '../../src/models/build-model.ts';

type Entry = [className: string, config: Record<string, unknown>];

/** What building a net of these layers, one behind the other on 8x8 images of 4 channels, is refused with; null if it is not. */
function refusal(...entries: Entry[]): string | null {
  const all: Entry[] = [['InputLayer', { batch_shape: [null, 8, 8, 4] }], ...entries, ['Flatten', {}]];
  const layers = all.map(([className, config], i) => ({ name: `l${i}`, className, config }));
  const calls = layers.map(({ name }, i) => ({ id: name, layer: name, inputs: i === 0 ? [] : [`l${i - 1}`] }));
  const weights = (needs: ReadonlyMap<string, [string, readonly number[]][]>) =>
    new Map(
      [...needs].map(([layer, needed]) => [
        layer,
        needed.map(([name, shape]) => ({ name, shape, path: '', values: new Float32Array(0) })),
      ]),
    );
  try {
    buildModel(
      { name: 'net', dialect: 'keras3', layers, calls, input: 'l0', output: `l${layers.length - 1}` },
      weights,
      'net.h5',
      '',
    );
    return null;
  } catch (error) {
    expect(error).toHaveProperty('name', 'GoodnetError');
    return (error as Error).message;
  }
}

const conv = (config: object): Entry => [
  'Conv2D',
  { filters: 4, kernel_size: 3, strides: 1, padding: 'same', ...config },
];
const transpose = (config: object): Entry => [
  'Conv2DTranspose',
  { filters: 4, kernel_size: 3, strides: 2, padding: 'same', ...config },
];
const numpy = (value: unknown, dtype = 'float64') => ({ class_name: '__numpy__', config: { value, dtype } });
const pool = (config: object): Entry => ['AveragePooling2D', { pool_size: 2, padding: 'same', ...config }];

test.each<[string, Entry, RegExp | null]>([
  ['a window at the bound', conv({ kernel_size: [1024, 1] }), null],
  ['a window over it', conv({ kernel_size: [1025, 1] }), /a window of 1025x1, at most 1024/],
  ['strides at the bound', conv({ strides: 1024 }), null],
  ['strides over it', conv({ strides: [1, 1025] }), /strides of 1x1025/],
  ['a dilation at the bound', conv({ dilation_rate: 1024 }), null],
  ['a dilation over it', conv({ dilation_rate: [2 ** 31, 1] }), /dilation_rate of 2147483648x1/],
  ['strides and a dilation', conv({ strides: 2, dilation_rate: 2 }), /both strides and a dilation/],
  ['a slope of the smallest normal number', ['LeakyReLU', { negative_slope: 2 ** -126 }], null],
  ['a slope below it', ['LeakyReLU', { negative_slope: -1e-38 }], /`alpha` holds a number so near 0/],
  ['a slope of ReLU below it', ['ReLU', { negative_slope: 1e-38 }], /`negative_slope` holds a number so near 0/],
  [
    'a mean that is 0 as a float32',
    ['Normalization', { axis: -1, mean: [0, 1, 2, 1e-60], variance: [1, 1, 1, 1] }],
    /`mean` holds/,
  ],
  ['a mean of 0', ['Normalization', { axis: -1, mean: [0, 1, 2, 3], variance: [1, 1, 1, 1] }], null],
  ['a pool at the bound', pool({ pool_size: 512 }), null],
  ['a pool over it', pool({ pool_size: [1024, 257] }), /it pools 263168 positions into one, at most 262144/],
  ['a pool of 2^31', pool({ pool_size: 2 ** 31 }), /it pools \d+ positions/],
  ['an UpSampling2D at the bound', ['UpSampling2D', { size: [2 ** 17, 1] }], null],
  ['an UpSampling2D over it', ['UpSampling2D', { size: [1, 2 ** 17 + 1] }], /it answers 8x1048584 positions/],
  [
    'channels that do not go into groups',
    conv({ groups: 3, filters: 3 }),
    /4 channels and 3 filters do not go into 3 groups/,
  ],
  [
    'filters that do not go into groups',
    conv({ groups: 2, filters: 3 }),
    /4 channels and 3 filters do not go into 2 groups/,
  ],
  ['output padding', transpose({ output_padding: 1 }), null],
  ['output padding of a whole stride', transpose({ output_padding: 2 }), /does not lead back to 8x8/],
  [
    'output padding that an even window leaves short',
    transpose({ kernel_size: 4, output_padding: 0 }),
    /does not lead back to 8x8/,
  ],
  ['numbers for each channel', ['Rescaling', { scale: [1, 2, 3, 4], offset: [1] }], null],
  ['numbers for some channels', ['Rescaling', { scale: [1, 2], offset: 0 }], /it has 2 numbers for 4 channels/],
  ['offsets for some channels', ['Rescaling', { scale: 1, offset: [1, 2, 3] }], /it has 3 numbers for 4 channels/],
  ['numbers behind axes of 1', ['Rescaling', { scale: [[[[1, 2, 3, 4]]]], offset: [[1]] }], null],
  ['numbers behind more axes than the input has', ['Rescaling', { scale: [[[[[1]]]]], offset: 0 }], /scale/],
  ["numbers in numpy's array", ['Rescaling', { scale: numpy([1, 2, 3, 4]), offset: numpy(0.5) }], null],
  [
    "numbers for some channels in numpy's array",
    ['Rescaling', { scale: numpy([1, 2]), offset: 0 }],
    /it has 2 numbers/,
  ],
  ["numpy's array of whole numbers", ['Rescaling', { scale: numpy([1, 2, 3, 4], 'int64'), offset: 0 }], /scale/],
  ['a softmax along the last axis by its number', ['Softmax', { axis: 3 }], null],
  ['a softmax along another axis', ['Softmax', { axis: 2 }], /`axis` = 2 is not the last one/],
  ['numbers on another axis', ['Rescaling', { scale: [[[1], [2]]], offset: 0 }], /scale/],
  ['words in capitals', conv({ padding: 'SAME', data_format: 'CHANNELS_LAST' }), null],
  ['channels first in capitals', conv({ data_format: 'CHANNELS_FIRST' }), /`data_format` is not channels_last/],
  ['a Dot of one input', ['Dot', { axes: 1 }], /it is called on 1 tensors, it takes 2/],
  ['no numbers', ['Rescaling', { scale: [], offset: 0 }], /it has 0 numbers for 4 channels/],
  ['a number that float32 lacks', ['Rescaling', { scale: 1e39, offset: 0 }], /scale/],
  [
    'means for some channels',
    ['Normalization', { axis: -1, mean: [1, 2], variance: [1, 2] }],
    /it has 2 numbers for 4 channels/,
  ],
  ['an axis that there is none of', ['PReLU', { shared_axes: [4] }], /its input has no axis 4/],
  ['many axes', ['Reshape', { target_shape: [2, 2, 2, 8, 4] }], /it answers 5 axes, at most 4/],
  ['an input inside', ['InputLayer', { batch_shape: [null, 8, 8, 4] }], /it is called on 1 tensors, it takes 0/],
  ['much work', conv({ filters: 2 ** 20, kernel_size: [64, 64] }), /multiply-adds for one image, at most 137438953472/],
])('%s', (_, entry, words) => {
  const refused = refusal(entry);
  if (words === null) expect(refused).toBeNull();
  else expect(refused).toMatch(words);
});

test('a layer used twice is refused where its uses need other weights, and many layers are', () => {
  const layers = [
    { name: 'input', className: 'InputLayer', config: { batch_shape: [null, 8, 8, 4] } },
    { name: 'twice', className: 'Conv2D', config: { filters: 7, kernel_size: 1, strides: 1, padding: 'same' } },
  ];
  const calls = [
    { id: 'input', layer: 'input', inputs: [] },
    { id: 'a', layer: 'twice', inputs: ['input'] },
    { id: 'b', layer: 'twice', inputs: ['a'] },
  ];
  expect(() =>
    buildModel(
      { name: 'net', dialect: 'keras3', layers, calls, input: 'input', output: 'b' },
      () => new Map(),
      'net.h5',
      '',
    ),
  ).toThrow(/its uses need different weights: kernel 1x1x4x7, bias 7 and kernel 1x1x7x7, bias 7/);
  expect(refusal(...Array.from({ length: 2500 }, (): Entry => ['Activation', { activation: 'relu' }]))).toMatch(
    /it has 2502 layers, at most 2500/,
  );
});
