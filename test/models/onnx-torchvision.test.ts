import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultBounds } from '../../src/base/limits.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { readMessage, writeMessage } from '../../src/formats/protobuf.ts';
import { formatOf, readModel } from '../../src/models/formats.ts';
import { edited, isEdited, type Model } from '../../src/models/net.ts';
import { messages, type Proto, types } from '../../src/models/onnx/schema.ts';
import { random } from '../random-nets.ts';
import { fixtures, readJson, startEngine } from '../support.ts';

const folder = path.join(fixtures, 'onnx-torchvision');

/** The layer that is pruned when none is named, and what onnxruntime answers: of the net, and with its first half of channels pruned. */
interface Figures {
  side: number;
  layer: string;
  scores: string;
  pruned: string;
}
const nets = Object.entries(readJson<Record<string, Figures>>(path.join(folder, 'figures.json')));
const images = 2;
/** Largest difference from onnxruntime, relative to the largest score. */
const tolerance = 2e-5;

beforeAll(startEngine);

describe('nets of torchvision, exported by both of its exporters, answer what onnxruntime answers', () => {
  test.each(nets)(
    '%s',
    async (name, { side, layer, scores, pruned }) => {
      const bytes = filled(new Uint8Array(gunzipSync(readFileSync(path.join(folder, `${name}.onnx.gz`)))));
      const read = (content: Uint8Array) =>
        readModel({
          name: 'net.onnx',
          bytes: content,
          sha256: '',
          architecture: null,
          memoryBytes: defaultBounds.memoryBytes,
        });
      const file = await read(bytes);
      const { model } = file;
      const draw = random(1);
      const pixels = Float32Array.from({ length: images * 3 * side * side }, () => 2 * draw() - 1);
      expect(farthest(answers(model, pixels, side), floats(scores))).toBeLessThan(tolerance);
      const { target } = chooseTarget(model, {});
      expect(target.layer.name).toBe(layer);
      const edits = prunedWeights(target, [...Array(Math.floor(target.cut.channels / 2)).keys()]);
      expect(farthest(answers(edited(model, edits), pixels, side), floats(pruned))).toBeLessThan(tolerance);
      const again = await read(await formatOf('net.onnx').repaired(file, edits));
      expect(isEdited(model, edits, again.model)).toBe(true);
    },
    240_000,
  );
});

const floats = (text: string): Float32Array => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);

/** The graph with weights from a seed, as `filled` in make_torchvision.py has them. */
function filled(bytes: Uint8Array): Uint8Array {
  const model = readMessage(messages, 'ModelProto', bytes);
  for (const [i, tensor] of model.graph!.initializer.entries()) {
    const count = tensor.dims.reduce((a, b) => a * b, 1);
    if (tensor.data_type !== types.float32 || count < 8) continue;
    const draw = random(i + 1);
    const value = valueOf(tensor);
    const values = Float32Array.from({ length: count }, () => value(draw()));
    tensor.raw_data = new Uint8Array(values.buffer);
  }
  return writeMessage(messages, 'ModelProto', model);
}

function valueOf({ dims, name = '' }: Proto<'TensorProto'>): (u: number) => number {
  if (dims.length > 1) {
    const most = Math.sqrt(6 / dims.slice(1).reduce((a, b) => a * b, 1));
    return (u) => (2 * u - 1) * most;
  }
  return name.includes('var') || name.endsWith('weight') ? (u) => 0.5 + u : (u) => 0.1 * (2 * u - 1);
}

function answers({ calls, input, output }: Model, pixels: Float32Array, side: number): Float32Array {
  const weights = new WeightTensors('net.onnx', calls, 'onnxruntime');
  const feed = tf.tidy(() => tf.transpose(tf.tensor4d(pixels, [images, 3, side, side]), [0, 2, 3, 1]));
  const [answer] = runCalls(calls.slice(1), new Map([[input, feed]]), [output], weights);
  const scores = answer!.dataSync<'float32'>().slice();
  tf.dispose(answer!);
  weights.dispose();
  return scores;
}

function farthest(ours: Float32Array, theirs: Float32Array): number {
  const most = Math.max(...theirs.map(Math.abs));
  return theirs.reduce((worst, value, i) => Math.max(worst, Math.abs(ours[i]! - value) / most), 0);
}
