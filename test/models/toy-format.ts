import { writeFileSync } from 'node:fs';
import { failure } from '../../src/base/errors.ts';
import { buildModel, type Topology } from '../../src/models/build-model.ts';
import { writeAll } from '../../src/formats/written-bytes.ts';
import type { ModelFormat } from '../../src/models/format.ts';
import type { Edits, Model } from '../../src/models/net.ts';

/** A net as JSON: its wiring, and the numbers of each weight by `layer/weight`. */
interface Stored {
  topology: Topology;
  weights: Record<string, number[]>;
}

/** A format of model files that no product has: what a format takes at the least. */
export const toy: ModelFormat = {
  name: 'toy',
  endings: ['.toy.json'],
  goodnetEnding: '.both.json',
  dialects: { toy: 'Toy' },
  read: async ({ name, bytes, sha256, memoryBytes }) => {
    const { topology, weights } = parsed(bytes, name);
    const model = buildModel(
      topology,
      (needs) =>
        new Map(
          [...needs].map(([layer, needed]) => [
            layer,
            needed.map(([weight, shape]) => {
              const at = `${layer}/${weight}`;
              return { name: weight, shape, path: at, values: Float32Array.from(weights[at]!) };
            }),
          ]),
        ),
      name,
      sha256,
      memoryBytes,
    );
    return { model: { ...model, dialect: 'toy' }, bytes, config: JSON.stringify(topology) };
  },
  repaired: async ({ model, bytes }, edits) => encoded(edited(parsed(bytes, model.file), edits)),
  joined: async ({ model, bytes }, edits, content) => {
    const net = parsed(bytes, model.file);
    writeAll(content, encoded([net, edited(net, edits)]));
  },
};

/** Writes a net that was read from another format. */
export function toyFile({ name, calls, input, output }: Model, file: string): void {
  const layers = [...new Set(calls.map(({ layer }) => layer))];
  const stored: Stored = {
    topology: {
      name,
      dialect: 'keras3',
      layers: layers.map(({ options, ...layer }) => ({ ...layer, config: options })),
      calls: calls.map(({ id, layer, inputs }) => ({ id, layer: layer.name, inputs })),
      input,
      output,
    },
    weights: Object.fromEntries(
      layers.flatMap((layer) => layer.weights.map((weight) => [`${layer.name}/${weight.name}`, [...weight.values]])),
    ),
  };
  writeFileSync(file, encoded(stored));
}

const encoded = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function parsed(bytes: Uint8Array, file: string): Stored {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Stored;
  } catch {
    throw failure('model-config', file, { cause: 'it is no JSON' });
  }
}

function edited({ topology, weights }: Stored, edits: Edits): Stored {
  const changed = Object.fromEntries([...edits].map(([at, values]): [string, number[]] => [at, [...values]]));
  return { topology, weights: { ...weights, ...changed } };
}
