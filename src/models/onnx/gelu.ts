import type { Graph } from './graph.ts';
import { Constant } from './constant.ts';
import type { Proto } from './schema.ts';

type NodeProto = Proto<'NodeProto'>;

/**
 * The graph with a Gelu for each product x * 0.5 * (1 + Erf(x / sqrt(2))), as exporters write it before opset 20. Only
 * what the product alone reads goes with it.
 */
export function withGelus(graph: Graph): Graph {
  if (!graph.nodes.some((node) => node.op_type === 'Erf')) return graph;
  const nodes = new Nodes(graph);
  const found = new Map<NodeProto, NodeProto>();
  const joined = new Set<NodeProto>();
  for (const node of graph.nodes) {
    const gelu = nodes.geluOf(node);
    if (gelu === null) continue;
    gelu.parts.forEach((part) => joined.add(part));
    found.set(node, { ...node, op_type: 'Gelu', input: [gelu.x], attribute: [] });
  }
  return { ...graph, nodes: graph.nodes.filter((node) => !joined.has(node)).map((node) => found.get(node) ?? node) };
}

/** A factor of a product, and the nodes that it is made of. */
interface Part {
  name: string;
  parts: readonly NodeProto[];
}

/** Nodes of a graph by what they answer and who reads it. */
class Nodes {
  private readonly sources = new Map<string, NodeProto>();
  private readonly readers = new Map<string, number>();

  constructor(private readonly graph: Graph) {
    const read = graph.nodes.flatMap(({ input }) => input);
    for (const name of [...read, graph.output]) this.readers.set(name, (this.readers.get(name) ?? 0) + 1);
    for (const node of graph.nodes) for (const name of node.output) this.sources.set(name, node);
  }

  /** What the GELU that ends in a node is of, and the nodes before its last; null if it is none. */
  geluOf(node: NodeProto): { x: string; parts: readonly NodeProto[] } | null {
    if (!isPlain(node, 'Mul')) return null;
    const factors = node.input.flatMap((name) => this.factorsOf(name));
    if (factors.length !== 3) return null;
    const gates = factors.map(({ name }) => this.gateOf(name));
    const at = gates.findIndex((gate) => gate !== null);
    const others = factors.filter((_, i) => i !== at).map(({ name }) => name);
    const half = others.findIndex((name) => this.numberOf(name) === 0.5);
    const gate = gates[at];
    if (gate == null || half === -1 || others[1 - half] !== gate.x) return null;
    return { x: gate.x, parts: [...new Set([...factors.flatMap(({ parts }) => parts), ...gate.parts])] };
  }

  /** The factors of a tensor that only a product reads. */
  private factorsOf(name: string): Part[] {
    const node = this.aloneRead(name);
    if (node === undefined || !isPlain(node, 'Mul')) return [{ name, parts: [] }];
    return node.input.map((input) => ({ name: input, parts: [node] }));
  }

  /** What x is where a tensor is 1 + Erf(x / sqrt(2)). */
  private gateOf(name: string): { x: string; parts: readonly NodeProto[] } | null {
    const sum = this.aloneRead(name);
    if (sum === undefined || !isPlain(sum, 'Add')) return null;
    const one = sum.input.findIndex((input) => this.numberOf(input) === 1);
    const erf = one === -1 ? undefined : this.aloneRead(sum.input[1 - one]!);
    if (erf === undefined || erf.op_type !== 'Erf' || erf.input.length !== 1 || erf.attribute.length > 0) return null;
    const scaled = this.aloneRead(erf.input[0]!);
    const x = scaled === undefined ? null : this.overRootOf2(scaled);
    return x === null ? null : { x, parts: [sum, erf, scaled!] };
  }

  /** What a node divides by sqrt(2). */
  private overRootOf2(node: NodeProto): string | null {
    const [first, second] = node.input as [string, string];
    if (isPlain(node, 'Div')) return isNear(this.numberOf(second), Math.SQRT2) ? first : null;
    if (!isPlain(node, 'Mul')) return null;
    if (isNear(this.numberOf(second), Math.SQRT1_2)) return first;
    return isNear(this.numberOf(first), Math.SQRT1_2) ? second : null;
  }

  /** The node of a tensor that one node alone reads. */
  private aloneRead(name: string): NodeProto | undefined {
    return this.readers.get(name) === 1 ? this.sources.get(name) : undefined;
  }

  /** The number that a tensor is; null where it is none, or stretches what it is merged with. */
  private numberOf(name: string): number | null {
    const constant = this.graph.initializers.get(name) ?? this.constantOf(name);
    const isNumber = constant !== null && constant.size === 1 && constant.shape.length <= 1;
    return isNumber && constant.type === 'float32' ? constant.numbers[0]! : null;
  }

  private constantOf(name: string): Constant | null {
    const node = this.sources.get(name);
    const tensor = node?.op_type === 'Constant' ? node.attribute[0]?.t : undefined;
    try {
      return tensor === undefined ? null : Constant.of(name, tensor);
    } catch {
      return null; // the node itself says what is wrong with it
    }
  }
}

/** A node of two inputs, one output and no attributes. */
const isPlain = ({ op_type: operator, input, output, attribute }: NodeProto, name: string): boolean =>
  operator === name && input.length === 2 && output.length === 1 && attribute.length === 0;

/** Whether a number is what float32 makes of another, or its neighbour. */
const isNear = (number: number | null, other: number): boolean =>
  number !== null && Math.abs(number / other - 1) < 2 ** -22;
