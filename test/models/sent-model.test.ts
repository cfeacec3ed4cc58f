import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSafetensors, type Safetensors, writeSafetensors } from '../../src/formats/safetensors.ts';
import type { Model } from '../../src/models/net.ts';
import { receivedModel, sentModel } from '../../src/models/sent-model.ts';
import { fixtures, loadModel } from '../support.ts';

const memory = 2 ** 30;
const small = path.join(fixtures, 'small/badnet.h5');

/** All fixtures of a folder that are read. */
async function modelsIn(folder: string): Promise<Model[]> {
  const files = readdirSync(path.join(fixtures, folder)).filter((file) => /\.(h5|keras|onnx)$/.test(file));
  const read = await Promise.all(
    files.map((file) =>
      loadModel(path.join(fixtures, folder, file)).then(
        ({ model }) => model,
        () => null,
      ),
    ),
  );
  return read.filter((model) => model !== null);
}

test.each(['layers', 'formats', 'spellings', 'small', 'onnx'])(
  'every net of %s arrives as it was sent',
  async (folder) => {
    const models = await modelsIn(folder);
    expect(models.length).toBeGreaterThan(0);
    for (const model of models) {
      const { precision: _, ...sent } = model;
      const { precision, ...received } = receivedModel(sentModel(model), memory);
      expect(received).toEqual(sent);
      expect(precision).toBe('float32'); // what it declares for Keras matters to the verdict alone
    }
  },
);

/** A sent net after a change of what its topology or its tensors are. */
async function changed(change: (topology: Topology, tensors: Map<string, unknown>) => void): Promise<() => Model> {
  const { metadata, tensors } = readSafetensors(sentModel((await loadModel(small)).model), 'net');
  const topology = JSON.parse(metadata['goodnet']!) as Topology;
  const copy = new Map(tensors);
  change(topology, copy);
  const bytes = writeSafetensors({ metadata: { goodnet: JSON.stringify(topology) }, tensors: copy });
  return () => receivedModel(bytes, memory);
}

interface Topology {
  layers: { name: string; className: string; config: Record<string, unknown> }[];
  calls: { id: string; layer: string; inputs: string[] }[];
  input: string;
}

test('a net that is not as one is sent is refused', async () => {
  const cases: [(topology: Topology, tensors: Safetensors['tensors'] & Map<string, unknown>) => void, RegExp][] = [
    [({ layers }) => void (layers[1]!.className = 'Lambda'), /Lambda/],
    [({ layers }) => void (layers[1]!.config['filters'] = 10 ** 9), /./],
    [({ layers }) => void layers.push(layers[0]!), /a name is there twice/],
    [({ calls }) => void (calls[1]!.layer = 'other'), /of no layer/],
    [({ calls }) => void (calls[1]!.inputs = [calls.at(-1)!.id]), /its own output/],
    [({ calls }) => void (calls[1]!.inputs = ['other']), /nothing is named other/],
    [(topology) => Object.assign(topology, { input: 3 }), /no net as goodnet sends one/],
    [(_, tensors) => void tensors.delete([...tensors.keys()][0]!), /is not there/],
    [
      (_, tensors) => void tensors.set([...tensors.keys()][0]!, { shape: [1], values: Float32Array.of(1) }),
      /is not there/,
    ],
    [
      (_, tensors) => {
        const [path, tensor] = [...tensors][0]!;
        const values = tensor.values.slice();
        values[0] = NaN;
        tensors.set(path, { ...tensor, values });
      },
      /is not finite/,
    ],
  ];
  for (const [change, reason] of cases) expect(await changed(change as Parameters<typeof changed>[0])).toThrow(reason);
});

test('a net that needs more memory than there is is refused before it is built', async () => {
  const bytes = sentModel((await loadModel(small)).model);
  expect(() => receivedModel(bytes, 1000)).toThrow(/in memory, at most 1000/);
});

test('numbers of all kinds come back to the bit, whatever lies beside them', () => {
  const tensors = new Map([
    ['u8', { shape: [3], values: Uint8Array.of(1, 2, 255) }],
    ['f64', { shape: [2, 1], values: Float64Array.of(-0, 0.1) }],
    ['i64', { shape: [1], values: BigInt64Array.of(-(2n ** 63n)) }],
    ['f32', { shape: [], values: Float32Array.of(NaN) }],
    ['none', { shape: [0, 4], values: new Int32Array() }],
  ]);
  const metadata = { 'ä "': '\n' };
  expect(readSafetensors(writeSafetensors({ metadata, tensors }), 'x')).toEqual({ metadata, tensors });
});

test.each<[string, (header: string) => string, RegExp]>([
  ['overlap', (h) => h.replace('[2,10]', '[0,8]'), /has not the bytes of its shape/],
  ['hole', (h) => h.replace('[2,10]', '[3,11]'), /has not the bytes of its shape/],
  ['shape', (h) => h.replace('"shape":[1]', '"shape":[9]'), /has not the bytes of its shape/],
  ['huge shape', (h) => h.replace('"shape":[1]', '"shape":[9007199254740991,1024]'), /has not the bytes/],
  ['dtype', (h) => h.replace('F64', 'F65'), /is no tensor/],
  ['inherited dtype', (h) => h.replace('F64', 'constructor'), /is no tensor/],
  ['left over', (h) => h.replace(/,"b":.*?\}/, ''), /bytes belong to no tensor/],
  ['no JSON', (h) => h.slice(1), /no JSON/],
  ['array', () => '[]', /no object/],
  ['metadata', (h) => h.replace('"x"', '5'), /its metadata/],
])('a file with a damaged header is refused: %s', (_, change, reason) => {
  const tensors = new Map([
    ['a', { shape: [2], values: Uint8Array.of(1, 2) }],
    ['b', { shape: [1], values: Float64Array.of(1) }],
  ]);
  const file = writeSafetensors({ metadata: { m: 'x' }, tensors });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = new TextEncoder().encode(change(new TextDecoder().decode(file.subarray(8, 8 + length)).trim()));
  const damaged = new Uint8Array(8 + header.length + file.length - 8 - length);
  new DataView(damaged.buffer).setBigUint64(0, BigInt(header.length), true);
  damaged.set(header, 8);
  damaged.set(file.subarray(8 + length), 8 + header.length);
  expect(() => readSafetensors(damaged, 'x')).toThrow(reason);
  for (const end of [0, 7, 8, 20, file.length - 1]) expect(() => readSafetensors(file.subarray(0, end), 'x')).toThrow();
});
