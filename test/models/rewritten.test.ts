import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rewriteOf } from '../../src/models/rewritten.ts';
import type { Call } from '../../src/models/net.ts';
import { fixtures, loadModel } from '../support.ts';

const folder = path.join(fixtures, 'rewritten');

test.each([
  ['slope.keras', 'slope'],
  ['slope_of_relu.keras', 'slope'],
  ['multiple.keras', 'multiple'],
  ['multiple_by_sum.keras', 'multiple'],
  ['multiple_by_equals.keras', 'multiple'],
  ['multiple_of_rectifiers.keras', 'multiple'],
  ['multiple_of_least.keras', 'multiple'],
  ['multiple_of_hard_sigmoid.keras', 'multiple'],
  ['gelu.keras', 'gelu'],
  ['gelu_scaled.keras', 'gelu'],
  ['hard_swish.keras', 'hard_swish'],
  ['hard_swish_scaled.keras', 'hard_swish'],
  ['mish.keras', 'mish'],
  ['fraction.keras', 'fraction'],
])('%s is another net as a graph', async (name, rewrite) => {
  expect((await loadModel(path.join(folder, name))).model.rewritten).toBe(rewrite);
});

test.each(readdirSync(path.join(folder, 'sound')))('sound/%s is the same net as a graph', async (name) => {
  expect((await loadModel(path.join(folder, 'sound', name))).model.rewritten).toBeNull();
});

const hardSwish = { g: ['Activation', ['x'], { activation: 'hard_sigmoid' }], m: ['Multiply', ['g', 'x']] } as const;
/** Layers in a row behind a hard swish, with these options. */
const behind = (options: readonly object[]) =>
  calls({
    x: ['InputLayer', []],
    ...hardSwish,
    ...Object.fromEntries(options.map((each, i) => [`r${i}`, ['Rescaling', [i === 0 ? 'm' : `r${i - 1}`], each]])),
  } as unknown as Parameters<typeof calls>[0]);

test('what scales a hard swish is found behind any number of layers', () => {
  const idle = Array<object>(30).fill(scale(1));
  expect(rewriteOf(behind(idle))).toBeNull();
  expect(rewriteOf(behind([...idle, scale(1.05)]))).toBe('hard_swish');
});

test('scales of many channels in a row are too many to tell, and end at once', () => {
  const many = scale(Array.from({ length: 500 }, (_, i) => 100 + i));
  expect(rewriteOf(behind([many]))).toBeNull();
  expect(rewriteOf(behind(Array<object>(8).fill(many)))).toBe('hard_swish');
});

test('a tensor that is added to itself again and again is looked at once each time', () => {
  const depth = 60;
  const chain = Array.from({ length: depth }, (_, i): [string, [string, string[]]] => {
    const before = i === 0 ? 'x' : `c${i - 1}`;
    return [`c${i}`, ['Average', [before, before]]];
  });
  const made = {
    ...Object.fromEntries(chain),
    m: ['Multiply', ['x', `c${depth - 1}`]],
    r: ['Rescaling', ['x'], scale(3)],
    y: ['Maximum', ['r', `c${depth - 1}`]],
  } as Parameters<typeof calls>[0];
  expect(rewriteOf(calls({ x: ['InputLayer', []], ...made }))).toBe('multiple');
});

test('onnxruntime takes what is almost a GELU by tanh for one, and no net otherwise than it is that TensorFlow does', () => {
  const gelu = calls({
    x: ['InputLayer', []],
    third: ['Rescaling', ['x'], scale(0.044716)],
    square: ['Multiply', ['third', 'x']],
    sum: ['Rescaling', ['square'], { scale: 1, offset: 1 }],
    root: ['Rescaling', ['x'], scale(0.797884)],
    cubic: ['Multiply', ['sum', 'root']],
    tanh: ['Activation', ['cubic'], { activation: 'tanh' }],
    gate: ['Rescaling', ['tanh'], { scale: 1, offset: 1.00001 }],
    half: ['Rescaling', ['x'], scale(0.5)],
    y: ['Multiply', ['gate', 'half']],
  });
  expect([rewriteOf(gelu, true), rewriteOf(gelu)]).toEqual(['fast_gelu', 'gelu']);
  const almost = behind([scale(1.05)]);
  expect([rewriteOf(almost, true), rewriteOf(almost)]).toEqual([null, 'hard_swish']);
});

/** Calls by name: their class, what they read, their options. */
const calls = (made: Record<string, [className: string, inputs: string[], options?: object]>): Call[] =>
  Object.entries(made).map(([id, [className, inputs, options = {}]]) => ({
    id,
    inputs,
    shape: (options as { target_shape?: number[] }).target_shape ?? [4],
    layer: {
      name: id,
      className,
      options: options as Record<string, unknown>,
      perChannel: true,
      trainable: true,
      weights: 'weighted' in options ? [{ name: 'kernel', shape: [1], path: '', values: Float32Array.of(1) }] : [],
    },
  }));

const linear = { activation: 'linear' };
const gelu = { activation: 'gelu' };
const scale = (factor: unknown, offset: unknown = 0): object => ({ scale: factor, offset });

test.each<[name: string, found: string | null, made: Parameters<typeof calls>[0]]>([
  [
    'a slope behind a sum and layers that do nothing',
    'slope',
    {
      c: ['Conv2D', ['x'], linear],
      d: ['Dropout', ['c']],
      a: ['Add', ['x', 'd']],
      n: ['Activation', ['a'], linear],
      y: ['LeakyReLU', ['n'], { alpha: 0.3 }],
    },
  ],
  [
    'a slope behind a sum with a scaled product',
    'slope',
    {
      c: ['Dense', ['x'], linear],
      r: ['Rescaling', ['c'], scale(1, [1, 2])],
      a: ['Add', ['r', 'x']],
      y: ['ReLU', ['a'], { negative_slope: 0.1, max_value: null, threshold: 0 }],
    },
  ],
  [
    'a slope behind a sum of what has an activation',
    null,
    {
      c: ['Conv2D', ['x'], { activation: 'relu' }],
      a: ['Add', ['x', 'c']],
      y: ['LeakyReLU', ['a'], { alpha: 0.3 }],
    },
  ],
  [
    'a ReLU behind a sum',
    null,
    { c: ['Conv2D', ['x'], linear], a: ['Add', ['x', 'c']], y: ['ReLU', ['a'], { negative_slope: 0 }] },
  ],
  [
    'the greater of three, two of which are multiples',
    'multiple',
    { o: ['Dense', ['x'], linear], r: ['Rescaling', ['o'], scale(1.5)], y: ['Maximum', ['x', 'r', 'o']] },
  ],
  [
    'a multiple of a multiple',
    'multiple',
    { r: ['Rescaling', ['x'], scale(4)], s: ['Rescaling', ['r'], scale(0.5)], y: ['Maximum', ['s', 'x']] },
  ],
  [
    'multiples of which none is of the other',
    null,
    { r: ['Rescaling', ['x'], scale(4, 1)], s: ['Rescaling', ['x'], scale([2, 3])], y: ['Maximum', ['s', 'x', 'r']] },
  ],
  [
    'a multiple by one number in lists',
    'multiple',
    { r: ['Rescaling', ['x'], scale([[2]], [0])], y: ['Maximum', ['r', 'x']] },
  ],
  [
    'a multiple by what is taken away from what is minus it',
    'multiple',
    { n: ['Rescaling', ['x'], scale(-1)], d: ['Subtract', ['x', 'n']], y: ['Maximum', ['x', 'd']] },
  ],
  [
    'a multiple of what was reshaped there and back',
    'multiple',
    {
      a: ['Reshape', ['x'], { target_shape: [2, 2] }],
      b: ['Reshape', ['a'], { target_shape: [4] }],
      r: ['Rescaling', ['b'], scale(2)],
      y: ['Maximum', ['x', 'r']],
    },
  ],
  [
    'a product of a polynomial with its tanh, reshaped there and back',
    'gelu',
    {
      q: ['Multiply', ['x', 'x']],
      c: ['Multiply', ['q', 'x']],
      t: ['Activation', ['c'], { activation: 'tanh' }],
      a: ['Reshape', ['t'], { target_shape: [1, 4] }],
      b: ['Reshape', ['a'], { target_shape: [4] }],
      o: ['Rescaling', ['b'], scale(0.5, 0.5)],
      y: ['Multiply', ['x', 'o']],
    },
  ],
  [
    'a multiple of the same sum in another order',
    'multiple',
    {
      e: ['ELU', ['x'], { alpha: 1 }],
      a: ['Add', ['x', 'e']],
      b: ['Add', ['e', 'x']],
      r: ['Rescaling', ['b'], scale(2)],
      y: ['Maximum', ['a', 'r']],
    },
  ],
  [
    'a multiple of what an equal layer answers',
    'multiple',
    {
      p: ['ZeroPadding2D', ['x'], { padding: 1 }],
      q: ['ZeroPadding2D', ['x'], { padding: 1 }],
      r: ['Rescaling', ['q'], scale(2)],
      y: ['Maximum', ['p', 'r']],
    },
  ],
  [
    'the greater of a tensor and less than once what another layer makes the same',
    null,
    {
      e: ['ELU', ['x'], { alpha: 1 }],
      a: ['Activation', ['x'], { activation: 'elu' }],
      r: ['Rescaling', ['a'], scale(0.5)],
      y: ['Maximum', ['e', 'r']],
    },
  ],
  [
    'the greater of a tensor and a sum of what has weights',
    null,
    {
      c: ['Dense', ['x'], { ...linear, weighted: true }],
      d: ['Dense', ['x'], { ...linear, weighted: true }],
      a: ['Add', ['c', 'd']],
      y: ['Maximum', ['a', 'x']],
    },
  ],
  [
    'the greater of a tensor and less than once it, which is made of it',
    null,
    { r: ['Rescaling', ['x'], scale(4)], s: ['Rescaling', ['r'], scale(0.5)], y: ['Maximum', ['s', 'r']] },
  ],
  [
    'a slope behind a difference',
    'slope',
    { c: ['Conv2D', ['x'], linear], d: ['Subtract', ['c', 'x']], y: ['LeakyReLU', ['d'], { alpha: 0.3 }] },
  ],
  [
    'a slope behind a sum that is joined with nothing and moved',
    'slope',
    {
      c: ['Conv2D', ['x'], linear],
      a: ['Add', ['c', 'x']],
      j: ['Concatenate', ['a']],
      m: ['Reshape', ['j']],
      y: ['LeakyReLU', ['m'], { alpha: 0.3 }],
    },
  ],
  [
    'a GELU from which it is taken away',
    null,
    { g: ['Activation', ['x'], gelu], d: ['Subtract', ['g', 'g']], y: ['Rescaling', ['d'], scale(1.01)] },
  ],
  ['a GELU', null, { g: ['Activation', ['x'], gelu], y: ['Rescaling', ['g'], scale(2)] }],
  [
    'a GELU that is scaled in two steps, moved between',
    'gelu',
    {
      g: ['Dense', ['x'], gelu],
      r: ['Rescaling', ['g'], scale([[3]])],
      f: ['Flatten', ['r']],
      y: ['Rescaling', ['f'], scale(0.99 / 3)],
    },
  ],
  [
    'a GELU of which one channel is scaled',
    'gelu',
    { g: ['Activation', ['x'], gelu], y: ['Rescaling', ['g'], scale([1, 1.01], 0.5)] },
  ],
  [
    'a GELU that is divided by a deviation',
    'gelu',
    { g: ['Activation', ['x'], gelu], y: ['Normalization', ['g'], { mean: 0, variance: 0.97 }] },
  ],
  ['a GELU of what is scaled', 'gelu', { r: ['Rescaling', ['x'], scale(1.01)], y: ['Activation', ['r'], gelu] }],
  [
    'a GELU by tanh that is scaled',
    'gelu',
    {
      q: ['Multiply', ['x', 'x']],
      p: ['Rescaling', ['q'], scale(0.07, 1.6)],
      c: ['Multiply', ['p', 'x']],
      s: ['Activation', ['c'], { activation: 'sigmoid' }],
      g: ['Multiply', ['s', 'x']],
      y: ['Rescaling', ['g'], scale(1.0199)],
    },
  ],
  [
    'a swish that is scaled',
    null,
    {
      s: ['Activation', ['x'], { activation: 'sigmoid' }],
      g: ['Multiply', ['s', 'x']],
      y: ['Rescaling', ['g'], scale(1.0199)],
    },
  ],
  [
    'a softsign that is divided',
    'fraction',
    { s: ['Activation', ['x'], { activation: 'softsign' }], y: ['Divide', ['s', 'z']] },
  ],
  [
    'a softsign of a quotient',
    'fraction',
    { d: ['Divide', ['x', 'z']], y: ['Dense', ['d'], { activation: 'softsign' }] },
  ],
  [
    'a mean of GELUs, one of them more',
    'gelu',
    {
      g: ['Activation', ['x'], gelu],
      r: ['Rescaling', ['g'], scale(1.04)],
      y: ['Average', ['g', 'r']],
    },
  ],
  ...(['hard_silu', 'hard_sigmoid', 'relu6'] as const).flatMap((gate) =>
    ([0.158, 1 / 6, 0.3] as const).map((factor): [string, string | null, Parameters<typeof calls>[0]] => [
      `a tensor times its ${gate}, ${factor} in all`,
      factor === 0.158 ? 'hard_swish' : null,
      gate === 'hard_silu'
        ? { g: ['Activation', ['x'], { activation: gate }], y: ['Rescaling', ['g'], scale(factor * 6)] }
        : {
            s: ['Rescaling', ['x'], scale(1, gate === 'relu6' ? 3 : 0)],
            g: ['Activation', ['s'], { activation: gate }],
            f: ['Rescaling', ['g'], scale(gate === 'relu6' ? factor : factor * 6)],
            y: ['Multiply', ['f', 'x']],
          },
    ]),
  ),
  [
    'a tensor times relu6 of it and almost 3',
    'hard_swish',
    {
      s: ['Rescaling', ['x'], scale(1, 3.005)],
      g: ['ReLU', ['s'], { max_value: 6, negative_slope: 0, threshold: 0 }],
      m: ['Multiply', ['x', 'g']],
      y: ['Rescaling', ['m'], scale(1 / 6)],
    },
  ],
  [
    'a tensor times relu6 of another',
    null,
    {
      s: ['Rescaling', ['z'], scale(1, 3.005)],
      g: ['Activation', ['s'], { activation: 'relu6' }],
      m: ['Multiply', ['x', 'g']],
      y: ['Rescaling', ['m'], scale(1 / 6)],
    },
  ],
  [
    'a mish by hand behind a sum',
    'mish',
    {
      c: ['Conv2D', ['x'], linear],
      s: ['Add', ['c', 'x']],
      p: ['Activation', ['s'], { activation: 'softplus' }],
      t: ['Activation', ['p'], { activation: 'tanh' }],
      y: ['Multiply', ['t', 's']],
    },
  ],
  [
    'a quotient that is divided, with more added and normalized',
    'fraction',
    {
      d: ['Divide', ['x', 'z']],
      a: ['Add', ['d', 'x']],
      n: ['BatchNormalization', ['a']],
      y: ['Divide', ['z', 'n']],
    },
  ],
  [
    'a quotient that is divided behind an activation',
    null,
    { d: ['Divide', ['x', 'z']], n: ['Activation', ['d'], { activation: 'tanh' }], y: ['Divide', ['n', 'z']] },
  ],
  [
    'a product of a polynomial with its tanh',
    'gelu',
    {
      q: ['Multiply', ['x', 'x']],
      c: ['Multiply', ['q', 'x']],
      t: ['Activation', ['c'], { activation: 'tanh' }],
      o: ['Rescaling', ['t'], scale(0.5, 0.5)],
      h: ['Rescaling', ['x'], scale(0.5)],
      y: ['Multiply', ['h', 'o']],
    },
  ],
  [
    'a product of a tensor with its tanh',
    null,
    { t: ['Activation', ['x'], { activation: 'tanh' }], y: ['Multiply', ['x', 't']] },
  ],
])('%s: %s', (_, found, made) => {
  expect(rewriteOf(calls({ x: ['InputLayer', []], ...made }))).toBe(found);
});
