import { trainingOnly } from './layers/regularization.ts';
import type { Call } from './net.ts';

/**
 * What TensorFlow's graph optimizer makes of some nets, by a rule that does not hold for them: `predict` and
 * `evaluate` run as a graph, `net(images)` does not. Seen with TensorFlow 2.21 on processors; source: `remapper.cc`
 * and `arithmetic_optimizer.cc` in tensorflow/core/grappler/optimizers.
 * - `slope`: a leaky ReLU behind a convolution and a sum has the slope 0.2, whatever its own.
 * - `multiple`: the greater of a tensor and more than once it is a leaky ReLU of that slope.
 * - `gelu`: a product that is almost a GELU is one.
 * - `mish`: a mish behind a convolution and a sum fails.
 */
export const rewrites = ['slope', 'multiple', 'gelu', 'mish'] as const;
export type Rewrite = (typeof rewrites)[number];

/** The first of `rewrites` that would befall a net; null if none would. */
export function rewriteOf(calls: readonly Call[]): Rewrite | null {
  const net = new Wiring(calls);
  return rewrites.find((rewrite) => calls.some((call) => befalls[rewrite](call, net))) ?? null;
}

const befalls: Record<Rewrite, (call: Call, net: Wiring) => boolean> = {
  slope: (call, net) => hasOwnSlope(call) && net.isSumOfProducts(call.inputs[0]!),
  mish: (call, net) => activationOf(call) === 'mish' && net.isSumOfProducts(call.inputs[0]!),
  multiple: ({ layer: { className }, inputs }, net) =>
    className === 'Maximum' &&
    inputs.some((one, i) => inputs.some((other, k) => k !== i && net.timesOf(other, one) > 1)),
  gelu: (call, net) => activationOf(call) === 'tanh' && net.isGate(call),
};

const products = new Set(['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose', 'Dense']);
const elementwise = new Set(['Rescaling', 'Add', 'Subtract', 'Multiply', 'Average']);
/** The slope that TensorFlow's fused kernel goes by. */
const usual = Math.fround(0.2);

const activationOf = ({ layer: { className, options } }: Call): unknown =>
  className === 'Activation' ? options['activation'] : null;

/** Whether a call is a leaky ReLU of another slope than the usual one. */
function hasOwnSlope({ layer: { className, options } }: Call): boolean {
  const { alpha, negative_slope: slope } = options as { alpha: number; negative_slope: number };
  if (className === 'LeakyReLU') return Math.fround(alpha) !== usual;
  return className === 'ReLU' && slope !== 0 && Math.fround(slope) !== usual;
}

/** A net's calls by what they read, layers that do nothing left out. */
class Wiring {
  private readonly byId: ReadonlyMap<string, Call>;
  private readonly readers = new Map<string, Call[]>();

  constructor(calls: readonly Call[]) {
    this.byId = new Map(calls.map((call) => [call.id, call]));
    for (const call of calls)
      for (const id of call.inputs.map((input) => this.behind(input)))
        this.readers.set(id, [...(this.readers.get(id) ?? []), call]);
  }

  /** What a tensor is, behind layers that hand it on. */
  private behind(id: string): string {
    let call = this.byId.get(id);
    while (call !== undefined && call.inputs.length === 1 && handsOn(call)) call = this.byId.get(call.inputs[0]!);
    return call?.id ?? id;
  }

  private at(id: string): Call | undefined {
    return this.byId.get(this.behind(id));
  }

  /** Whether a tensor is a sum that a product goes into, scaled or not. */
  isSumOfProducts(id: string): boolean {
    const sum = this.at(id);
    return sum?.layer.className === 'Add' && sum.inputs.some((input) => this.isProduct(input));
  }

  private isProduct(id: string): boolean {
    const call = this.at(id);
    if (call?.layer.className === 'Rescaling') return this.isProduct(call.inputs[0]!);
    return call !== undefined && products.has(call.layer.className) && activationIn(call) === 'linear';
  }

  /** How many times `other` the tensor `one` is; NaN where it is no multiple of it. */
  timesOf(one: string, other: string): number {
    if (this.behind(one) === this.behind(other)) return 1;
    const call = this.at(one);
    if (call === undefined) return NaN;
    const { className, options } = call.layer;
    const [first] = call.inputs;
    if (className === 'Rescaling' && typeof options['scale'] === 'number' && options['offset'] === 0)
      return options['scale'] * this.timesOf(first!, other);
    const isOne = call.inputs.length > 0 && call.inputs.every((input) => this.behind(input) === this.behind(first!));
    if (className === 'Add' && isOne) return call.inputs.length * this.timesOf(first!, other);
    if (className === 'Average' && isOne) return this.timesOf(first!, other);
    return NaN;
  }

  /** Whether a tensor of which a polynomial with a product goes into this tanh is multiplied with what comes out. */
  isGate(tanh: Call): boolean {
    const from = this.reach(tanh, (call) => call.inputs.map((input) => this.at(input)));
    if (![...from].some(({ layer }) => layer.className === 'Multiply')) return false;
    const sources = new Set([...from].flatMap(({ inputs }) => inputs.map((input) => this.behind(input))));
    const to = this.reach(tanh, (call) => this.readers.get(call.id) ?? []);
    return [...to].some(
      ({ layer, inputs }) =>
        layer.className === 'Multiply' && inputs.some((input) => sources.has(this.origin(this.behind(input)))),
    );
  }

  /** What a tensor is before it was scaled. */
  private origin(id: string): string {
    const call = this.at(id);
    return call?.layer.className === 'Rescaling' ? this.origin(call.inputs[0]!) : this.behind(id);
  }

  /** All calls of single numbers that `next` leads to from `call`. */
  private reach(call: Call, next: (call: Call) => (Call | undefined)[]): Set<Call> {
    const found = new Set<Call>();
    const open = [call];
    while (open.length > 0)
      for (const each of next(open.pop()!)) {
        if (each === undefined || found.has(each) || !(elementwise.has(each.layer.className) || handsOn(each)))
          continue;
        found.add(each);
        open.push(each);
      }
    return found;
  }
}

const activationIn = ({ layer: { options } }: Call): unknown => options['activation'] ?? 'linear';

const handsOn = (call: Call): boolean => trainingOnly.has(call.layer.className) || activationOf(call) === 'linear';
