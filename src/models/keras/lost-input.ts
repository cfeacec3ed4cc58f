import { failure } from '../../base/errors.ts';
import { parseJson } from '../../formats/json.ts';
import { parseOptions } from '../layers/allow-list.ts';
import { flatten } from './flatten.ts';
import { type Json, object } from './inbound-nodes.ts';
import { inOrder } from './carried.ts';
import { type Net, readNet } from './topology.ts';

/** The JSON of a net, the Keras that its file says it was written by, and what messages call the file. */
export interface StoredNet {
  config: string;
  version: string | null;
  source: string;
}

export const lacksInput = (net: StoredNet): boolean => unbuilt(net) !== null;

/** The layers of a Sequential whose config does not say its input shape, since it was saved before it was built; null for others. */
function unbuilt({ config, source }: StoredNet): { root: Json; layers: unknown[] } | null {
  const root = object(parseJson(config, (cause) => failure('model-config', source, { cause })));
  const inner = Array.isArray(root['config']) ? { layers: root['config'] } : object(root['config']);
  const layers = inner['layers'];
  if (root['class_name'] !== 'Sequential' || !Array.isArray(layers) || inner['build_input_shape'] != null) return null;
  const first = object(layers[0]);
  const saysShape = ['layers', 'batch_input_shape', 'batch_shape'].some((key) => object(first['config'])[key] != null);
  return saysShape || first['class_name'] === 'InputLayer' ? null : { root, layers };
}

/**
 * `own` with the input shape of `architecture`, where it does not say one. Keras loads no such file as a model, but its weights into the architecture: both
 * must have the same layers. Throws `model-architecture`.
 */
export function withInputOf(own: StoredNet, architecture: StoredNet): StoredNet {
  const lost = unbuilt(own);
  if (lost === null) return own;
  const full = readNet(architecture.config, architecture.source, architecture.version);
  const { batch_input_shape: early, batch_shape: shape = early } = object(
    full.layers.find(({ name }) => name === full.input)?.config,
  );
  const inner = { ...object(lost.root['config']), layers: lost.layers, build_input_shape: shape };
  const found = { ...own, config: JSON.stringify({ ...lost.root, config: inner }) };
  if (layersOf(readNet(found.config, own.source, own.version), own.source) !== layersOf(full, architecture.source))
    throw failure('model-architecture', architecture.source, {
      cause: `its layers are others than those of ${own.source}`,
    });
  return found;
}

/** All layers of a net but its input, with what they compute. */
const layersOf = (net: Net, file: string): string =>
  inOrder(
    flatten(net, file)
      .topology.layers.filter(({ className }) => className !== 'InputLayer')
      .map(({ name, className, config }) => [className, parseOptions(file, name, className, config, net.dialect)]),
  );
