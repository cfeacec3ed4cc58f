import { failure } from '../errors.ts';
import { type OpenFile, readAll } from '../files.ts';
import { isZip, openZip } from './archive.ts';
import { flatten } from './flatten.ts';
import { openHdf5 } from './hdf5.ts';
import { buildModel, type Model } from './model.ts';
import { weightsIn } from './saved-weights.ts';
import { readNet } from './topology.ts';

/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ModelFile {
  model: Model;
  bytes: Uint8Array;
  /** The JSON that describes the net: the file's own, or the architecture's for a weights-only file. */
  config: string;
}

/** Where a `.keras` archive keeps the net and its weights. */
const configEntry = 'config.json';
export const weightsEntry = 'model.weights.h5';

/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from `architecture`, a full model
 * or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused by name. Throws GoodnetError only.
 */
export async function readModel(file: OpenFile, architecture: OpenFile | null): Promise<ModelFile> {
  const bytes = readAll(file);
  const archive = isZip(bytes) ? openKeras(file.name, bytes) : null;
  const hdf5 = await openHdf5(inMemory(file.name, archive === null ? bytes : archive.bytes(weightsEntry)));
  try {
    const own = archive === null ? hdf5.attribute('', 'model_config') : text(archive.bytes(configEntry));
    const config = typeof own === 'string' ? own : architecture && (await readArchitecture(architecture));
    const weights = weightsIn(hdf5);
    if (weights === null) throw failure('model-not-keras', file.name);
    if (config === null) throw failure('model-weights-only', file.name);
    const source = typeof own === 'string' ? file.name : architecture!.name;
    const { topology, places } = flatten(readNet(config, source), source);
    const model = buildModel(topology, weights({ hdf5, file: file.name, places }), file.name, file.sha256);
    return { model, bytes, config };
  } finally {
    hdf5.close();
  }
}

async function readArchitecture(file: OpenFile): Promise<string> {
  const bytes = readAll(file);
  if (bytes[0] === '{'.charCodeAt(0)) return text(bytes);
  if (isZip(bytes)) return text(openKeras(file.name, bytes).bytes(configEntry));
  const hdf5 = await openHdf5(inMemory(file.name, bytes));
  try {
    const config = hdf5.attribute('', 'model_config');
    if (typeof config !== 'string') throw failure('model-architecture', file.name, { cause: 'it holds weights only' });
    return config;
  } finally {
    hdf5.close();
  }
}

function openKeras(name: string, bytes: Uint8Array) {
  if (!name.endsWith('.keras')) throw failure('model-not-keras', name);
  const archive = openZip(name, bytes);
  if (![configEntry, weightsEntry].every((entry) => archive.sizes.has(entry))) throw failure('model-not-keras', name);
  return archive;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function inMemory(name: string, bytes: Uint8Array) {
  return {
    name,
    size: bytes.length,
    read: (target: Uint8Array, offset: number) => {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      return part.length;
    },
  };
}
