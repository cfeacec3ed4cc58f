import path from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Passes } from '../../src/engine/training/passes.ts';
import { type Edits, sizeOf } from '../../src/models/net.ts';
import { random } from '../random-nets.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

const images = 2;
const step = 2e-3;

beforeAll(startEngine);

/** Nets with layers and options that no Keras has: channels that are picked, and poolings with margins of their own. */
const nets = [
  'shuffle',
  'maxpool_pads',
  'maxpool_ceil_pads',
  'avgpool_pads',
  'avgpool_ceil',
  'conv_strided_dilated',
  'conv_depthwise_strided_dilated',
  'transposed_all',
  'gelu_of_tanh',
  'called_twice',
];

describe.runIf(testEngine === 'wasm')('the way back through layers of ONNX alone', () => {
  test.each(nets)('%s: the gradients are what small steps change', async (name) => {
    const { model } = await loadModel(path.join(fixtures, 'onnx', `${name}.onnx`));
    const draw = random(1);
    const signed = (count: number) => Float32Array.from({ length: count }, () => 2 * draw() - 1);
    const x = signed(images * sizeOf(model.inputShape));
    const slopes = signed(images * model.outputs);
    const valueAt = (pixels: Float32Array, edits?: Edits): number => {
      const passes = new Passes(model, [model.output], { weights: false, input: true }, edits);
      let value = 0;
      passes.run(pixels, images, ([scores]) => {
        value = slopes.reduce((sum, slope, i) => sum + slope * scores![i]!, 0);
        return [slopes];
      });
      passes.dispose();
      return value;
    };
    const check = (gradient: tf.Tensor, values: Float32Array, value: (moved: Float32Array) => number, what: string) => {
      const known = gradient.dataSync<'float32'>();
      for (let i = 0; i < Math.min(20, values.length); i++) {
        const at = Math.floor(draw() * values.length);
        const [up, down] = [step, -step].map((by) => value(values.map((old, j) => (j === at ? old + by : old))));
        const measured = (up! - down!) / (2 * step);
        expect(Math.abs(measured - known[at]!), `${what} ${at}`).toBeLessThan(0.02 + 0.05 * Math.abs(measured));
      }
    };
    const passes = new Passes(model, [model.output], { weights: true, input: true });
    const { input, weights } = passes.run(x, images, () => [slopes]);
    check(input!, x, valueAt, 'pixel');
    expect(weights.size).toBe(passes.trained.length);
    for (const { path: place, values } of passes.trained)
      check(weights.get(place)!, values, (moved) => valueAt(x, new Map([[place, moved]])), place);
    passes.dispose();
  });
});
