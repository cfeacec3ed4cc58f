import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import { ProtobufError, readMessage } from '../../formats/protobuf.ts';
import { Constant } from './constant.ts';
import { irVersions, messages, opsets, type Proto, typeName, types } from './schema.ts';

/** One graph of float32 with one image in and one tensor out. */
export interface Graph {
  name: string;
  opset: number;
  /** What goes in: the number of images, and their axes; null where a size is open. */
  input: { name: string; shape: (number | null)[] };
  output: string;
  nodes: readonly Proto<'NodeProto'>[];
  /** What the file says of tensors between. */
  told: readonly Proto<'ValueInfoProto'>[];
  initializers: ReadonlyMap<string, Constant>;
}

/** Domains of ONNX's own operators. */
export const isOwnDomain = (domain: string | undefined): boolean =>
  domain === undefined || domain === '' || domain === 'ai.onnx';

/** The graph of a file. Throws `onnx-damaged`, `onnx-graph` or `onnx-external`. */
export function readGraph(bytes: Uint8Array, file: string): Graph {
  const model = parsed(bytes, file);
  const refuse = (cause: string) => failure('onnx-graph', file, { cause });
  if (isOrtModel(bytes))
    throw refuse(`bytes 4 to 7 of it are ${ortIdentifier}, by which onnxruntime takes bytes for its own format`);
  checkModel(model, refuse);
  const { graph } = model;
  if (graph === undefined) throw failure('onnx-damaged', file, { cause: 'it holds no graph' });
  if (graph.quantization_annotation.length > 0)
    throw refuse('it is quantized; export the float model that it was made of');
  if (graph.sparse_initializer.length > 0) throw refuse('it holds sparse tensors');
  if (graph.node.length > limits.onnxNodes)
    throw refuse(`it has ${graph.node.length} nodes, at most ${limits.onnxNodes} are read`);
  for (const node of graph.node) checkNode(node, refuse);
  const initializers = initializersOf(graph, file);
  const [input, ...others] = graph.input.filter(({ name = '' }) => !initializers.has(name));
  if (input === undefined || others.length > 0)
    throw failure('model-shape', file, {
      cause: `${others.length === 0 ? 'no input' : `the inputs ${names([input!, ...others])}`}`,
    });
  const [output, ...more] = graph.output;
  if (output === undefined || more.length > 0)
    throw failure('model-shape', file, {
      cause: more.length === 0 ? 'no output' : `the outputs ${names(graph.output)}`,
    });
  checkNames(graph, refuse);
  return {
    name: graph.name ?? '',
    opset: opsetOf(model, refuse),
    input: { name: input.name ?? '', shape: inputShape(input, file) },
    output: output.name ?? '',
    nodes: graph.node,
    told: graph.value_info,
    initializers,
  };
}

/** What onnxruntime's own files have there: it tells them apart so where it is handed bytes, whatever else these are. */
const ortIdentifier = 'ORTM';
const isOrtModel = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(4, 8)) === ortIdentifier;

type Refuse = (cause: string) => Error;

const names = (values: readonly Proto<'ValueInfoProto'>[]): string =>
  values.map(({ name }) => name ?? '').join(' and ');

export function parsed(bytes: Uint8Array, file: string): Proto<'ModelProto'> {
  try {
    return readMessage(messages, 'ModelProto', bytes);
  } catch (error) {
    if (error instanceof ProtobufError) throw failure('onnx-damaged', file, { cause: error.message });
    throw error;
  }
}

function checkModel(model: Proto<'ModelProto'>, refuse: Refuse): void {
  const { ir_version: version = 0, functions, training_info: training, configuration } = model;
  if (version < irVersions.least || version > irVersions.most)
    throw refuse(`it has the IR version ${version}, ${irVersions.least} to ${irVersions.most} are read`);
  if (functions.length > 0) throw refuse('it defines functions of its own');
  if (training.length > 0) throw refuse('it holds how to train it');
  if (configuration.length > 0) throw refuse('it is cut for several devices');
}

function opsetOf({ opset_import: imports }: Proto<'ModelProto'>, refuse: Refuse): number {
  const own = imports.filter(({ domain }) => isOwnDomain(domain));
  const version = own[0]?.version ?? 0;
  if (own.length > 1) throw refuse('it names two versions of its operators');
  if (version < opsets.least || version > opsets.most)
    throw refuse(`its operators are of opset ${version}, ${opsets.least} to ${opsets.most} are read`);
  return version;
}

function checkNode(
  { op_type: op, domain, overload, device_configurations: devices, ...node }: Proto<'NodeProto'>,
  refuse: Refuse,
): void {
  const label = node.name || node.output[0] || 'without a name';
  if (node.output.every((output) => output === '')) throw refuse(`node ${label} answers nothing`);
  if ([label, ...node.output].some((name) => name.includes('\0'))) throw refuse('a name of it holds a NUL');
  if (!isOwnDomain(domain)) throw refuse(`node ${label} is a ${op} of the domain ${domain}, which is not ONNX's own`);
  if (overload) throw refuse(`node ${label} is an overload ${overload}`);
  if (devices.length > 0) throw refuse(`node ${label} is cut for several devices`);
}

function initializersOf(graph: Proto<'GraphProto'>, file: string): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>();
  for (const tensor of graph.initializer) {
    const { name = '' } = tensor;
    if (found.has(name)) throw failure('onnx-graph', file, { cause: `two initializers are named ${name}` });
    if (tensor.data_location || tensor.external_data.length > 0) throw failure('onnx-external', file, { name });
    found.set(name, constant(name, tensor, file));
  }
  return found;
}

function constant(name: string, tensor: Proto<'TensorProto'>, file: string): Constant {
  try {
    return Constant.of(name, tensor);
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') throw failure('onnx-graph', file, { cause: error.message });
    throw error;
  }
}

/** Every tensor has one source. */
function checkNames(graph: Proto<'GraphProto'>, refuse: Refuse): void {
  const sources = new Set<string>(graph.initializer.map(({ name = '' }) => name));
  if ([...sources].some((name) => name.includes('\0'))) throw refuse('a name of it holds a NUL');
  const inputs = new Set<string>();
  for (const { name = '' } of graph.input) {
    if (name.includes('\0')) throw refuse('a name of it holds a NUL');
    if (name === '' || inputs.has(name)) throw refuse(`two inputs are named ${name || 'nothing'}`);
    inputs.add(name);
    sources.add(name);
  }
  for (const name of graph.node.flatMap(({ output }) => output)) {
    if (name === '') continue;
    if (sources.has(name)) throw refuse(`two tensors are named ${name}`);
    sources.add(name);
  }
}

/** The sizes of the input, the number of images first. */
function inputShape({ name, type }: Proto<'ValueInfoProto'>, file: string): (number | null)[] {
  const { tensor_type: tensor, denotation: _, ...others } = type ?? {};
  if (tensor === undefined) throw failure('model-shape', file, { cause: `an input ${name} that is no tensor` });
  if (Object.values(others).some((other) => other !== undefined))
    throw failure('model-shape', file, { cause: `an input ${name} of two types` });
  if (tensor.elem_type !== types.float32)
    throw failure('model-shape', file, { cause: `an input ${name} of ${typeName(tensor.elem_type)}, not float32` });
  const sizes = tensor.shape?.dim ?? [];
  if (sizes.some(({ dim_value: value, dim_param: open }) => value !== undefined && open !== undefined))
    throw failure('model-shape', file, { cause: `an input ${name} with a size that is both open and known` });
  return sizes.map(({ dim_value: value }) => (value !== undefined && value > 0 ? value : null));
}
