import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GoodnetError } from '../../src/base/errors.ts';
import { kernels } from '../../src/engine/kernels/layers.ts';
import { limit, reachOf } from '../../src/engine/kernels/reach.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { outputsOf } from '../../src/defense/pruning/target.ts';
import { buildModel } from '../../src/models/build-model.ts';
import type { Model } from '../../src/models/net.ts';
import { fixtures, loadModel, readJson, startEngine } from '../support.ts';

const folder = path.join(fixtures, 'overflow');
const layers = Object.entries(readJson<Record<string, string>>(path.join(folder, 'layers.json')));
beforeAll(startEngine);

/** One image of each class, and the second of them with the trigger in it. */
function images(): { clean: Float32Array; triggered: Float32Array } {
  const clean = new Float32Array(2 * 192);
  for (let at = 1; at < 192; at += 3) clean[at] = 1;
  const triggered = clean.slice(192);
  triggered[0] = 1;
  return { clean, triggered };
}

/** The classes of some images, with the net cut behind `layer` or not at all. */
function classes(model: Model, values: Float32Array, layer: string | null): number[] {
  const network = new Network(splitNet(model, layer === null ? null : outputsOf(model, layer, null).cut));
  try {
    const count = values.length / 192;
    return [
      ...network.classes(
        network.features(values.slice(), count),
        Int32Array.from({ length: count }, (_, i) => i),
      ),
    ];
  } finally {
    network.dispose();
  }
}

/** What a net answers, or where it is refused: at a layer, or for products in a row before it, which constants alone may make. */
function answerTo(model: Model, values: Float32Array, at: string | null, layer: string): string {
  try {
    return classes(model, values, at).join();
  } catch (error) {
    const { code, message } = error as GoodnetError;
    if (code !== 'output-not-finite') return message;
    if (message.includes('multiplies factors of up to')) return 'as a row';
    return message.includes(`layer ${layer} (`) ? 'at the layer' : message;
  }
}

describe('numbers that overflow for a trigger alone', () => {
  test.each(layers)('%s: the net is refused at its layer %s or as a row, whatever hides them', async (name, layer) => {
    const { model } = await loadModel(path.join(folder, `${name}.h5`));
    const { clean, triggered } = images();
    const before = tf.memory().numTensors;
    for (const at of [null, 'conv', 'trigger']) {
      if (!name.startsWith('always_')) expect(['1,2', 'as a row']).toContain(answerTo(model, clean, at, layer));
      expect(['at the layer', 'as a row']).toContain(answerTo(model, triggered, at, layer));
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('products in a row, which TensorFlow multiplies in another order as a graph', () => {
  const nets = path.join(fixtures, 'rewritten');
  const scored = async (name: string): Promise<number[]> => {
    const { model } = await loadModel(path.join(nets, name));
    return [null, 'conv'].flatMap((at) => Object.values(images()).flatMap((values) => classes(model, values, at)));
  };

  test.each(readdirSync(path.join(nets, 'regrouped')))('%s, which leaves float32 so, is refused', async (name) => {
    await expect(scored(path.join('regrouped', name))).rejects.toThrow(
      /multiplies factors of up to \de\+\d\d, which TensorFlow takes in another order/,
    );
  });

  test('joined.onnx, whose weights onnxruntime multiplies with the scale behind them, is refused', async () => {
    const { model } = await loadModel(path.join(nets, 'joined.onnx'));
    expect(() => classes(model, images().clean, null)).toThrow(
      /multiplies factors of up to \de\+\d\d, which onnxruntime takes in another order/,
    );
  });

  test.each(readdirSync(path.join(nets, 'sound')))('sound/%s, which does not, is computed', async (name) => {
    expect(await scored(path.join('sound', name))).toHaveLength(6);
  });
});

test.each<[string, object, number[], number, stays: boolean | string]>([
  ['Multiply', {}, [2, 3, 5], 30, true],
  ['Divide', { numerator: null }, [2, 3, 5], 30, true],
  ['Divide', { numerator: -7 }, [3, 5], 105, true],
  ['Rescaling', { scale: [-4, 0.5], offset: 0 }, [3], 12, true],
  ['Rescaling', { scale: 4, offset: [0, 1] }, [3], 12, true],
  ['Normalization', { mean: 2, variance: 0.25 }, [3], 10, true],
  ['Activation', { activation: 'silu' }, [3], 3, true],
  ['ReLU', { max_value: null, negative_slope: 0, threshold: 1 }, [3], 3, true],
  ['LeakyReLU', { alpha: 4 }, [3], 12, true],
  ['ReLU', { max_value: null, negative_slope: 4, threshold: 1 }, [3], 12, true],
  ['Average', {}, [2, 3], 5, true],
  ['GlobalAveragePooling2D', {}, [3], 3, true],
  ['Add', {}, [2, 3], 5, 'as all inputs'],
  ['Activation', { activation: 'exponential' }, [3], 3, true],
  ['Flatten', {}, [3], 3, 'as an input'],
])('%s with %j of factors up to %j multiplies up to %j', (className, options, inputs, most, stays) => {
  const layer = {
    name: '',
    className,
    options: options as Record<string, unknown>,
    perChannel: true,
    weights: [],
    trainable: true,
  };
  const { factors } = reachOf(layer);
  expect([factors?.largest(inputs), factors?.stays]).toEqual([most, stays]);
});

test.each([
  ['Conv2D', true],
  ['Dense', false],
])('a %s has weights for factors where its runtime joins them with what comes behind', (className, begins) => {
  const kernel = { name: 'kernel', path: '', shape: className === 'Dense' ? [2, 1] : [1, 1, 2, 1] };
  const weights = [{ ...kernel, values: Float32Array.of(-8, 2) }];
  const layer = { name: '', className, options: { activation: 'linear' }, perChannel: true, trainable: true, weights };
  const { factors } = reachOf(layer, true);
  expect([factors?.largest([3]), factors?.stays, factors?.begins ?? false]).toEqual([24, true, begins]);
  expect(reachOf(layer).factors).toBeUndefined();
});

test.each([
  ['Activation', { activation: 'tanh' }],
  ['ReLU', { max_value: null, negative_slope: 0, threshold: 0 }],
])('%s with %j multiplies nothing in a row', (className, options) => {
  expect(
    reachOf({ name: '', className, options, perChannel: true, weights: [], trainable: true }).factors,
  ).toBeUndefined();
});

test('every layer that is computed has a reach', () => {
  const options = {
    activation: 'linear',
    epsilon: 1,
    scale: 1,
    offset: 0,
    alpha: 1,
    mean: 0,
    variance: 1,
    max_value: null,
    negative_slope: 0,
    threshold: 0,
  };
  const weights = ['kernel', 'depthwise_kernel', 'pointwise_kernel', 'moving_mean', 'moving_variance', 'alpha'].map(
    (name) => ({ name, shape: [1, 1, 1, 1], values: Float32Array.of(1), path: '' }),
  );
  for (const className of Object.keys(kernels)) {
    expect(
      reachOf({ name: '', className, options, perChannel: true, trainable: true, weights }).answer([1, 1]),
      className,
    ).toBeGreaterThanOrEqual(1);
  }
});

test.each([
  ['Add', {}, [0.5, 0.4], true],
  ['Add', {}, [0.5, 0.5], false],
  ['Average', {}, [0.5, 0.5], false],
  ['Maximum', {}, [Infinity, 1], true],
  ['Multiply', {}, [2 ** -61, 2 ** -61], true],
  ['Multiply', {}, [2 ** -60, 2 ** -60], false],
  ['Multiply', {}, [Infinity, 0], false],
  ['Divide', { numerator: null }, [2 ** -61, 2 ** -61], true],
  ['Divide', { numerator: null }, [2 ** -60, 2 ** -60], false],
  ['Divide', { numerator: 2 ** 30 }, [2 ** -31], true],
  ['Divide', { numerator: -(2 ** 30) }, [2 ** -30], false],
  ['Dot', { axes: 1, normalize: false }, [2 ** -75, 2 ** -75], true],
  ['Dot', { axes: 1, normalize: false }, [2 ** -74, 2 ** -74], false],
  ['Dot', { axes: 1, normalize: true }, [1, 2 ** -100], false],
  ['Activation', { activation: 'squareplus' }, [2 ** -61], true],
  ['Activation', { activation: 'squareplus' }, [2 ** -60], false],
  ['GlobalAveragePooling2D', {}, [2 ** -19], true],
  ['GlobalAveragePooling2D', {}, [2 ** -18], false],
  ['MaxPooling2D', {}, [Infinity], true],
  ['Activation', { activation: 'relu' }, [Infinity], true],
  ['Activation', { activation: 'elu' }, [Infinity], false],
  ['ReLU', { max_value: 6, negative_slope: 0, threshold: 0 }, [Infinity], true],
  ['ReLU', { max_value: 1e25, negative_slope: 0, threshold: 0 }, [Infinity], false],
  ['Rescaling', { scale: 3e38, offset: 1 }, [0.5], true],
  ['Rescaling', { scale: 3e38, offset: 1e30 }, [0.5], false],
  ['Rescaling', { scale: 1, offset: 0 }, [1], false],
])('%s with %j of inputs up to %j times the limit: surely right is %j', (className, options, shares, right) => {
  const { within } = reachOf({
    name: '',
    className,
    options,
    perChannel: true,
    trainable: true,
    weights: [],
  });
  expect(within === null || within(shares.map((share) => share * limit)) < limit).toBe(right);
});

test('a quotient is refused for images whose divisor is 0, or so small that it overflows', () => {
  const layers = [
    { name: 'in', className: 'InputLayer', config: { batch_shape: [null, 2] } },
    { name: 'y', className: 'Divide', config: { numerator: 2 } },
  ];
  const calls = layers.map(({ name }, i) => ({ id: name, layer: name, inputs: i === 0 ? [] : ['in'] }));
  const topology = { name: 'net', dialect: 'keras3' as const, layers, calls, input: 'in', output: 'y' };
  const network = new Network(
    splitNet(
      buildModel(topology, () => new Map(), 'net.h5', ''),
      null,
    ),
  );
  const answer = (...image: number[]) =>
    network.classes(network.features(Float32Array.from(image), 1), Int32Array.of(0))[0];
  expect(answer(2, -1)).toBe(0);
  expect(answer(-4, -8)).toBe(1);
  for (const least of [0, -0, 1e-40, -1e-38])
    expect(() => answer(1, least)).toThrow(/layer y \(Divide\) reaches numbers that overflow/);
  network.dispose();
});

describe('what a normalization divides by', () => {
  function built(className: string, config: Record<string, unknown>, variance = 0): void {
    const classes = [
      { name: 'in', className: 'InputLayer', config: { batch_shape: [null, 2] } },
      { name: 'n', className, config: { axis: -1, ...config } },
    ];
    const calls = classes.map(({ name }, i) => ({ id: name, layer: name, inputs: i === 0 ? [] : ['in'] }));
    buildModel(
      { name: 'net', dialect: 'keras3', layers: classes, calls, input: 'in', output: 'n' },
      (needs) =>
        new Map(
          [...needs].map(([layer, needed]) => [
            layer,
            needed.map(([name]) => ({
              name,
              shape: [2],
              path: '',
              values: new Float32Array(2).fill(name === 'moving_variance' ? variance : 1),
            })),
          ]),
        ),
      'net.h5',
      '',
    );
  }

  test.each([
    ['BatchNormalization', { epsilon: 1e-50 }, 0],
    ['BatchNormalization', { epsilon: 1e-39 }, 1e-39],
    ['BatchNormalization', { epsilon: 1.17e-38 }, 1.18e-38],
    ['BatchNormalization', { epsilon: 2 ** -126 }, -(2 ** -127)],
    ['BatchNormalization', { epsilon: 1e-3 }, -1e-3],
    ['Normalization', { mean: [0, 0], variance: [1, -1] }, 0],
    ['Normalization', { mean: 0, variance: -1 }, 0],
  ])('%s with %j and a variance of %j is refused', (className, config, variance) => {
    expect(() => built(className, config, variance)).toThrow(
      expect.objectContaining({ code: 'layer-option', message: expect.stringContaining('variance') as unknown }),
    );
  });

  test.each([
    ['BatchNormalization', { epsilon: 1e-3 }, 0],
    ['BatchNormalization', { epsilon: 1e-50 }, 1],
    ['Normalization', { mean: 0, variance: 0 }, 0],
  ])('%s with %j and a variance of %j is read', (className, config, variance) => {
    expect(() => built(className, config, variance)).not.toThrow();
  });
});
