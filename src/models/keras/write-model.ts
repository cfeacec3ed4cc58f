import { isZip, openZip, writeZip } from '../../formats/archive.ts';
import { type Edits, goodnetName, type Model } from '../net.ts';
import { type FlatLayer, goodnetLayers } from './goodnet.ts';
import { kerasOrder } from './keras-order.ts';
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

/** The GoodNet of a model and its pruned copy as one ordinary HDF5 model for Keras 2 and Keras 3. */
export function writeGoodnet(model: Model, edits: Edits): Promise<Uint8Array> {
  const made = goodnetLayers(model, edits);
  const byName = new Map(made.map((layer) => [layer.name, layer]));
  const layers = kerasOrder(
    made.map(({ name, inputs }) => ({ id: name, layer: name, inputs })),
    made.at(-1)!.name,
  )!.layers.map((name) => byName.get(name)!);
  return createHdf5({
    attributes: { keras_version: '2.7.0', backend: 'tensorflow', model_config: JSON.stringify(config(layers)) },
    arrays: {},
    groups: {
      model_weights: {
        attributes: { keras_version: '2.7.0', backend: 'tensorflow', layer_names: layers.map((layer) => layer.name) },
        arrays: {},
        groups: Object.fromEntries(layers.map((layer) => [layer.name, weightGroup(layer)])),
      },
    },
  });
}

function weightGroup({ name, weights }: FlatLayer): GroupContent {
  const paths = weights.map((weight) => `${name}/${weight.name}:0`);
  return {
    attributes: { weight_names: paths },
    groups: {},
    arrays: Object.fromEntries(weights.map((weight, i) => [paths[i]!, { shape: weight.shape, values: weight.values }])),
  };
}

function config(layers: readonly FlatLayer[]): object {
  return {
    class_name: 'Functional',
    config: {
      name: goodnetName,
      layers: layers.map(({ name, className, options, inputs }) => ({
        class_name: className,
        name,
        config: { name, dtype: 'float32', ...options },
        inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
      })),
      input_layers: [[layers[0]!.name, 0, 0]],
      output_layers: [[layers.at(-1)!.name, 0, 0]],
    },
  };
}
