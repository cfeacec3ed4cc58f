import { trainingOnly } from './layers/regularization.ts';
import type { Call } from './net.ts';

/**
 * What TensorFlow's graph optimizer makes of some nets, by a rule that does not hold for them: `predict` and
 * `evaluate` run as a graph, `net(images)` does not. Seen with TensorFlow 2.21 on processors; source: `remapper.cc`
 * and `arithmetic_optimizer.cc` in tensorflow/core/grappler/optimizers, and of fractions, which XLA takes in another
 * order where a file has it compiled, `algebraic_simplifier.cc` in xla/hlo/transforms/simplifiers.
 * - `slope`: a leaky ReLU behind a convolution and a sum has the slope 0.2, whatever its own.
 * - `multiple`: the greater of a tensor and more than once it is a leaky ReLU of that slope, whichever layers made it.
 * - `gelu`, `hard_swish`: a product that is almost one of these is one; where it stands that depends on names.
 * - `mish`: a mish behind a convolution and a sum fails.
 * - `fraction`: the quotient of a quotient is divided by a product, which may leave float32.
 *
 * And onnxruntime (1.32; `fast_gelu_fusion.cc` in onnxruntime/core/optimizer):
 * - `fast_gelu`: a product that is a GELU by tanh but for a hundred thousandth of its constants is one.
 */
export const rewrites = ['slope', 'multiple', 'gelu', 'hard_swish', 'mish', 'fraction', 'fast_gelu'] as const;
export type Rewrite = (typeof rewrites)[number];

/** What onnxruntime does, and TensorFlow does not. */
export const ofOnnxruntime: ReadonlySet<Rewrite> = new Set(['fast_gelu']);

/** The first of `rewrites` that would befall a net, which onnxruntime runs or TensorFlow; null if none would. */
export function rewriteOf(calls: readonly Call[], isOnnx = false): Rewrite | null {
  const net = new Wiring(calls);
  const own = rewrites.filter((rewrite) => ofOnnxruntime.has(rewrite) === isOnnx);
  return own.find((rewrite) => calls.some((call) => befalls[rewrite](call, net))) ?? null;
}

const befalls: Record<Rewrite, (call: Call, net: Wiring) => boolean> = {
  slope: (call, net) => hasOwnSlope(call) && net.isSumOfProducts(call.inputs[0]!),
  mish: (call, net) => net.mishOf(call).some((input) => net.isSumOfProducts(input)),
  multiple: ({ layer: { className }, inputs }, net) => className === 'Maximum' && net.hasMultiple(inputs),
  gelu: (call, net) => (activationOf(call) === 'tanh' && net.isGate(call)) || net.isNearly('gelu', call),
  fast_gelu: (call, net) => activationOf(call) === 'tanh' && net.isGate(call),
  hard_swish: (call, net) => net.isNearly('hard_silu', call) || net.isHardSwish(call),
  fraction: (call, net) => divides(call) && net.isOfQuotient(call),
};

const products = new Set(['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose', 'Dense']);
const sums = new Set(['Add', 'Subtract']);
const elementwise = new Set(['Rescaling', 'Add', 'Subtract', 'Multiply', 'Average']);
/** What answers the same for its tensors in any order. */
const commuting = new Set(['Add', 'Average', 'Multiply', 'Maximum', 'Minimum']);
/** What answers the one tensor that it is called on. */
const merging = new Set([...commuting, 'Concatenate']);
/** What moves numbers, and changes none. */
const reshaping = new Set(['Reshape', 'Flatten']);
const moving = new Set([...reshaping, 'ZeroPadding2D', 'Cropping2D']);
/** What is linear in each number of a tensor. */
const affine = new Set([...elementwise, 'BatchNormalization', 'Normalization']);
/** Factors from which on, and up to which, TensorFlow takes one for 1, and more than that. */
const [least, most] = [0.9, 1.1];
/** The factor and the offset of a hard swish, x * relu6(x + 3) / 6. */
const [sixth, three] = [1 / 6, 3];
/** The slope that TensorFlow's fused kernel goes by. */
const usual = Math.fround(0.2);
/** Two factors that differ by less are one: float32 rounds them. */
const alike = 1e-6;

const activationOf = ({ layer: { className, options } }: Call): unknown =>
  className === 'Activation' ? options['activation'] : null;

/** Whether a call is a leaky ReLU of another slope than the usual one. */
function hasOwnSlope({ layer: { className, options } }: Call): boolean {
  const { alpha, negative_slope: slope } = options as { alpha: number; negative_slope: number };
  if (className === 'LeakyReLU') return Math.fround(alpha) !== usual;
  return className === 'ReLU' && slope !== 0 && Math.fround(slope) !== usual;
}

/** The number that an option is for all channels, in whatever lists; null if they have several. */
function oneNumber(option: unknown): number | null {
  const [first, ...others] = [option].flat(Infinity) as number[];
  return others.every((other) => other === first) ? first! : null;
}

/** A tensor as a sum of others, each so many times. */
type Form = ReadonlyMap<string, number>;

const scaled = (form: Form, by: number): Form => new Map([...form].map(([id, times]) => [id, by * times]));

function added(forms: readonly Form[]): Form {
  const sum = new Map<string, number>();
  for (const [id, times] of forms.flatMap((form) => [...form])) sum.set(id, (sum.get(id) ?? 0) + times);
  return new Map([...sum].filter(([, times]) => times !== 0));
}

/** How many times `other` the tensor `one` is; NaN where it is no multiple of it. */
function ratio(one: Form, other: Form): number {
  if (one.size !== other.size || one.size === 0) return NaN;
  const ratios = [...one].map(([id, times]) => times / (other.get(id) ?? NaN));
  return ratios.every((each) => Math.abs(each / ratios[0]! - 1) < alike) ? ratios[0]! : NaN;
}

/** A net's calls by what they read: layers that do nothing are left out, and equal ones on the same tensors are one, as the optimizer has them. */
class Wiring {
  private readonly byId: ReadonlyMap<string, Call>;
  /** The first tensor that is the same as a call's answer. */
  private readonly firsts = new Map<string, string>();
  private readonly forms = new Map<string, Form>();
  private readonly times = new Map<string, number>();
  private readonly readers = new Map<string, Call[]>();

  constructor(calls: readonly Call[]) {
    this.byId = new Map(calls.map((call) => [call.id, call]));
    const known = new Map<string, string>();
    for (const call of calls) {
      const inputs = call.inputs.map((input) => this.behind(input));
      const key = keyOf(call, inputs);
      this.firsts.set(call.id, this.handedOn(call, inputs) ?? known.get(key) ?? call.id);
      if (!known.has(key)) known.set(key, call.id);
      for (const id of inputs) this.readers.set(id, [...(this.readers.get(id) ?? []), call]);
    }
  }

  /** What a tensor is, behind layers that hand it on. */
  private behind(id: string): string {
    return this.firsts.get(id) ?? id;
  }

  private at(id: string): Call | undefined {
    return this.byId.get(this.behind(id));
  }

  /** What a call reads. */
  private readonly before = ({ inputs }: Call): (Call | undefined)[] => inputs.map((input) => this.at(input));

  /** What a call on these tensors answers number for number in the same places; null where it answers something new. */
  private handedOn(call: Call, [only, ...others]: readonly string[]): string | null {
    const { className } = call.layer;
    if (only === undefined || others.length > 0) return null;
    if (handsOn(call) || merging.has(className)) return only;
    const before = reshaping.has(className) ? this.unshaped(only) : only;
    return moving.has(className) && this.shapeOf(before) === call.shape.join() ? before : null;
  }

  private shapeOf = (id: string): string => this.byId.get(id)?.shape.join() ?? '';

  /** What a tensor was before it was reshaped. */
  private unshaped(id: string): string {
    const call = this.at(id);
    return call !== undefined && reshaping.has(call.layer.className) ? this.unshaped(call.inputs[0]!) : this.behind(id);
  }

  /** What a call takes the mish of: one tensor, or none; by its activation, or as a product with tanh of softplus. */
  mishOf(call: Call): readonly string[] {
    if (activationOf(call) === 'mish') return call.inputs;
    if (call.layer.className !== 'Multiply') return [];
    const gated = call.inputs.flatMap((input) => this.inside('tanh', input).flatMap((x) => this.inside('softplus', x)));
    return gated.filter((x) => call.inputs.some((input) => this.origin(input) === this.origin(x)));
  }

  /** What goes into an activation of which a tensor is the answer, scaled and moved or not; nothing if it is none. */
  private inside(activation: string, id: string): readonly string[] {
    const call = this.unscaled(id);
    return call !== undefined && activationOf(call) === activation ? call.inputs : [];
  }

  /** Whether a call scales an activation, or what goes into one, by almost 1. */
  isNearly(activation: string, call: Call): boolean {
    const isOne = (id: string): boolean => {
      const made = this.at(id);
      return made !== undefined && (activationIn(made) === activation || this.isApproximately(activation, made));
    };
    const isItself = activationOf(call) === activation || this.isApproximately(activation, call);
    const before = isItself ? call.inputs.flatMap((input) => this.scaleOf(input)) : [];
    return [...this.scalesOf(call, isOne), ...before].some(isAlmostOne);
  }

  /** Whether a call is the last of those that stand for a GELU by tanh: a tensor times sigmoid of a polynomial of it. */
  private isApproximately(activation: string, call: Call): boolean {
    if (activation !== 'gelu' || call.layer.className !== 'Multiply') return false;
    return call.inputs.some((input) => {
      const gate = this.at(input);
      if (gate === undefined || activationOf(gate) !== 'sigmoid') return false;
      const sources = this.sourcesOf([gate, ...this.reach(gate, this.before)]);
      return call.inputs.some((id) => sources.has(this.origin(id)));
    });
  }

  /** The tensors that calls make a polynomial of; none where they multiply none of them. */
  private sourcesOf(calls: readonly Call[]): ReadonlySet<string> {
    const isProduct = calls.some(({ layer }) => layer.className === 'Multiply');
    return new Set(isProduct ? calls.flatMap(({ inputs }) => inputs.map((input) => this.origin(input))) : []);
  }

  /** By what a call scales a tensor that `isIt`, together with what scales it before; nothing where it scales none. */
  private scalesOf(call: Call, isIt: (id: string) => boolean): number[] {
    const [only] = call.inputs;
    if (!scaling.has(call.layer.className) || only === undefined) return [];
    const isSum = call.layer.className !== 'Rescaling' && call.layer.className !== 'Normalization';
    const [part, ...others] = this.formOf(isSum ? call.id : only);
    if (part === undefined || others.length > 0 || !isIt(part[0])) return []; // a sum that cancels has no part
    return factorsOf(call).map((factor) => factor * part[1]);
  }

  /** By what the tensor was scaled that this one is alone. */
  private scaleOf(id: string): number[] {
    const form = [...this.formOf(id).values()];
    const call = this.at(id);
    const own = call !== undefined && scaling.has(call.layer.className) ? factorsOf(call) : [];
    return [...(form.length === 1 ? form : []), ...own];
  }

  /** Whether a product of a tensor with relu6 of that tensor and about 3 is almost a hard swish. */
  isHardSwish(call: Call): boolean {
    if (call.layer.className !== 'Multiply') return false;
    const parts = call.inputs.map((input) => this.chainOf(input));
    return parts.some(({ origin, factor }) => {
      const gate = this.hardSigmoidOf(origin);
      if (gate === null) return false;
      return parts.some((other) => {
        if (other.origin !== gate.origin) return false;
        const isWhole = alikeTo(gate.offset, three) && alikeTo(gate.factor, other.factor);
        const whole = factor * gate.times * other.factor;
        const isAlmost = (by: number) => isAlmostSixth(whole * by) && !(isWhole && alikeTo(whole * by, sixth));
        return this.scalesBehind(call)?.some(isAlmost) ?? true;
      });
    });
  }

  /** What relu6(x * factor + offset) * times a tensor is; null if it is none. */
  private hardSigmoidOf(id: string): (Chain & { times: number }) | null {
    const call = this.at(id);
    if (call === undefined) return null;
    if (activationOf(call) === 'hard_sigmoid') return { ...this.chainOf(call.inputs[0]!), offset: three, times: sixth };
    const isRelu6 =
      activationOf(call) === 'relu6' ||
      (call.layer.className === 'ReLU' && Math.abs(Number(call.layer.options['max_value']) - 6) < 0.1);
    return isRelu6 ? { ...this.chainOf(call.inputs[0]!), times: 1 } : null;
  }

  /** All that the answer of a call is scaled by in the layers behind it, 1 among it; null where that is too much to tell. */
  private scalesBehind(call: Call): readonly number[] | null {
    const known = new Map<Call, Set<number>>();
    const found: [Call, number][] = [[call, 1]];
    for (const [from, by] of found)
      for (const reader of new Set(this.readers.get(from.id))) {
        if (!scaling.has(reader.layer.className) && !moving.has(reader.layer.className)) continue;
        const scales = known.get(reader) ?? new Set();
        known.set(reader, scales);
        for (const factor of factorsOf(reader)) {
          if (scales.has(by * factor)) continue;
          scales.add(by * factor);
          if (found.push([reader, by * factor]) > mostScales) return null;
        }
      }
    return found.map(([, by]) => by);
  }

  /** A tensor as another, scaled and with something added. */
  private chainOf(id: string): Chain {
    const call = this.at(id);
    if (call === undefined || !(moving.has(call.layer.className) || call.layer.className === 'Rescaling'))
      return { origin: this.behind(id), factor: 1, offset: 0 };
    const { origin, factor, offset } = this.chainOf(call.inputs[0]!);
    const [by = 1] = factorsOf(call);
    const [more = 0] = [call.layer.options['offset'] ?? 0].flat(Infinity) as number[];
    return { origin, factor: factor * by, offset: offset * by + more };
  }

  /** Whether what a call divides, or divides by, is a quotient, with something added and multiplied or not. */
  isOfQuotient(call: Call): boolean {
    const passes = (each: Call): boolean =>
      affine.has(each.layer.className) || moving.has(each.layer.className) || isQuotient(each) || handsOn(each);
    return [...this.reach(call, this.before, passes)].some(isQuotient);
  }

  /** Whether a tensor is a sum that a product goes into, scaled or moved or not. */
  isSumOfProducts(id: string): boolean {
    const sum = this.unscaled(id);
    return sums.has(sum?.layer.className ?? '') && sum!.inputs.some((input) => this.isProduct(input));
  }

  private isProduct(id: string): boolean {
    const call = this.unscaled(id);
    return call !== undefined && products.has(call.layer.className) && activationIn(call) === 'linear';
  }

  /** What a tensor was before it was scaled and moved. */
  private unscaled(id: string): Call | undefined {
    const call = this.at(id);
    const isScaled = call?.layer.className === 'Rescaling' || moving.has(call?.layer.className ?? '');
    return isScaled ? this.unscaled(call!.inputs[0]!) : call;
  }

  /**
   * Whether one of these tensors may be more than once another that is not itself made of the greater. The optimizer
   * knows more tensors for the same than are told apart here, such as ReLU(6) and `relu6`, or what three tensors and
   * two of them make: unless both are sums of the same tensors, one that is scaled by more than 1 is enough.
   */
  hasMultiple(ids: readonly string[]): boolean {
    const places = [...new Set(ids.map((id) => this.behind(id)))];
    const isMultiple = (one: string, other: string): boolean => {
      const times = ratio(this.formOf(one), this.formOf(other));
      return (Number.isNaN(times) ? this.timesOf(one) : times) > 1 + alike && !this.leadsTo(one, other);
    };
    const enlarged = places.filter((place) => this.timesOf(place) > 1 + alike);
    const byParts = new Map<string, string[]>();
    for (const place of places) {
      const parts = JSON.stringify([...this.formOf(place).keys()].sort());
      byParts.set(parts, [...(byParts.get(parts) ?? []), place]);
    }
    const isAny = (ones: readonly string[], others: readonly string[]): boolean =>
      ones.some((one) => others.some((other) => other !== one && isMultiple(one, other)));
    return isAny(enlarged, places) || [...byParts.values()].some((group) => isAny(group, group));
  }

  /** How many times a tensor one that it is scaled from may be, where what is added up may be the same tensor. */
  private timesOf(id: string): number {
    const place = this.behind(id);
    const known = this.times.get(place) ?? this.timesIn(place);
    this.times.set(place, known);
    return known;
  }

  private timesIn(place: string): number {
    const [only, ...others] = [...this.formOf(place).values()];
    const call = this.byId.get(place);
    if (call === undefined || call.inputs.length === 0) return 1;
    const { className, options } = call.layer;
    const before = (): number => this.timesOf(call.inputs[0]!);
    if (className === 'Rescaling') {
      const factor = oneNumber(options['scale']);
      return factor === null || oneNumber(options['offset']) !== 0 ? 1 : Math.abs(factor) * before();
    }
    if (moving.has(className)) return before();
    if (className !== 'Average' && !sums.has(className)) return 1;
    if (others.length === 0) return Math.abs(only ?? 0);
    if (call.inputs.some((input) => (this.unscaled(input)?.layer.weights.length ?? 0) > 0)) return 1;
    const all = call.inputs.reduce((sum, input) => sum + this.timesOf(input), 0);
    return className === 'Average' ? all / call.inputs.length : all;
  }

  /** Whether a tensor is made of another by scaling, adding and moving alone. */
  private leadsTo(from: string, to: string): boolean {
    const end = this.at(to);
    if (end === undefined || !this.isScaled(to)) return false;
    const between = this.reach(end, this.before);
    return [end, ...between].some(({ inputs }) => inputs.some((input) => this.behind(input) === from));
  }

  private isScaled(id: string): boolean {
    const className = this.at(id)?.layer.className ?? '';
    return elementwise.has(className) || moving.has(className);
  }

  /** A tensor as a sum of others that are none. */
  private formOf(id: string): Form {
    const place = this.behind(id);
    const known = this.forms.get(place);
    if (known !== undefined) return known;
    const form = this.sumOf(place, this.byId.get(place));
    this.forms.set(place, form);
    return form;
  }

  private sumOf(place: string, call: Call | undefined): Form {
    const itself: Form = new Map([[place, 1]]);
    if (call === undefined || call.inputs.length === 0) return itself;
    const { className, options } = call.layer;
    const [factor, offset] = [oneNumber(options['scale']), oneNumber(options['offset'])];
    if (className === 'Rescaling' && factor !== null && offset === 0)
      return scaled(this.formOf(call.inputs[0]!), factor);
    const forms = (): Form[] => call.inputs.map((input) => this.formOf(input));
    if (className === 'Add') return added(forms());
    if (className === 'Average') return scaled(added(forms()), 1 / call.inputs.length);
    if (className === 'Subtract') return added(forms().map((form, i) => scaled(form, i === 0 ? 1 : -1)));
    if (!moving.has(className)) return itself;
    const how = reshaping.has(className) ? '' : `${className} ${JSON.stringify(options)} `;
    const moved = [...this.formOf(call.inputs[0]!)].map(([id, times]): [string, number] => [
      `${how}${call.shape.join('x')} of ${id.replace(/^[\dx]+ of /, '')}`,
      times,
    ]);
    return new Map(moved);
  }

  /** Whether a tensor of which a polynomial with a product goes into this tanh is multiplied with what comes out. */
  isGate(tanh: Call): boolean {
    const sources = this.sourcesOf([...this.reach(tanh, this.before)]);
    const to = this.reach(tanh, (call) => this.readers.get(call.id) ?? []);
    return [...to].some(
      ({ layer, inputs }) => layer.className === 'Multiply' && inputs.some((input) => sources.has(this.origin(input))),
    );
  }

  /** What a tensor is before it was scaled and moved. */
  private origin(id: string): string {
    return this.unscaled(id)?.id ?? this.behind(id);
  }

  /** All calls that `next` leads to from `call` through such as `passes`: those of single numbers, unless told. */
  private reach(
    call: Call,
    next: (call: Call) => (Call | undefined)[],
    passes = (each: Call): boolean => this.isScaled(each.id) || handsOn(each),
  ): Set<Call> {
    const found = new Set<Call>();
    const open = [call];
    while (open.length > 0)
      for (const each of next(open.pop()!)) {
        if (each === undefined || found.has(each) || !passes(each)) continue;
        found.add(each);
        open.push(each);
      }
    return found;
  }
}

/** A tensor as `origin` * factor + offset. */
interface Chain {
  origin: string;
  factor: number;
  offset: number;
}

/** Activations that divide by what their input says. */
const dividing: ReadonlySet<unknown> = new Set(['softsign', 'sigmoid', 'softmax']);
const divides = (call: Call): boolean => call.layer.className === 'Divide' || activationIn(call) === 'softsign';
const isQuotient = (call: Call): boolean =>
  ['Divide', 'Softmax'].includes(call.layer.className) || dividing.has(activationIn(call));

/** What scales the numbers of a tensor. */
const scaling = new Set(['Rescaling', 'Normalization', 'Average', 'Add', 'Subtract']);
/** So many different scales behind a call are told apart. */
const mostScales = 1000;

/** What a call scales by, for each channel; 1 where it is a sum. */
function factorsOf({ layer: { className, options, weights } }: Call): number[] {
  const numbers = (name: string): number[] => [
    ...(weights.find((weight) => weight.name === name)?.values ?? ([options[name]].flat(Infinity) as number[])),
  ];
  if (className === 'Rescaling') return numbers('scale');
  if (className === 'Normalization') return numbers('variance').map((variance) => 1 / Math.sqrt(variance));
  return [1];
}

const alikeTo = (one: number, other: number): boolean => Math.abs(one / other - 1) < alike;
const isAlmostOne = (factor: number): boolean => factor >= least && factor <= most && !alikeTo(factor, 1);
const isAlmostSixth = (factor: number): boolean => factor >= 0.1 && factor <= 0.25;

const activationIn = ({ layer: { options } }: Call): unknown => options['activation'] ?? 'linear';

/** What two calls have alike that answer the same: their options and what they read, and the layer itself where it has weights. */
const keyOf = ({ layer: { name, className, options, weights } }: Call, inputs: readonly string[]): string =>
  JSON.stringify([
    className,
    options,
    weights.length === 0 ? null : name,
    commuting.has(className) ? [...inputs].sort() : inputs,
    inputs.length === 0 ? name : null,
  ]);

const handsOn = (call: Call): boolean => trainingOnly.has(call.layer.className) || activationOf(call) === 'linear';
