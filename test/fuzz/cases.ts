import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { readLabels } from '../../src/data/labels.ts';
import { startDecoder } from '../../src/formats/decode-picture.ts';
import { openSource } from '../../src/data/source.ts';
import { openZip, writeZip } from '../../src/formats/archive.ts';
import type { ModelBytes } from '../../src/models/format.ts';
import { formatOf, readModel } from '../../src/models/formats.ts';
import { isEdited } from '../../src/models/net.ts';
import { writePruned } from '../../src/models/keras/write-model.ts';
import { markdown } from '../../src/report/markdown.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import { parseReport, recount } from '../../src/report/record/recount.ts';
import { runSummary } from '../../src/report/run-summary.ts';
import { mutateBytes, mutateJson } from './mutate.ts';
import { writtenBytes } from '../written.ts';

/** A kind of file: how a valid one is changed, and what reads it as goodnet does. Both throw GoodnetError only. */
export interface FuzzCase {
  mutate(random: () => number): Uint8Array;
  read(bytes: Uint8Array): Promise<unknown>;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const memoryBytes = 2 ** 28;

/** The kinds, over the files of the repository at `root`; `scratch` is a path that data is written to before it is read. */
export function fuzzCases(root: string, scratch: string): Record<string, FuzzCase> {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(root, 'test', name)));
  const refused = (name: string) => file(`fixtures/refused/${name}`);
  const architecture = { name: 'base.json', bytes: refused('base.json') };
  const assets = `${scratch}-assets/`;
  mkdirSync(assets, { recursive: true });
  for (const codec of ['jpeg/codec/dec/mozjpeg_dec.wasm', 'webp/codec/dec/webp_dec.wasm'])
    copyFileSync(path.join(root, 'node_modules/@jsquash', codec), path.join(assets, path.basename(codec)));

  const readAsModel = async (model: Pick<ModelBytes, 'name' | 'bytes' | 'architecture'>): Promise<void> => {
    const read = await readModel({ ...model, sha256: '0'.repeat(64), memoryBytes });
    const weight = read.model.calls.flatMap(({ layer }) => layer.weights)[0];
    await writePruned(read.bytes, new Map(weight === undefined ? [] : [[weight.path, weight.values]]));
  };
  /** What is read can be repaired and joined, and these can be read again. */
  const asOnnx = async (bytes: Uint8Array): Promise<void> => {
    const read = (content: Uint8Array) =>
      readModel({ name: 'a.onnx', bytes: content, architecture: null, sha256: '0'.repeat(64), memoryBytes });
    const input = await read(bytes);
    const weight = input.model.calls.flatMap(({ layer }) => layer.weights)[0];
    const edits = new Map(weight === undefined ? [] : [[weight.path, weight.values.map(() => 0)]]);
    const format = formatOf('a.onnx');
    const again = await read(await format.repaired(input, edits));
    if (!isEdited(input.model, edits, again.model)) throw new Error('a repaired net is another');
    await read(await writtenBytes((content) => format.joined(input, edits, content)));
  };
  const onnxSeeds = [
    'plain',
    'shuffle',
    'pad',
    'sizes_multiplied',
    'steps',
    'excite',
    'opset7',
    'maxpool_ceil_pads',
  ].map((name) => file(`fixtures/onnx/${name}.onnx`));
  const inBytes = (valid: Uint8Array, read: FuzzCase['read']): FuzzCase => ({
    mutate: (random) => mutateBytes(valid, random),
    read,
  });
  const asData = async (bytes: Uint8Array): Promise<void> => {
    writeFileSync(scratch, bytes);
    const source = await openSource(
      { file: scratch },
      { dataName: 'data', labelName: 'label', bounds: { fileBytes: 2 ** 24, memoryBytes } },
      null,
      { cwd: root, assets, tried: true },
    );
    try {
      const count = source.data.shape[0] ?? 0;
      readLabels(source.label, count, 3, false, 'data');
      for (let start = 0; start < Math.min(count, 64); start += 8) source.data.rows(start, Math.min(count, start + 8));
    } finally {
      source.close();
    }
  };
  const asPicture = async (bytes: Uint8Array): Promise<void> => {
    (await startDecoder(assets))(bytes, 'picture');
  };
  const keras = refused('base.keras');
  const entries = openZip('base.keras', keras);
  const configText = decode(entries.bytes('config.json'));
  const config = JSON.parse(configText) as unknown;
  const settings = {
    models: ['a.h5'],
    clean: { validation: 'v.h5', test: { file: 't.h5', sha256: '0'.repeat(64) } },
    checkpoints: [2, 4],
    scale: '1/255',
    mean: [0, 1, 2],
    attacks: {
      a: { validation: 'b.h5', test: 'c.h5' },
      s: { target: 0, trigger: { image: 's.png', at: [1, 2], opacity: 0.5 } },
    },
    'max-asr': 20,
    accept: ['pruned'],
  };
  const yaml =
    'models: [a.h5, "!b.h5"]\nclean: { validation: v.h5 }\nattacks:\n  a: { validation: &x b.h5 }\nmax-asr: 20\nmin-accuracy: 8.5e1\nscale: 1/255\n';
  const report: unknown = JSON.parse(decode(file('fuzz/seeds/report.json')));
  return {
    h5: inBytes(refused('base.h5'), (bytes) => readAsModel({ name: 'a.h5', bytes, architecture: null })),
    keras: {
      mutate: (random) => {
        if (random() < 0.3) return mutateBytes(keras, random);
        const changed =
          random() < 0.7
            ? { net: encode(JSON.stringify(mutateJson(config, random))), weights: entries.bytes('model.weights.h5') }
            : {
                net: random() < 0.5 ? mutateBytes(encode(configText), random) : encode(configText),
                weights: mutateBytes(entries.bytes('model.weights.h5'), random),
              };
        return writeZip(
          new Map([
            ['config.json', changed.net],
            ['model.weights.h5', changed.weights],
          ]),
        );
      },
      read: (bytes) => readAsModel({ name: 'a.keras', bytes, architecture: null }),
    },
    weights: inBytes(refused('base.weights.h5'), (bytes) =>
      readAsModel({
        name: 'a.weights.h5',
        bytes,
        architecture: { ...architecture, bytes: architecture.bytes.slice() },
      }),
    ),
    'data-h5': inBytes(file('fuzz/seeds/clean.h5'), asData),
    npz: inBytes(file('fuzz/seeds/clean.npz'), asData),
    onnx: {
      mutate: (random) => mutateBytes(onnxSeeds[Math.floor(random() * onnxSeeds.length)]!, random),
      read: asOnnx,
    },
    png: inBytes(file('fixtures/images/pictures/color3_4_interlaced.png'), asPicture),
    jpeg: inBytes(file('fixtures/images/pictures/16x16_420_progressive.jpg'), asPicture),
    webp: inBytes(file('fixtures/images/pictures/17x19_lossy.webp'), asPicture),
    config: {
      mutate: (random) =>
        random() < 0.5 ? mutateBytes(encode(yaml), random) : encode(JSON.stringify(mutateJson(settings, random))),
      read: async (bytes) => resolveConfig({}, parseConfig(decode(bytes), 'config.yml'), 'config.yml'),
    },
    report: {
      mutate: (random) =>
        random() < 0.05
          ? mutateBytes(encode(JSON.stringify(report)), random)
          : encode(JSON.stringify(mutateJson(report, random))),
      read: async (bytes) => {
        const read = parseReport(decode(bytes), 'report.json');
        read.models.forEach((model) =>
          recount(model, { 'min-accuracy': 50, 'max-asr': 20 }, ['original', 'pruned', 'goodnet'], null),
        );
        const again = recomputed(read, null);
        return markdown(again) + runSummary(again, { detail: 'sweep', notes: [] });
      },
    },
  };
}
