import { failure } from '../../base/errors.ts';
import { buildModel, type Needs, type Topology } from '../build-model.ts';
import type { ModelBytes, ModelFile } from '../format.ts';
import { areAlike, type Edits, type Weight } from '../net.ts';
import { withGelus } from './gelu.ts';
import { type Graph, readGraph } from './graph.ts';
import { Node } from './node.ts';
import { operators } from './operators/operators.ts';
import { type Operator, Site, type Value } from './operators/site.ts';
import { Constant } from './constant.ts';
import type { Proto } from './schema.ts';
import { pathOf, type PlacedWeight, type Tensor, valuesOf, Wiring } from './wiring.ts';

/** Reads an ONNX file. Operators and attributes outside the allow-list are refused by name. Opens no file. Throws GoodnetError only. */
export async function readOnnx({
  name,
  bytes,
  sha256,
  memoryBytes,
  known = new Map(),
}: ModelBytes): Promise<ModelFile> {
  const { topology, weights } = netOf(readGraph(bytes, name), name);
  const source = (needs: ReadonlyMap<string, Needs>) => weightsOf(needs, weights, known, name);
  const model = buildModel(topology, source, name, sha256, memoryBytes);
  return { model, bytes, config: JSON.stringify(topology) };
}

/** A graph as a net, and where its weights stand. */
export interface OnnxNet {
  topology: Topology<'onnx'>;
  weights: ReadonlyMap<string, readonly PlacedWeight[]>;
}

/** The net that a graph is. Throws `onnx-graph`, `node-unsupported`, `node-option`, `layer-option` or `model-shape`. */
export function netOf(given: Graph, file: string): OnnxNet {
  const graph = withGelus(given);
  const [images = null, ...axes] = graph.input.shape;
  const shape = axes.filter((size) => size !== null);
  if (axes.length !== 3)
    throw failure('model-shape', file, {
      cause: `an input ${graph.input.name} of ${axes.length + 1} axes, not images, channels, rows and columns`,
    });
  if (shape.length < 3) throw failure('model-shape', file, { cause: `an input ${graph.input.name} of an open size` });
  const wiring = new Wiring(file, images);
  const values = new Map<string, Value>(graph.initializers);
  values.set(graph.input.name, wiring.input(graph.input.name, shape, !isTurned(graph)));
  const readers = readersOf(graph);
  const labels = labelsOf(graph);
  for (const [i, proto] of graph.nodes.entries()) {
    const node = new Node(proto, labels[i]!, file);
    const inputs = node.inputs.map((input) => valueOf(values, input, node));
    const operator = operators.get(node.operator);
    if (operator === undefined) throw node.unsupported();
    const site = new Site(node, graph.opset, wiring, inputs, readers);
    const answers = answersOf(operator, site);
    node.close();
    const strange = node.outputs.slice(answers.length).find((output) => readers.has(output));
    if (strange !== undefined) throw node.refuse(`its output ${strange} is not computed`);
    for (const [at, answer] of answers.entries()) {
      const name = node.outputs[at];
      if (!name) continue;
      values.set(name, answer);
      if (!(answer instanceof Constant) && answer.kind === 'tensor') wiring.called(answer, name);
    }
  }
  for (const told of graph.told) checkTold(told, values, wiring, file);
  const output = outputOf(graph, values, wiring, file);
  wiring.fixNumbers();
  return {
    topology: {
      name: graph.name,
      dialect: 'onnx',
      layers: wiring.layers,
      calls: wiring.calls,
      input: graph.input.name,
      output: output.id,
    },
    weights: wiring.weights,
  };
}

function valueOf(values: ReadonlyMap<string, Value>, name: string, node: Node): Value | undefined {
  if (name === '') return undefined;
  const value = values.get(name);
  if (value === undefined) throw node.refuse(`it reads ${name}, which no node before it answers`);
  return value;
}

/** Refuses what the file says of a tensor and is not so: runtimes believe it where they do not know better. */
function checkTold(
  { name = '', type }: Proto<'ValueInfoProto'>,
  values: ReadonlyMap<string, Value>,
  { images }: Wiring,
  file: string,
): void {
  const value = values.get(name);
  const sizes = type?.tensor_type?.shape?.dim.map(({ dim_value: size }) => size ?? null);
  if (value === undefined || sizes === undefined) return;
  if (!(value instanceof Constant) && value.kind !== 'tensor') return;
  const shape = value instanceof Constant ? value.shape : [images, ...value.shape];
  const isSo = sizes.length === shape.length && sizes.every((size, axis) => size === null || size === shape[axis]);
  if (!isSo)
    throw failure('onnx-graph', file, {
      cause: `it says that ${name} is ${sizes.map((size) => size ?? '?').join('x')}, it is ${shape.map((size) => size ?? '?').join('x')}`,
    });
}

/** What the outputs of a node stand for; a plain Error says what is wrong with it. */
function answersOf(operator: Operator, site: Site): Value[] {
  try {
    const answer = operator(site);
    return Array.isArray(answer) ? answer : [answer];
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') throw site.refuse(error.message);
    throw error;
  }
}

/** What the layers of each node are called: as the node, or as what it answers where that is no name of its own. */
function labelsOf({ nodes, input }: Graph): string[] {
  const counts = new Map<string, number>([[input.name, 1]]);
  for (const { name = '' } of nodes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return nodes.map(({ name = '', output }) => (name !== '' && counts.get(name) === 1 ? name : (output[0] ?? name)));
}

/** Whether the images go in with their channels last: all that reads them puts these first. */
function isTurned({ nodes, input }: Graph): boolean {
  const readers = nodes.filter((node) => node.input.includes(input.name));
  const axes = readers.map(
    ({ op_type: operator, attribute }) =>
      operator === 'Transpose' && attribute.find(({ name }) => name === 'perm')?.ints,
  );
  return axes.length > 0 && axes.every((permutation) => permutation && permutation.join() === '0,3,1,2');
}

function readersOf({ nodes, output }: Graph): Map<string, number> {
  const counts = new Map<string, number>([[output, 1]]);
  for (const name of nodes.flatMap(({ input }) => input)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function outputOf(graph: Graph, values: ReadonlyMap<string, Value>, wiring: Wiring, file: string): Tensor {
  const found = values.get(graph.output);
  if (found === undefined) throw failure('onnx-graph', file, { cause: `no node answers its output ${graph.output}` });
  if (found instanceof Constant || found.kind !== 'tensor')
    throw failure('model-shape', file, { cause: `an output ${graph.output} that is no score for each class` });
  const scores = found.shape.length === 1 ? wiring.laidOut(graph.output, found, [0]) : null;
  if (scores === null)
    throw failure('model-shape', file, { cause: `an output ${graph.output} of shape ${found.shape.join('x')}` });
  return scores;
}

/** The weights that the net needs, as layers have them. Throws `layer-weights`. */
function weightsOf(
  needs: ReadonlyMap<string, Needs>,
  placed: OnnxNet['weights'],
  known: Edits,
  file: string,
): ReadonlyMap<string, Weight[]> {
  return new Map(
    [...needs].map(([layer, needed]) => [
      layer,
      needed.map(([name, shape]): Weight => {
        const refuse = (cause: string) => failure('layer-weights', file, { layer, cause });
        const found = placed.get(layer)?.find((weight) => weight.name === name);
        if (found === undefined) throw refuse(`its weight ${name} is missing`);
        const path = pathOf(layer, found);
        const values = finite(found, refuse);
        const same = known.get(path);
        return { name, shape, path, values: same !== undefined && areAlike(same, values) ? same : values };
      }),
    ]),
  );
}

function finite(weight: PlacedWeight, refuse: (cause: string) => Error): Float32Array {
  try {
    return valuesOf(weight);
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') throw refuse(error.message);
    throw error;
  }
}
