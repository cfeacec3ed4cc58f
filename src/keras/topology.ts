import { failure } from '../errors.ts';
import { limits } from '../limits.ts';
import { kerasOrder } from './keras-order.ts';
import { layerSpecs } from './layers/allow-list.ts';
import { callId, inboundTensors, type Json, object, type ReadTensor, type Refuse, tensor, tensorList } from './inbound-nodes.ts';
import type { Dialect } from './layers/spec.ts';

/** One use of a layer on some tensors. A layer that is used twice has two calls. */
export interface CallConfig {
  id: string;
  layer: string;
  inputs: string[];
}

/** A layer with the options that its config gives it. */
export interface LayerConfig {
  name: string;
  className: string;
  config: Record<string, unknown>;
}

/** A flat net as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology {
  name: string;
  dialect: Dialect;
  layers: LayerConfig[];
  calls: CallConfig[];
  input: string;
  output: string;
}

/** A net as its config holds it: a layer may be a net again. */
export interface Net extends Omit<Topology, 'layers'> {
  className: 'Functional' | 'Sequential';
  layers: (LayerConfig & { net?: Net })[];
}

/** What is the same for all nets of one config. */
interface Context { dialect: Dialect; file: string; refuse: Refuse }

const netClasses = new Map([['Functional', 'Functional'], ['Model', 'Functional'], ['Sequential', 'Sequential']] as const) as ReadonlyMap<string, Net['className']>;

/** Reads the JSON that Keras stores as `model_config` or `config.json`. Throws `model-config` or `model-shape`; runs nothing that it finds. */
export function readNet(json: string, file: string): Net {
  const refuse = (cause: string) => failure('model-config', file, { cause });
  let root: Json;
  try {
    root = object(JSON.parse(json));
  } catch {
    throw refuse('it is no JSON object');
  }
  const name = typeof object(root['config'])['name'] === 'string' ? String(object(root['config'])['name']) : 'model';
  const { className } = layerOf({ name, ...root }, refuse);
  if (!netClasses.has(className)) throw failure('layer-unsupported', file, { layer: name, className });
  return netOf(name, { ...root, class_name: className }, { dialect: /"batch_shape":/.test(json) ? 'keras3' : 'keras2', file, refuse }, 0);
}

function netOf(name: string, entry: Json, context: Context, depth: number): Net {
  const { refuse } = context;
  if (depth > limits.netDepth) throw refuse(`its models are nested over ${limits.netDepth} deep`);
  const config = Array.isArray(entry['config']) ? { layers: entry['config'] } : object(entry['config']);
  if (!Array.isArray(config['layers']) || config['layers'].length === 0) throw refuse(`${depth === 0 ? 'it' : `the model ${name}`} lists no layers`);
  const entries = config['layers'].map(object);
  const layers = entries.map((each): Net['layers'][number] => {
    const layer = layerOf(each, refuse);
    return netClasses.has(layer.className) ? { ...layer, net: netOf(layer.name, each, context, depth + 1) } : layer;
  });
  const unknown = layers.find((layer) => layer.net === undefined && !layerSpecs.has(layer.className));
  if (unknown !== undefined) throw unsupported(context.file, unknown);
  const names = new Set<string>();
  const twice = layers.find((layer) => names.size === names.add(layer.name).size);
  if (twice !== undefined) throw refuse(`two layers are named ${twice.name}`);
  const className = netClasses.get(String(entry['class_name']))!;
  return { name, className, dialect: context.dialect, ...(className === 'Sequential' ? sequential(layers, config, context, depth) : functional(layers, entries, config, context, depth === 0 ? '' : `a model ${name} inside it with `)) };
}

/** Arithmetic on tensors, which Keras keeps as layers: mostly what `preprocess_input` leaves in a net. */
const arithmetic = /^(TFOpLambda|SlicingOpLambda|GetItem|Divide|TrueDivide|Subtract|Power|Negative|Cast)$/;

function unsupported(file: string, { name, className }: LayerConfig): Error {
  return failure(arithmetic.test(className) ? 'operation-unsupported' : 'layer-unsupported', file, { layer: name, className });
}

type Wiring = Pick<Net, 'layers' | 'calls' | 'input' | 'output'>;

function sequential(layers: Net['layers'], config: Json, { refuse }: Context, depth: number): Wiring {
  const first = layers[0]!;
  const shape = inputShape(first) ?? config['build_input_shape'];
  if (shape === undefined && depth === 0) throw refuse('it does not say the input shape; build the model before saving it');
  const all = first.className === 'InputLayer' ? layers : [{ name: `${first.name}_input`, className: 'InputLayer', config: { batch_shape: shape } }, ...layers];
  const calls = all.map((layer, i) => ({ id: layer.name, layer: layer.name, inputs: i === 0 ? [] : [all[i - 1]!.name] }));
  return { layers: all, calls, input: calls[0]!.id, output: calls.at(-1)!.id };
}

function inputShape(layer: Net['layers'][number]): unknown {
  const inner = layer.net?.layers.find((other) => other.name === layer.net!.input);
  return inner === undefined ? layer.config['batch_input_shape'] ?? layer.config['batch_shape'] : inputShape(inner);
}

function functional(layers: Net['layers'], entries: Json[], config: Json, { dialect, file, refuse }: Context, who: string): Wiring {
  // A net built on an input layer counts that as its first use in Keras 2, and its config lists the later ones only.
  const skipped = new Map(layers.map((layer) => [layer.name, dialect === 'keras2' && layer.net?.layers[0]?.className === 'InputLayer' ? 1 : 0]));
  const read: ReadTensor = (reference, reader) => tensor(reference, reader, skipped, refuse);
  const calls = entries.flatMap((entry, i): CallConfig[] => {
    const nodes = Array.isArray(entry['inbound_nodes']) ? entry['inbound_nodes'] : [];
    const layer = layers[i]!.name;
    if (nodes.length === 0) return [{ id: layer, layer, inputs: [] }];
    return nodes.map((node: unknown, n) => ({ id: callId(layer, n), layer, inputs: inboundTensors(node, layer, read, refuse) }));
  });
  const inputs = tensorList(config['input_layers'], read, refuse);
  const outputs = tensorList(config['output_layers'], read, refuse);
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw failure('model-shape', file, { cause: `${who}${inputs.length} inputs and ${outputs.length} outputs` });
  }
  if (layers.find((layer) => layer.name === inputs[0])?.className !== 'InputLayer') throw refuse(`its input ${inputs[0]} is no input layer`);
  checkOrder(layers, kerasOrder(calls, outputs[0]!), refuse);
  return { layers, calls, input: inputs[0]!, output: outputs[0]! };
}

/** Files hold weights in the order of the layers. Keras makes its own of the wiring: where the config lists another, it would load another net. */
function checkOrder(layers: Net['layers'], order: readonly string[] | null, refuse: Refuse): void {
  if (order === null) return;
  const place = new Map(order.map((name, i) => [name, i]));
  const weighted = layers.filter(({ name, className, net }) => place.has(name) && (net !== undefined || layerSpecs.get(className)?.weights !== undefined));
  const early = weighted.find(({ name }, i) => i > 0 && place.get(name)! < place.get(weighted[i - 1]!.name)!);
  if (early !== undefined) throw refuse(`it lists ${early.name} in another place than Keras, which fills in weights by order`);
}

function layerOf(entry: Json, refuse: Refuse): LayerConfig {
  const config = object(entry['config']);
  const name = entry['name'] ?? config['name'];
  if (typeof name !== 'string' || typeof entry['class_name'] !== 'string') throw refuse('a layer has no name or class');
  const [module, registered] = [entry['module'] ?? null, entry['registered_name'] ?? null];
  const keras = typeof module === 'string' && /^(tf_)?keras(\.|$)/.test(module);
  // Keras registers its nets and operations under their own names; a class of somebody else's may bear the same.
  if (registered !== null && !(keras && registered === entry['class_name'])) return { name, className: `${JSON.stringify(registered).slice(1, -1)} (custom)`, config };
  const foreign = module !== null && !keras;
  return { name, className: foreign ? `${JSON.stringify(module).slice(1, -1)}.${entry['class_name']}` : entry['class_name'], config };
}
