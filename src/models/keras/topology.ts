import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { CallConfig, LayerConfig, Topology } from '../build-model.ts';
import { checkEntry, checkNetKeys, dialectOf, type Entry, readEntry } from './config-entries.ts';
import {
  callId,
  inboundTensors,
  type Json,
  object,
  type ReadTensor,
  type Refuse,
  tensor,
  tensorList,
} from './inbound-nodes.ts';
import { classNameOf } from './class-names.ts';
import { checkForeign } from './foreign-layers.ts';
import { parseJson } from '../../formats/json.ts';
import { kerasOrder } from './keras-order.ts';
import { areOperations } from '../layers/merging.ts';
import { trainingOnly } from '../layers/regularization.ts';
import { asLayer, type Read } from './operations.ts';
import { layerSpecs } from '../layers/allow-list.ts';
import type { Dialect } from '../layers/spec.ts';
import { type NetClass, netClasses } from './net-classes.ts';

/** A net as its config holds it: a layer may be a net again. */
export interface Net extends Omit<Topology, 'layers' | 'dtypes' | 'entries'> {
  className: NetClass;
  config: Json;
  layers: (LayerConfig & { net?: Net; savedAs?: string })[];
}

/** What is the same for all nets of one config. */
interface Context {
  dialect: Dialect;
  file: string;
  refuse: Refuse;
}

/**
 * Reads the JSON that Keras stores as `model_config` or `config.json`. `version` is the Keras that the file says it was written by; null if it
 * does not say. All that stands there is accounted for, or refused. Throws `model-config`, `model-shape` or `layer-unsupported`; runs nothing
 * that it finds.
 */
export function readNet(json: string, file: string, version: string | null = null): Net {
  const refuse = (cause: string) => failure('model-config', file, { cause });
  const root = object(parseJson(json, refuse));
  const entry = readEntry(root, true, refuse);
  if (!netClasses.has(entry.className))
    throw failure('layer-unsupported', file, { layer: entry.name, className: entry.className });
  checkEntry(root, entry, 'root', refuse);
  if (version?.startsWith('1.'))
    throw failure('model-keras1', file, { sign: `it says that Keras ${version} wrote it` });
  return netOf(entry, { dialect: dialectOf(root, version, refuse), file, refuse }, 0);
}

function netOf({ name, className: given, config, declaredShapes }: Entry, context: Context, depth: number): Net {
  const { refuse, dialect, file } = context;
  const className = netClasses.get(given)!;
  const who = depth === 0 ? 'it' : `a model ${name}`;
  if (depth > limits.netDepth) throw refuse(`its models are nested over ${limits.netDepth} deep`);
  if (!Array.isArray(config['layers']) || config['layers'].length === 0) throw refuse(`${who} lists no layers`);
  checkNetKeys(name, className, config, refuse);
  const read = config['layers'].map(object).map((entry): Read => {
    const given = readEntry(entry, false, refuse);
    checkForeign(given, file);
    const layer = { ...given, className: classNameOf(given.className, dialect) };
    const known = asLayer({ entry, layer }, file);
    if (known === null || !isKnown(known.layer)) throw unsupported(file, layer, entry);
    return known;
  });
  const entries = read.map(({ entry }) => entry);
  const layers = read.map(({ entry, layer }): Net['layers'][number] => {
    checkEntry(entry, layer, className, refuse);
    return netClasses.has(layer.className) ? { ...layer, net: netOf(layer, context, depth + 1) } : layer;
  });
  const names = new Set<string>();
  const twice = layers.find((layer) => names.size === names.add(layer.name).size);
  if (twice !== undefined) throw refuse(`two layers are named ${twice.name}`);
  const wiring =
    className === 'Sequential'
      ? sequential(layers, config, who, context)
      : functional(layers, entries, config, context, depth === 0 ? '' : `${who} inside it with `);
  const own = inputShape(wiring.layers.find((layer) => layer.name === wiring.input)!);
  const other = declaredShapes.find((shape) => !agree(onlyOf(shape), own));
  if (other !== undefined)
    throw refuse(
      `the model ${name} is said to be built for ${JSON.stringify(other)}, and its input is ${JSON.stringify(own)}`,
    );
  return { name, className, config, dialect, ...wiring };
}

/** The shape of the one input, which a net that has its input by name gives by that name. */
function onlyOf(shape: unknown): unknown {
  const named = Array.isArray(shape) ? [] : Object.values(object(shape));
  return named.length === 1 ? named[0] : shape;
}

/** Whether a layer is a net or on the allow-list; one of Keras's own is none of the operations. */
const isKnown = ({ className, savedAs }: Entry): boolean =>
  netClasses.has(className) || (layerSpecs.has(className) && (savedAs !== undefined || !areOperations.has(className)));

/** Arithmetic on tensors, which Keras keeps as layers: mostly what `preprocess_input` leaves in a net. */
const arithmetic = /^(TFOpLambda|TensorFlowOpLayer|SlicingOpLambda|GetItem|Divide|TrueDivide|Power|Negative|Cast)$/;

function unsupported(file: string, { name, className }: LayerConfig, { module, class_name: given }: Json): Error {
  if (typeof module === 'string' && module.startsWith('keras.src.ops.'))
    return failure('operation-unsupported', file, { layer: name, className: String(given) });
  return failure(arithmetic.test(className) ? 'operation-unsupported' : 'layer-unsupported', file, {
    layer: name,
    className,
  });
}

type Wiring = Pick<Net, 'layers' | 'calls' | 'input' | 'output'>;

function sequential(layers: Net['layers'], config: Json, who: string, { refuse, dialect }: Context): Wiring {
  const first = layers[0]!;
  const own = inputShape(first);
  const built = config['build_input_shape'] ?? undefined;
  if (own === undefined && built === undefined) throw refuse(`${who} does not say the input shape: ${buildFirst}`);
  if (own !== undefined && built !== undefined && !agree(own, built))
    throw refuse(`it gives two input shapes, ${JSON.stringify(own)} and ${JSON.stringify(built)}`);
  if (first.config['batch_input_shape'] !== undefined && first.className !== 'InputLayer' && first.net === undefined)
    checkEarlyShape(layers, dialect, refuse);
  const late = layers.slice(1).find(({ className }) => className === 'InputLayer');
  if (late !== undefined) throw refuse(`the input layer ${late.name} is not its first`);
  const all =
    first.className === 'InputLayer'
      ? layers
      : [{ name: `${first.name}_input`, className: 'InputLayer', config: { batch_shape: own ?? built } }, ...layers];
  const calls = all.map((layer, i) => ({
    id: layer.name,
    layer: layer.name,
    inputs: i === 0 ? [] : [all[i - 1]!.name],
  }));
  return { layers: all, calls, input: calls[0]!.id, output: calls.at(-1)!.id };
}

const buildFirst = 'build the model before saving it, or set `architecture` to one of the same layers';

/** Layers that take a tensor of any number of axes, and leave that as it is; and those of them that hold no weights. */
const elementwise = new Set(['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'Softmax', ...trainingOnly]);
const anyAxes = new Set(['BatchNormalization', 'Normalization', 'Rescaling', 'Dense', ...elementwise]);

/** Layers that take images only, or have weights that fit nothing else. */
const imagesOnly = /2D$/;

/**
 * Keras 3 takes the `batch_input_shape` of a layer for the shape of one image: one axis more than there is. Where the last axis is 1 it adds that axis to
 * every image instead of refusing them; a layer that takes images only, or a Dense layer behind a Flatten, is then refused there on loading. Keras 3 itself writes none.
 */
function checkEarlyShape(layers: Net['layers'], dialect: Dialect, refuse: Refuse): void {
  const [{ name, config }] = layers as [Net['layers'][number]];
  const shape = config['batch_input_shape'];
  const next = layers.findIndex(({ className }) => !anyAxes.has(className));
  const rest = layers.slice(next === -1 ? layers.length : next).filter(({ className }) => !elementwise.has(className));
  const loadsOnce =
    imagesOnly.test(rest[0]?.className ?? '') || (rest[0]?.className === 'Flatten' && rest[1]?.className === 'Dense');
  const wide = Array.isArray(shape) && shape.at(-1) !== 1;
  if (dialect === 'keras3' || !(wide || loadsOnce))
    throw refuse(`its layer ${name} gives a batch_input_shape, which Keras 3 takes for the shape of one image`);
}

function inputShape(layer: Net['layers'][number]): unknown {
  const inner = layer.net?.layers.find((other) => other.name === layer.net!.input);
  return inner === undefined ? (layer.config['batch_input_shape'] ?? layer.config['batch_shape']) : inputShape(inner);
}

/** Whether two shapes say nothing of each other that differs; null is any size. */
export function agree(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((size: unknown, axis) => size === null || other[axis] === null || size === other[axis]);
}

function functional(
  layers: Net['layers'],
  entries: Json[],
  config: Json,
  { dialect, file, refuse }: Context,
  who: string,
): Wiring {
  const [inCall, atEnd] = unlistedNodes[dialect].map((unlisted): ReadTensor => {
    const skipped = new Map(layers.map(({ name, net }) => [name, net === undefined ? 0 : unlisted(net)]));
    return (reference, reader) => tensor(reference, reader, skipped, refuse);
  }) as [ReadTensor, ReadTensor];
  const calls = entries.flatMap((entry, i): CallConfig[] => {
    const { name: layer, className } = layers[i]!;
    const nodes = entry['inbound_nodes'];
    if (!Array.isArray(nodes)) throw refuse(`layer ${layer} has no list of its calls`);
    if (className === 'InputLayer' && nodes.length > 0) throw refuse(`the input layer ${layer} is called on a tensor`);
    if (nodes.length === 0) return [{ id: layer, layer, inputs: [] }];
    return nodes.map((node: unknown, n) => ({
      id: callId(layer, n),
      layer,
      inputs: inboundTensors(node, { name: layer, className }, inCall, refuse),
    }));
  });
  if (who !== '' && !(Array.isArray(config['input_layers']) && Array.isArray(config['output_layers'])))
    throw failure('model-shape', file, { cause: `${who}inputs or outputs by name` });
  const inputs = tensorList(config['input_layers'], atEnd, refuse);
  const outputs = tensorList(config['output_layers'], atEnd, refuse);
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw failure('model-shape', file, { cause: `${who}${inputs.length} inputs and ${outputs.length} outputs` });
  }
  if (layers.find((layer) => layer.name === inputs[0])?.className !== 'InputLayer')
    throw refuse(`its input ${inputs[0]} is no input layer`);
  const order = kerasOrder(calls, outputs[0]!);
  if (order === null) {
    const missing = [...calls.flatMap((call) => call.inputs), outputs[0]!].find(
      (id) => !calls.some((call) => call.id === id),
    );
    throw refuse(missing === undefined ? 'a layer reads its own output' : `nothing is named ${missing}`);
  }
  checkOrder(layers, order.layers, refuse);
  const loose = calls.find(({ id }) => !order.calls.has(id));
  if (loose !== undefined)
    throw failure('model-leftover', file, {
      what: `a call of layer ${loose.layer}`,
      cause: 'which its output does not depend on',
    });
  return { layers, calls, input: inputs[0]!, output: outputs[0]! };
}

/**
 * The nodes of a net inside that numbers count and its config does not list, for the inputs of calls and for a net's own inputs and outputs. A net has
 * a node between its own input and output: Keras 2 counts it everywhere, Keras 3 among the outputs and for Functional nets alone. Where the two
 * differ on a file of Keras 2, Keras 3 lacks the last call that is read, and loads no net. Source: get_tensor and deserialize_node in
 * keras/src/models/functional.py, _should_skip_first_node in tf_keras/src/engine/functional.py.
 */
const unlistedNodes: Record<Dialect, [inCall: (net: Net) => number, atEnd: (net: Net) => number]> = {
  keras2: [() => 1, () => 1],
  keras3: [() => 0, ({ className }) => (className === 'Functional' ? 1 : 0)],
};

/** Files hold weights in the order of the layers. Keras makes its own of the wiring: where the config lists another, it would load another net. */
function checkOrder(layers: Net['layers'], order: readonly string[], refuse: Refuse): void {
  const place = new Map(order.map((name, i) => [name, i]));
  const weighted = layers.filter(
    ({ name, className, net }) =>
      place.has(name) && (net !== undefined || layerSpecs.get(className)?.weights !== undefined),
  );
  const early = weighted.find(({ name }, i) => i > 0 && place.get(name)! < place.get(weighted[i - 1]!.name)!);
  if (early !== undefined)
    throw refuse(`it lists ${early.name} in another place than Keras, which fills in weights by order`);
}
