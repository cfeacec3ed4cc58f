import { failure } from '../errors.ts';
import type { Dialect } from './layers/spec.ts';

/** One use of a layer on some tensors. A layer that is used twice has two calls. */
export interface CallConfig {
  id: string;
  layer: string;
  inputs: string[];
}

/** A Keras model config as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology {
  name: string;
  dialect: Dialect;
  layers: { name: string; className: string; config: Record<string, unknown> }[];
  calls: CallConfig[];
  input: string;
  output: string;
}

type Json = Record<string, unknown>;

/** Far above any published net; walks over the graph stay within the stack. */
const mostLayers = 4000;

/** Reads the JSON that Keras stores as `model_config`. Throws `model-config` or `model-shape`; runs nothing that it finds. */
export function readTopology(json: string, file: string): Topology {
  const refuse = (cause: string) => failure('model-config', file, { cause });
  let root: Json;
  try {
    root = object(JSON.parse(json));
  } catch {
    throw refuse('it is no JSON object');
  }
  const config = Array.isArray(root['config']) ? { layers: root['config'] } : object(root['config']);
  if (!Array.isArray(config['layers']) || config['layers'].length === 0) throw refuse('it lists no layers');
  if (config['layers'].length > mostLayers) throw refuse(`it lists ${config['layers'].length} layers, at most ${mostLayers} are read`);
  const entries = config['layers'].map(object);
  const dialect: Dialect = entries.some((entry) => 'batch_shape' in object(entry['config'])) ? 'keras3' : 'keras2';
  const name = typeof config['name'] === 'string' ? config['name'] : 'model';
  if (root['class_name'] === 'Sequential') return sequential(name, dialect, entries, refuse);
  if (root['class_name'] === 'Functional' || root['class_name'] === 'Model') return functional(name, dialect, config, entries, file, refuse);
  throw failure('layer-unsupported', file, { layer: name, className: String(root['class_name']) });
}

type Refuse = (cause: string) => Error;

function sequential(name: string, dialect: Dialect, entries: Json[], refuse: Refuse): Topology {
  const layers = entries.map((entry) => layerOf(entry, refuse));
  const first = layers[0]!;
  if (first.className !== 'InputLayer') {
    const batch_shape = first.config['batch_input_shape'] ?? first.config['batch_shape'];
    if (batch_shape === undefined) throw refuse('it does not say the input shape; build the model before saving it');
    layers.unshift({ name: `${first.name}_input`, className: 'InputLayer', config: { batch_shape } });
  }
  const calls = layers.map((layer, i) => ({ id: layer.name, layer: layer.name, inputs: i === 0 ? [] : [layers[i - 1]!.name] }));
  return { name, dialect, layers, calls, input: calls[0]!.id, output: calls.at(-1)!.id };
}

function functional(name: string, dialect: Dialect, config: Json, entries: Json[], file: string, refuse: Refuse): Topology {
  const layers = entries.map((entry) => layerOf(entry, refuse));
  const calls = entries.flatMap((entry, i): CallConfig[] => {
    const nodes = Array.isArray(entry['inbound_nodes']) ? entry['inbound_nodes'] : [];
    const layer = layers[i]!.name;
    if (nodes.length === 0) return [{ id: layer, layer, inputs: [] }];
    return nodes.map((node: unknown, n) => ({ id: callId(layer, n), layer, inputs: inboundTensors(node, layer, refuse) }));
  });
  const inputs = tensorList(config['input_layers'], refuse);
  const outputs = tensorList(config['output_layers'], refuse);
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw failure('model-shape', file, { cause: `${inputs.length} inputs and ${outputs.length} outputs` });
  }
  return { name, dialect, layers, calls, input: inputs[0]!, output: outputs[0]! };
}

const callId = (layer: string, node: number): string => (node === 0 ? layer : innerId(layer, String(node)));

/** An id beside a layer's own that no layer can be called: names in HDF5 files end before a NUL. */
export const innerId = (id: string, part: string): string => `${id}\0${part}`;

function layerOf(entry: Json, refuse: Refuse): Topology['layers'][number] {
  const config = object(entry['config']);
  const name = entry['name'] ?? config['name'];
  if (typeof name !== 'string' || typeof entry['class_name'] !== 'string') throw refuse('a layer has no name or class');
  const module = entry['module'];
  const foreign = (typeof module === 'string' && !/^(tf_)?keras(\.|$)/.test(module)) || (entry['registered_name'] ?? null) !== null;
  const className = foreign ? (typeof entry['registered_name'] === 'string' ? entry['registered_name'] : `${String(module)}.${entry['class_name']}`) : entry['class_name'];
  return { name, className, config };
}

/** Keras 2: `[[name, node, tensor, kwargs], ...]`; Keras 3: `{args, kwargs}` with the tensors anywhere inside `args`. */
function inboundTensors(node: unknown, layer: string, refuse: Refuse): string[] {
  if (Array.isArray(node)) return node.map((reference) => tensor(reference, layer, refuse));
  const { args, kwargs } = object(node);
  const plain = Object.values(object(kwargs)).every((value) => value === null || value === false);
  if (!plain) throw refuse(`layer ${layer} is called with arguments that are not supported`);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (object(value)['class_name'] === '__keras_tensor__') found.push(tensor(object(object(value)['config'])['keras_history'], layer, refuse));
    else throw refuse(`layer ${layer} is called with something that is no tensor`);
  };
  walk(args);
  return found;
}

function tensor(reference: unknown, layer: string, refuse: Refuse): string {
  const [name, node, index, kwargs] = Array.isArray(reference) ? (reference as unknown[]) : [];
  const plain = Object.values(object(kwargs ?? {})).every((value) => value === null || value === false);
  if (typeof name !== 'string' || typeof node !== 'number' || index !== 0 || !plain) throw refuse(`the inputs of layer ${layer} cannot be read`);
  return callId(name, node);
}

/** `[[name, node, tensor], ...]`, or Keras 3's flat `[name, node, tensor]` for a single tensor. */
function tensorList(value: unknown, refuse: Refuse): string[] {
  if (!Array.isArray(value)) throw refuse('its inputs or outputs are not a list');
  const list: unknown[] = typeof value[0] === 'string' ? [value] : value;
  return list.map((reference) => tensor(reference, 'the model', refuse));
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
