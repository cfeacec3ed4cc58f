import { limits } from '../../base/limits.ts';
import { limit } from '../kernels/reach.ts';
import type { Linear, Node, Plan } from './plan.ts';
import { rowsWasm } from './rows-wasm.ts';

/** What rows.as.ts exports; numbers that are not sizes are places in memory. */
interface Rows {
  addRows(y: number, w: number, columns: number, index: number, value: number, count: number): void;
  addRowsExactly(y: number, w: number, columns: number, index: number, value: number, count: number): void;
  demote(y: number, x: number, size: number): void;
  relu(y: number, x: number, size: number): void;
  add(y: number, x: number, size: number): void;
  nonZero(x: number, size: number, index: number, value: number): number;
  best(x: number, size: number, out: number): number;
}

/** How near the two highest scores may lie, as a share of the largest, before float32 sums in another order could swap them. */
const rounding = 1e-4;
/** A final softmax rounds differences that are far below 1. */
const leastScale = 0.1;

/** What float64 may lose of the largest term that ever was in a sum. */
const lost = 1e-10;

const padded = (size: number): number => Math.ceil(size / 4) * 4;

/** A layer in the module's memory. One that reads the cut keeps its sum in float64 from step to step, where it loses nothing. */
interface Placed {
  node: Linear;
  width: number;
  rows: number;
  sum: number | null;
  bias: Float32Array;
  largest: number;
}

/**
 * The suffix of a net for one image at a time. Layers that read the cut are updated by what pruning changed there; the layers behind
 * them add up the weight rows of those inputs that are not zero, which are few behind a ReLU.
 */
export class RowNet {
  private readonly memory: WebAssembly.Memory;
  private readonly rows: Rows;
  private readonly float32: Float32Array;
  private readonly float64: Float64Array;
  private readonly int32: Int32Array;
  private readonly at = new Map<string, number>();
  private readonly linears: ReadonlyMap<Node, Placed>;
  /** Lists of inputs: those found in a tensor, and those that one output position takes of them. */
  private readonly found: { index: number; value: number };
  private readonly taken: { index: number; value: number };
  private readonly out: number;
  /** The largest terms of this image's sums: ever, of those that are kept, and at present, of the others. */
  private kept = 0;
  /** The largest magnitude at the cut, and how large it may be without any number behind it leaving float32. */
  private largest = 0;
  private readonly most: number;
  private present = 0;

  constructor(
    private readonly plan: Plan,
    private readonly cut: string,
    private readonly classes: number,
  ) {
    this.most = mostAt(plan, cut);
    let end = 16;
    const reserve = (bytes: number): number => {
      const at = end;
      end += padded(Math.ceil(bytes / 4)) * 4;
      return at;
    };
    for (const [id, size] of plan.sizes) this.at.set(id, reserve(4 * padded(size)));
    const linears = plan.nodes.filter((node) => node.kind === 'linear');
    this.linears = new Map(
      linears.map((node): [Node, Placed] => {
        const width = padded(node.columns);
        const bias = new Float32Array(width);
        if (node.bias !== null) bias.set(node.bias);
        const largest = node.rows.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
        return [
          node,
          {
            node,
            width,
            bias,
            largest,
            rows: reserve((4 * width * node.rows.length) / node.columns),
            sum: node.input === cut ? reserve(8 * width * node.taps.length) : null,
          },
        ];
      }),
    );
    const longest = Math.max(
      ...plan.sizes.values(),
      ...linears.map(({ taps, channels }) => Math.max(...taps.map((own) => own.length * channels))),
    );
    [this.found, this.taken] = [
      { index: reserve(4 * longest), value: reserve(8 * longest) },
      { index: reserve(4 * longest), value: reserve(8 * longest) },
    ];
    this.out = reserve(12);
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) });
    const code = new WebAssembly.Module(Uint8Array.from(atob(rowsWasm), (sign) => sign.charCodeAt(0)));
    this.rows = new WebAssembly.Instance(code, { env: { memory: this.memory } }).exports as unknown as Rows;
    const { buffer } = this.memory;
    [this.float32, this.float64, this.int32] = [
      new Float32Array(buffer),
      new Float64Array(buffer),
      new Int32Array(buffer),
    ];
    for (const { node, width, rows } of this.linears.values()) {
      for (let r = 0; r * node.columns < node.rows.length; r++)
        this.float32.set(node.rows.subarray(r * node.columns, (r + 1) * node.columns), rows / 4 + r * width);
    }
  }

  /** Starts an image with its values at the cut. */
  begin(cut: Float32Array): void {
    const { index, value } = this.found;
    this.kept = this.largest = 0;
    for (const { sum, bias, width, node } of this.linears.values()) {
      if (sum !== null) for (let o = 0; o < node.taps.length; o++) this.float64.set(bias, sum / 8 + o * width);
    }
    this.float32.set(cut, this.at.get(this.cut)! / 4);
    let count = 0;
    for (let i = 0; i < cut.length; i++) {
      if (cut[i] === 0) continue;
      this.largest = Math.max(this.largest, Math.abs(cut[i]!));
      this.int32[index / 4 + count] = i;
      this.float64[value / 8 + count] = cut[i]!;
      count++;
    }
    this.change(count);
  }

  /** Brings channels of `cut` [positions, channels] to their pruned values, here and in place; answers whether that changed anything. */
  prune(cut: Float32Array, constant: Float32Array, channels: number, pruned: Int32Array): boolean {
    const { index, value } = this.found;
    const inMemory = this.at.get(this.cut)! / 4;
    let count = 0;
    for (let base = 0; base < cut.length; base += channels) {
      for (const channel of pruned) {
        const i = base + channel;
        if (cut[i] === constant[i]) continue;
        this.int32[index / 4 + count] = i;
        this.float64[value / 8 + count] = constant[i]! - cut[i]!;
        this.largest = Math.max(this.largest, Math.abs(constant[i]!));
        cut[i] = this.float32[inMemory + i] = constant[i]!;
        count++;
      }
    }
    if (count > 0) this.change(count);
    return count > 0;
  }

  /** The class of the image as it stands: the first of the highest scores; -1 where rounding could decide, or a number may not be finite. */
  answer(): number {
    if (!(this.largest < this.most)) return -1;
    this.present = 0;
    for (const node of this.plan.nodes) {
      const y = this.at.get(node.id)!;
      if (node.kind === 'relu') this.rows.relu(y, this.at.get(node.input)!, padded(this.plan.sizes.get(node.id)!));
      else if (node.kind === 'add') this.add(y, node.inputs, this.plan.sizes.get(node.id)!);
      else this.multiply(this.linears.get(node)!, y);
    }
    const best = this.rows.best(this.at.get(this.plan.scores)!, this.classes, this.out);
    const [first, second, largest] = this.float32.subarray(this.out / 4);
    return first! - second! > Math.max(rounding * Math.max(largest!, this.present, leastScale), this.kept * lost)
      ? best
      : -1;
  }

  private add(y: number, [first, ...others]: string[], size: number): void {
    const from = this.at.get(first!)! / 4;
    this.float32.copyWithin(y / 4, from, from + padded(size));
    for (const other of others) this.rows.add(y, this.at.get(other)!, padded(size));
  }

  private multiply({ node, width, rows, sum, bias, largest }: Placed, y: number): void {
    if (sum !== null) return this.rows.demote(y, sum, width * node.taps.length);
    for (let o = 0; o < node.taps.length; o++) this.float32.set(bias, y / 4 + o * width);
    const { index, value } = this.found;
    const count = this.rows.nonZero(this.at.get(node.input)!, this.plan.sizes.get(node.input)!, index, value);
    for (let k = 0; k < count; k++)
      this.present = Math.max(this.present, Math.abs(this.float32[value / 4 + k]!) * largest);
    if (node.taps.length === 1 && node.taps[0]!.length === 1 && node.share === 1)
      return this.rows.addRows(y, rows, width, index, value, count);
    this.eachOutput(node, count, this.float32, value / 4, (o, taken) =>
      this.rows.addRows(y + 4 * o * width, rows, width, this.taken.index, this.taken.value, taken),
    );
  }

  /** Adds the `count` changes that were found at the cut to all that is kept of it. */
  private change(count: number): void {
    const { value } = this.found;
    for (const { node, width, rows, sum, largest } of this.linears.values()) {
      if (sum === null) continue;
      for (let k = 0; k < count; k++) this.kept = Math.max(this.kept, Math.abs(this.float64[value / 8 + k]!) * largest);
      this.eachOutput(node, count, this.float64, value / 8, (o, taken) =>
        this.rows.addRowsExactly(sum + 8 * o * width, rows, width, this.taken.index, this.taken.value, taken),
      );
    }
  }

  /** For each output position of a layer: lists in `taken` the weight rows that the found inputs count for, and their values. */
  private eachOutput(
    { taps, channels, share }: Linear,
    count: number,
    values: Float32Array | Float64Array,
    value: number,
    use: (output: number, taken: number) => void,
  ): void {
    const found = this.int32.subarray(this.found.index / 4, this.found.index / 4 + count);
    const index = this.taken.index / 4;
    const target = this.taken.value / values.BYTES_PER_ELEMENT;
    for (const [o, own] of taps.entries()) {
      let taken = 0;
      for (const [position, base] of own) {
        const [from, to] = [position * channels, (position + 1) * channels];
        for (let k = firstAtLeast(found, from); k < count && found[k]! < to; k++) {
          this.int32[index + taken] = base + found[k]! - from;
          values[target + taken] = values[value + k]! * share;
          taken++;
        }
      }
      if (taken > 0) use(o, taken);
    }
  }
}

const highest = limit / limits.pooled;

/** The magnitude at the cut below which every sum of a plan stays finite, means over positions included: each is at most one times a gain, and an offset. */
function mostAt({ nodes }: Plan, cut: string): number {
  const bounds = new Map([[cut, { gain: 1, offset: 0 }]]);
  let most = highest;
  for (const node of nodes) {
    const inputs = (node.kind === 'add' ? node.inputs : [node.input]).map((id) => bounds.get(id)!);
    const [factor, shift] = node.kind === 'linear' ? [gainOf(node), largestOf(node.bias ?? [])] : [1, 0];
    const gain = factor * inputs.reduce((sum, input) => sum + input.gain, 0);
    const offset = factor * inputs.reduce((sum, input) => sum + input.offset, 0) + shift;
    bounds.set(node.id, { gain, offset });
    most = Math.min(most, gain > 0 ? (highest - offset) / gain : offset < highest ? highest : 0);
  }
  return most;
}

/** The largest sum of the magnitudes of weights in one of a layer's columns, as often as an output position reads them at most. */
function gainOf({ rows, columns, taps, channels }: Linear): number {
  const sums = new Float64Array(columns);
  for (let at = 0; at < rows.length; at += columns) {
    for (let c = 0; c < columns; c++) sums[c] = sums[c]! + Math.abs(rows[at + c]!);
  }
  const reads = (Math.max(...taps.map((own) => own.length)) * channels * columns) / rows.length;
  return largestOf(sums) * Math.max(1, reads);
}

const largestOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The place of the first number that is not below `least` in an ascending list. */
function firstAtLeast(list: Int32Array, least: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
