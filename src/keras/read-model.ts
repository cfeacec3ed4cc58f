import { failure } from '../errors.ts';
import { type OpenFile, readAll } from '../files.ts';
import { type Hdf5File, openHdf5 } from './hdf5.ts';
import { layerSpecs } from './layers/allow-list.ts';
import type { Shape } from './layers/spec.ts';
import { buildModel, type Model, type Weight, type WeightSource } from './model.ts';
import { readTopology } from './topology.ts';

/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ModelFile {
  model: Model;
  bytes: Uint8Array;
  /** The JSON that describes the net: the file's own, or the architecture's for a weights-only file. */
  config: string;
}

/**
 * Reads a Keras HDF5 model. A weights-only file takes its wiring from `architecture`, a full model or the JSON of `model.to_json()`.
 * Layers and options outside the allow-list are refused by name. Throws GoodnetError only.
 */
export async function readModel(file: OpenFile, architecture: OpenFile | null): Promise<ModelFile> {
  const bytes = readAll(file);
  const hdf5 = await openHdf5(inMemory(file.name, bytes));
  try {
    const own = hdf5.attribute('', 'model_config');
    const root = hdf5.children('').includes('model_weights') ? 'model_weights' : '';
    if (hdf5.attribute(root, 'layer_names') === null && hdf5.attribute(root, 'layer_names0') === null) throw failure('model-not-keras', file.name);
    if (own === null && architecture === null) throw failure('model-weights-only', file.name);
    const config = typeof own === 'string' ? own : await readArchitecture(architecture!);
    const topology = readTopology(config, typeof own === 'string' ? file.name : architecture!.name);
    const weighted = topology.layers.filter((layer) => layerSpecs.get(layer.className)?.weights).map((layer) => layer.name);
    const model = buildModel(topology, storedWeights(hdf5, root, file.name, weighted), file.name, file.sha256);
    return { model, bytes, config };
  } finally {
    hdf5.close();
  }
}

async function readArchitecture(file: OpenFile): Promise<string> {
  const bytes = readAll(file);
  if (bytes[0] === '{'.charCodeAt(0)) return new TextDecoder().decode(bytes);
  const hdf5 = await openHdf5(inMemory(file.name, bytes));
  try {
    const config = hdf5.attribute('', 'model_config');
    if (typeof config !== 'string') throw failure('model-architecture', file.name, { cause: 'it holds weights only' });
    return config;
  } finally {
    hdf5.close();
  }
}

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

/** Looks weights up by layer name; where names differ, by the order of the layers that have weights, as Keras does. */
function storedWeights(hdf5: Hdf5File, root: string, file: string, weighted: string[]): WeightSource {
  const stored = new Map(list(hdf5, root, 'layer_names').map((name) =>
    [name, list(hdf5, `${root}/${name}`, 'weight_names').map((weight) => `${root}/${name}/${weight}`)]));
  const filled = [...stored].filter(([, paths]) => paths.length > 0);
  const byOrder = filled.some(([name]) => !weighted.includes(name));
  return (layer, needed) => {
    const paths = (byOrder && needed.length > 0 ? filled[weighted.indexOf(layer)]?.[1] : stored.get(layer)) ?? [];
    if (paths.length !== needed.length) {
      throw failure('layer-weights', file, { layer, cause: `the file holds ${paths.length} weights for it, the net needs ${needed.length}` });
    }
    return needed.map(([name, shape], i) => {
      const path = paths.find((p) => baseName(p) === name) ?? paths[i]!;
      return { name, shape, path, values: readWeight(hdf5, path, shape, file, layer) } satisfies Weight;
    });
  };
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/:\d+$/, '');

function readWeight(hdf5: Hdf5File, path: string, shape: Shape, file: string, layer: string): Float32Array {
  const refuse = (cause: string) => failure('layer-weights', file, { layer, cause });
  const array = hdf5.array(path);
  const name = baseName(path);
  if (array === null) throw refuse(`its weight ${name} is missing`);
  if (array.dtype !== 'float32') throw refuse(`its weight ${name} has the type ${array.dtype}, only float32 is supported`);
  if (array.shape.join() !== shape.join()) throw refuse(`its weight ${name} has the shape ${array.shape.join('x')}, the net needs ${shape.join('x')}`);
  const values = array.rows(0, shape[0] ?? 1) as Float32Array;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw refuse(`its weight ${name} holds the value ${values[bad]}`);
  return values;
}

/** A list attribute; one over 64 kB is split into `name0`, `name1`, ... */
function list(hdf5: Hdf5File, path: string, name: string): string[] {
  const whole = hdf5.attribute(path, name);
  if (Array.isArray(whole)) return whole;
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = hdf5.attribute(path, `${name}${i}`);
    if (!Array.isArray(part)) return parts;
    parts.push(...part);
  }
}
