import { type Message, readMessage, writeMessage } from '../../formats/protobuf.ts';
import type { ReadFile } from '../format.ts';
import { type Edits, goodnetName } from '../net.ts';
import { isOwnDomain } from './graph.ts';
import { repaired } from './repair.ts';
import { attributeTypes, messages, type Proto, types } from './schema.ts';

/** The same messages with what a node is told as it stands in the file. */
const copied = {
  ...messages,
  NodeProto: { ...messages.NodeProto, attribute: [5, 'bytes', 'many'] },
} as const;
type Copied<N extends keyof typeof copied> = Message<typeof copied, N>;

/** What some nodes and initializers answer. */
interface Part {
  node: Partial<Copied<'NodeProto'>>[];
  initializer: Partial<Copied<'TensorProto'>>[];
  answer: string;
}

/** The first versions in which OneHot and Where are there, and in which initializers need not be inputs, too. */
const least = { opset: 9, ir: 4 };

/**
 * The class of a net where its edited copy agrees, else one class more: both nets in one graph of standard operators.
 * Each votes for its first maximum.
 */
export function joined(input: ReadFile, edits: Edits): Uint8Array {
  const [original, pruned] = [input.bytes, repaired(input, edits)].map((bytes) =>
    readMessage(copied, 'ModelProto', bytes),
  ) as [Copied<'ModelProto'>, Copied<'ModelProto'>];
  const initializers = new Set(original.graph!.initializer.map(({ name }) => name));
  const image = original.graph!.input.find(({ name }) => !initializers.has(name))!;
  const opset = original.opset_import.find(({ domain }) => isOwnDomain(domain))!.version!;
  const name = (prefix: string): string => (image.name!.startsWith(prefix) ? name(`_${prefix}`) : prefix);
  const nets = [
    branch(original.graph!, name('original/'), image.name!),
    branch(pruned.graph!, name('pruned/'), image.name!),
  ];
  const { classes, outputs } = input.model;
  const end = verdict(nets.map(({ answer }) => answer) as [string, string], { classes, outputs }, name(goodnetName));
  const parts = [...nets, end];
  return writeMessage(copied, 'ModelProto', {
    ir_version: Math.max(original.ir_version!, least.ir),
    producer_name: goodnetName,
    opset_import: [{ domain: undefined, version: Math.max(opset, least.opset) }],
    metadata_props: original.metadata_props,
    graph: {
      ...emptyGraph,
      name: goodnetName,
      node: parts.flatMap(({ node }) => node) as Copied<'NodeProto'>[],
      initializer: parts.flatMap(({ initializer }) => initializer) as Copied<'TensorProto'>[],
      input: [image],
      output: [scoresInfo(image, end.answer, classes + 1)],
    },
  });
}

const emptyGraph: Copied<'GraphProto'> = {
  name: undefined,
  doc_string: undefined,
  node: [],
  initializer: [],
  input: [],
  output: [],
  value_info: [],
  quantization_annotation: [],
  sparse_initializer: [],
  metadata_props: [],
};

/** One of the two nets, all its names but that of the image with a prefix. */
function branch(graph: Copied<'GraphProto'>, prefix: string, image: string): Part {
  const renamed = (name: string): string => (name === image || name === '' ? name : `${prefix}${name}`);
  return {
    node: graph.node.map(({ name, input, output, attribute, ...node }) => ({
      ...node,
      input: input.map(renamed),
      output: output.map(renamed),
      name: name && renamed(name),
      attribute: attribute.filter((bytes) => readMessage(messages, 'AttributeProto', bytes).name !== untilOpset9),
      doc_string: undefined,
      metadata_props: [],
    })),
    initializer: graph.initializer.map((tensor) => ({ ...tensor, name: renamed(tensor.name ?? '') })),
    answer: renamed(graph.output[0]!.name!),
  };
}

/** An attribute of BatchNormalization that is 1 wherever a net is read, and that later versions do not have. */
const untilOpset9 = 'spatial';

/** The scores of the class on which two nets agree, else of the last. */
function verdict(
  nets: readonly [string, string],
  { classes, outputs }: { classes: number; outputs: number },
  name: string,
): Part {
  const own = (part: string): string => `${name}/${part}`;
  const votes = nets.map((scores, i) => vote(scores, outputs, own(i === 0 ? 'original' : 'pruned')));
  const [a, b] = votes.map(({ answer }) => answer) as [string, string];
  const [same, agreed, rejected, depth, hot] = ['same', 'class', 'rejected', 'depth', 'values'].map(own) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    node: [
      ...votes.flatMap(({ node }) => node),
      node('Equal', [a, b], same),
      node('Where', [same, a, rejected], agreed),
      node('OneHot', [agreed, depth, hot], name, { axis: -1 }),
    ],
    initializer: [
      ...votes.flatMap(({ initializer }) => initializer),
      integers(rejected, [], classes),
      integers(depth, [], classes + 1),
      { name: hot, dims: [2], data_type: types.float32, raw_data: bytesOf(Float32Array.of(0, 1)) },
    ],
    answer: name,
  };
}

/** The class that a net names: the first of its highest scores, or for a single one whether it is above 0.5. */
function vote(scores: string, outputs: number, name: string): Part {
  if (outputs > 1)
    return { node: [node('ArgMax', [scores], name, { axis: 1, keepdims: 0 })], initializer: [], answer: name };
  const [half, above, number, row] = ['half', 'above', 'number', 'row'].map((part) => `${name}/${part}`) as [
    string,
    string,
    string,
    string,
  ];
  return {
    node: [
      node('Greater', [scores, half], above),
      node('Cast', [above], number, { to: types.int64 }),
      node('Reshape', [number, row], name),
    ],
    initializer: [
      { name: half, dims: [], data_type: types.float32, raw_data: bytesOf(Float32Array.of(0.5)) },
      integers(row, [1], -1),
    ],
    answer: name,
  };
}

const bytesOf = ({ buffer }: Float32Array): Uint8Array => new Uint8Array(buffer as ArrayBuffer);
const integers = (name: string, dims: number[], value: number) => ({
  name,
  dims,
  data_type: types.int64,
  int64_data: [value],
});

function node(
  operator: string,
  input: string[],
  output: string,
  told: Record<string, number> = {},
): Part['node'][number] {
  const attribute = Object.entries(told).map(([name, i]) =>
    writeMessage(messages, 'AttributeProto', { name, i, type: attributeTypes.i }),
  );
  return { op_type: operator, input, output: [output], name: output, attribute };
}

/** A row of scores for as many images as go in. */
function scoresInfo({ type }: Proto<'ValueInfoProto'>, name: string, classes: number): Proto<'ValueInfoProto'> {
  const [images] = type!.tensor_type!.shape!.dim;
  const size = { dim_value: classes, dim_param: undefined, denotation: undefined };
  const shape = { dim: [images!, size] };
  return {
    name,
    doc_string: undefined,
    metadata_props: [],
    type: { ...type!, denotation: undefined, tensor_type: { elem_type: types.float32, shape } },
  };
}
