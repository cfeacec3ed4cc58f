import { failure } from '../../base/errors.ts';
import { parseJson } from '../../formats/json.ts';
import { dtypeName, parseOptions } from '../layers/allow-list.ts';
import { withActivationLayers } from './activation-layers.ts';
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

/** The layers of a Sequential whose config does not say its input shape, since it was saved before it was built; null for others. */
function unbuilt({ config, source }: StoredNet): { root: Json; layers: unknown[] } | null {
  const root = object(parseJson(config, (cause) => failure('model-config', source, { cause })));
  const inner = Array.isArray(root['config']) ? { layers: root['config'] } : object(root['config']);
  const layers = inner['layers'];
  if (root['class_name'] !== 'Sequential' || !Array.isArray(layers) || inner['build_input_shape'] != null) return null;
  const first = object(layers[0]);
  if (object(root['build_config'])['input_shape'] != null || object(root['build_config'])['shapes_dict'] != null)
    return null;
  const saysShape = ['layers', 'batch_input_shape', 'batch_shape'].some((key) => object(first['config'])[key] != null);
  return saysShape || first['class_name'] === 'InputLayer' ? null : { root, layers };
}

/**
 * The net of a file that has its own, beside an `architecture` that its weights may be loaded into: the two must
 * compute the same. It is the architecture where the file does not say its input shape: Keras loads no such file as a
 * model, and where parts of it are built, by itself. Throws `model-architecture`.
 */
export function sameNet(own: StoredNet, architecture: StoredNet): StoredNet {
  const full = readNet(architecture.config, architecture.source, architecture.version);
  const lost = unbuilt(own);
  const built = readNet(lost === null ? own.config : filled(lost, full), own.source, own.version);
  if (computedBy(built, own.source) !== computedBy(full, architecture.source))
    throw failure('model-architecture', architecture.source, {
      cause: `it computes another net than ${own.source}`,
    });
  return lost === null ? own : architecture;
}

/** The JSON of a net that lacks its input shape, with that of another. */
function filled({ root, layers }: NonNullable<ReturnType<typeof unbuilt>>, full: Net): string {
  const { batch_input_shape: early, batch_shape: shape = early } = object(
    full.layers.find(({ name }) => name === full.input)?.config,
  );
  const inner = { ...object(root['config']), layers, build_input_shape: shape };
  return JSON.stringify({ ...root, config: inner });
}

/** What a net computes: its layers with their options and number formats, and which call reads which. */
function computedBy(net: Net, file: string): string {
  const { topology } = withActivationLayers(flatten(net, file), file);
  const layers = new Map(topology.layers.map(({ name }, i) => [name, i]));
  const calls = new Map(topology.calls.map(({ id }, i) => [id, i]));
  return inOrder([
    topology.layers.map(({ name, className, config }) =>
      className === 'InputLayer'
        ? className
        : [className, dtypeName(config['dtype']), parseOptions(file, name, className, config, net.dialect)],
    ),
    topology.calls.map(({ layer, inputs }) => [layers.get(layer), inputs.map((id) => calls.get(id))]),
    (topology.dtypes ?? []).map(dtypeName),
  ]);
}
