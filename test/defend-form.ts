import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { openSource } from '../src/data/source.ts';
import type { StoredArray } from '../src/data/stored.ts';
import { type Tensor, writeSafetensors } from '../src/formats/safetensors.ts';
import type { Report } from '../src/report/record/report.ts';
import { asStored, fixtures, reference, root, testWorld } from './support.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A form for `POST /defend`, by its parts. */
export interface FormParts {
  settings: Record<string, unknown>;
  files: ReadonlyMap<string, Bytes>;
}

/** The settings of a form for `POST /defend`. */
export const formSettings = {
  models: ['nets/net.onnx'],
  clean: { validation: 'clean_valid.npz', test: 'clean_test.npz' },
  attacks: { patch: { validation: 'poisoned_valid.npz', test: 'poisoned_test.npz' } },
  scale: '1/255',
  'min-accuracy': 85,
  'max-asr': 20,
  accept: ['pruned', 'goodnet'],
};

/** The first example as ONNX, with its data: as .npz, or as safetensors by the same names. */
export async function formFiles(kind: 'npz' | 'safetensors' = 'npz'): Promise<Map<string, Bytes>> {
  const net = readFileSync(path.join(fixtures, 'onnx-golden/examples.onnx'));
  const files = new Map([['nets/net.onnx', new Uint8Array(net)]]);
  for (const name of ['clean_valid', 'clean_test', 'poisoned_valid', 'poisoned_test']) {
    const source = await openSource({ file: `examples/${name}.h5` }, asStored, null, testWorld(root));
    const { data, label } = source;
    const images = { shape: data.shape, values: Uint8Array.from(numbersOf(data)) };
    const labels = { shape: label.shape.slice(0, 1), values: Int32Array.from(numbersOf(label)) };
    source.close();
    const tensors = new Map<string, Tensor>([
      ['data', images],
      ['label', labels],
    ]);
    const packed = { 'data.npy': npy(images), 'label.npy': npy(labels) };
    files.set(`${name}.npz`, kind === 'npz' ? zipSync(packed) : writeSafetensors({ metadata: {}, tensors }));
  }
  return files;
}

/** The first example as it is: a Keras net, its data in HDF5. */
export const exampleForm = () => ofFolder(path.join(root, 'examples'), 'badnet.h5');

/** A net of Keras with its data in HDF5: all that `settings` names comes from `folder`. */
function ofFolder(folder: string, net: string) {
  const data = (split: string) => ({ clean: `clean_${split}.h5`, poisoned: `poisoned_${split}.h5` });
  const [validation, test] = [data('valid'), data('test')];
  const settings = {
    ...formSettings,
    models: [net],
    clean: { validation: validation.clean, test: test.clean },
    attacks: { patch: { validation: validation.poisoned, test: test.poisoned } },
  };
  const names = [net, ...[validation, test].flatMap((split) => Object.values(split))];
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  return { settings, files: new Map(names.map((name) => [name, read(name)])) };
}

/** A file of the golden MNIST net and its data; weights alone go with the JSON of their net. Needs the reference data. */
export function goldenForm(net: 'badnet.h5' | 'badnet.keras' | 'badnet.weights.h5'): FormParts {
  const folder = reference('golden/mnist-badnet');
  const { settings, files } = ofFolder(folder, net);
  if (!net.endsWith('.weights.h5')) return { settings, files };
  const architecture = 'net.json';
  const { 'config.json': json } = unzipSync(new Uint8Array(readFileSync(path.join(folder, 'badnet.keras'))));
  return { settings: { ...settings, architecture }, files: new Map([...files, [architecture, new Uint8Array(json!)]]) };
}

const numbersOf = (array: StoredArray): number[] => Array.from(array.rows(0, array.shape[0]!), Number);

/** An array in numpy's format. */
function npy({ shape, values }: Tensor): Bytes {
  const descr = values instanceof Uint8Array ? '|u1' : '<i4';
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return new Uint8Array(
    Buffer.concat([magic, header, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]),
  );
}

/** A form with these settings, or text in their place, and files. */
export function formOf(config: unknown, files: ReadonlyMap<string, Bytes>): FormData {
  const form = new FormData();
  form.append('config', typeof config === 'string' ? config : JSON.stringify(config));
  for (const [name, bytes] of files) form.append(name, new Blob([bytes]), 'x');
  return form;
}

/** A form as a body, and what its header calls it. */
export async function bodyOf(form: FormData): Promise<{ body: Bytes; type: string }> {
  const response = new Response(form);
  return { body: new Uint8Array(await response.arrayBuffer()), type: response.headers.get('content-type')! };
}

/** A report without what tells of one run, and of the files that it wrote. */
export function figuresOf({ run: _, files: __, config, ...report }: Report): unknown {
  const { out: ___, ...same } = config;
  const models = report.models.map(({ candidates, ...model }) => ({
    ...model,
    candidates: candidates.map(({ file: _file, sha256: _hash, ...candidate }) => candidate),
  }));
  return { ...report, models, config: same };
}
