import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Passes } from '../../src/engine/training/passes.ts';
import { sizeOf } from '../../src/models/net.ts';
import { random } from '../random-nets.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

const images = 2;
const step = 1e-2;

beforeAll(startEngine);

/** Nets with layers and options that no Keras has: channels that are picked, and poolings with margins of their own. */
const nets = ['shuffle', 'maxpool_pads', 'maxpool_ceil_pads', 'avgpool_pads', 'avgpool_ceil'];

describe.runIf(testEngine === 'wasm')('the way back through layers of ONNX alone', () => {
  test.each(nets)('%s: the gradient is what a small step changes', async (name) => {
    const { model } = await loadModel(path.join(fixtures, 'onnx', `${name}.onnx`));
    const draw = random(1);
    const signed = (count: number) => Float32Array.from({ length: count }, () => 2 * draw() - 1);
    const size = sizeOf(model.inputShape);
    const x = signed(images * size);
    const slopes = signed(images * model.outputs);
    const passes = new Passes(model, [model.output], { weights: false, input: true });
    const valueAt = (pixels: Float32Array): number => {
      let value = 0;
      passes.run(pixels, images, ([scores]) => {
        const answer = scores!;
        value = slopes.reduce((sum, slope, i) => sum + slope * answer[i]!, 0);
        return [slopes];
      });
      return value;
    };
    const gradient = passes
      .run(x, images, () => [slopes])
      .input!.dataSync<'float32'>()
      .slice();
    for (let i = 0; i < 40; i++) {
      const at = Math.floor(draw() * x.length);
      const [up, down] = [step, -step].map((by) => valueAt(x.map((pixel, j) => (j === at ? pixel + by : pixel))));
      const measured = (up! - down!) / (2 * step);
      expect(Math.abs(measured - gradient[at]!), `pixel ${at}`).toBeLessThan(0.02 + 0.05 * Math.abs(measured));
    }
    passes.dispose();
  });
});
