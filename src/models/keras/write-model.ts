import { isZip, openZip, writeZip } from '../../formats/archive.ts';
import type { Written } from '../../formats/written-bytes.ts';
import type { Dialect } from '../layers/spec.ts';
import type { Edits, Model } from '../net.ts';
import { flatConfig } from './flat-config.ts';
import { type FlatLayer, goodnetLayers } from './goodnet.ts';
import { kerasOrder } from './keras-order.ts';
import { isOfOneKeras } from './plain-layers.ts';
import { kerasEntries, weightsEntry } from './read-model.ts';
import { createHdf5, type GroupContent, replaceArrays } from '../../formats/write-hdf5.ts';

/**
 * The pruned model: the input's own bytes with nothing but the pruned weights changed, so that it loads wherever the input loads.
 * A `.keras` archive keeps its own entries, all stored. `bytes` were read as a model before.
 */
export async function writePruned(bytes: Uint8Array, edits: Edits): Promise<Uint8Array> {
  if (!isZip(bytes)) return replaceArrays(bytes, edits);
  const archive = openZip('the model', bytes);
  const entries = new Map(
    [...archive.sizes.keys()]
      .filter((entry) => kerasEntries.includes(entry))
      .map((entry) => [entry, archive.bytes(entry)]),
  );
  return writeZip(entries.set(weightsEntry, await replaceArrays(entries.get(weightsEntry)!, edits)));
}

/**
 * Writes the GoodNet of a model and its pruned copy as one HDF5 model of ordinary layers for Keras 2 and Keras 3; or for the Keras
 * of the model alone, where it computes what the two have no layer for.
 */
export function writeGoodnet(model: Model, edits: Edits, content: Written): Promise<void> {
  const made = goodnetLayers(model, edits);
  const byName = new Map(made.map((layer) => [layer.name, layer]));
  const layers = kerasOrder(
    made.map(({ name, inputs }) => ({ id: name, layer: name, inputs })),
    made.at(-1)!.name,
  )!.layers.map((name) => byName.get(name)!);
  const dialect = goodnetDialect(model) ?? 'keras2';
  const writer = { keras_version: versions[dialect], backend: 'tensorflow' };
  const weights = {
    attributes: { ...writer, layer_names: layers.map((layer) => layer.name) },
    arrays: {},
    groups: Object.fromEntries(layers.map((layer) => [layer.name, weightGroup(layer)])),
  };
  const config = JSON.stringify(flatConfig(layers, dialect));
  const root = { attributes: { ...writer, model_config: config }, arrays: {}, groups: { model_weights: weights } };
  return createHdf5(root, content);
}

const versions: Record<Dialect, string> = { keras2: '2.7.0', keras3: '3.0.0' };

/** The Keras that alone reads a model's GoodNets, being that of the model; null where both do. */
export const goodnetDialect = ({ calls, dialect }: Model): Dialect | null =>
  calls.some(({ layer }) => isOfOneKeras(layer)) ? (dialect as Dialect) : null;

function weightGroup({ name, weights }: FlatLayer): GroupContent {
  const paths = weights.map((weight) => `${name}/${weight.name}:0`);
  return {
    attributes: { weight_names: paths },
    groups: {},
    arrays: Object.fromEntries(weights.map((weight, i) => [paths[i]!, { shape: weight.shape, values: weight.values }])),
  };
}
