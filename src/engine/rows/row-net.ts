import { limits } from '../../base/limits.ts';
import { codeHere } from '../kernels/product-code.ts';
import { limit } from '../kernels/reach.ts';
import type { Linear, Node, Plan } from './plan.ts';
import { fusedRowsWasm, rowsWasm } from './rows-wasm.ts';

/** What rows.as.ts exports; numbers that are not sizes are places in memory. */
interface Rows {
  rowsTogether(): number;
  begin(y: number, yStep: number, bias: number, size: number): void;
  addRows(...numbers: number[]): void;
  addChanges(...numbers: number[]): void;
  demote(y: number, x: number, size: number): void;
  relu(y: number, x: number, size: number): void;
  add(y: number, x: number, size: number): void;
  nonZero(x: number, step: number, size: number, index: number): number;
  largest(x: number, size: number): number;
  best(x: number, size: number, out: number): number;
}

/** How near the two highest scores may lie, as a share of the largest, before float32 sums in another order could swap them. */
const rounding = 1e-4;
/** A final softmax rounds differences that are far below 1. */
const leastScale = 0.1;

/** What float64 may lose of the largest term that ever was in a sum. */
const lost = 1e-10;

const inBlock = 16;
const padded = (size: number): number => Math.ceil(size / inBlock) * inBlock;
/** What a row of `size` numbers takes: blocks that begin in it end in it. */
const roomFor = (size: number): number => padded(size) + inBlock;

/** A layer in the module's memory. `columns` are padded to whole blocks of 16, and `bias` too. */
interface Placed {
  node: Linear;
  columns: number;
  weights: number;
  bias: number;
  /** The largest weight. */
  largest: number;
}

/** One that reads the cut keeps its sum in float64, where it loses nothing, and a list of what reads each position. */
interface Summed extends Placed {
  sum: number;
  starts: number;
  readers: number;
}

/** An image as it was kept: the largest term that ever was in a sum of what reads the cut, and the largest magnitude there. */
interface Kept {
  term: number;
  magnitude: number;
}

/**
 * The suffix of a net for one image at a time. Layers that read the cut are updated by what pruning changed there.
 * Those behind them are computed for some steps of the image together, from the weight rows of those inputs that are
 * not zero in each of them, which are few behind a ReLU.
 */
export class RowNet {
  /** How many steps are computed together. */
  readonly together: number;
  private readonly rows: Rows;
  private readonly float32: Float32Array;
  private readonly float64: Float64Array;
  private readonly int32: Int32Array;
  /** Where each tensor lies: [together] rows of a padded size. */
  private readonly at = new Map<string, number>();
  private readonly summed: Summed[] = [];
  private readonly placed = new Map<Node, Placed>();
  /** The largest weight of what reads the cut. */
  private readonly heaviest: number;
  /** Changes at the cut, or inputs that are not zero. */
  private readonly index: number;
  private readonly value: number;
  private readonly out: number;
  private kept: Kept[] = [];
  /** The largest change of this image's cut so far, and the largest magnitude there. */
  private changed = 0;
  private magnitude = 0;
  /** How large the cut may be without any number behind it leaving float32. */
  private readonly most: number;

  constructor(
    private readonly plan: Plan,
    private readonly cut: string,
    private readonly classes: number,
  ) {
    this.most = mostAt(plan, cut);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { code } = codeHere(fusedRowsWasm, rowsWasm);
    this.rows = new WebAssembly.Instance(code, { env: { memory } }).exports as unknown as Rows;
    this.together = this.rows.rowsTogether();
    let end = 64;
    const reserve = (numbers: number): number => {
      const at = end;
      end += 4 * padded(numbers);
      return at;
    };
    for (const [id, size] of plan.sizes) this.at.set(id, reserve(this.together * roomFor(size)));
    const linears = plan.nodes.filter((node) => node.kind === 'linear');
    for (const node of linears) {
      const columns = padded(node.columns);
      const placed: Placed = {
        node,
        columns,
        weights: reserve((node.rows.length / node.columns) * columns),
        bias: reserve(columns),
        largest: node.rows.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
      };
      if (node.input !== cut) this.placed.set(node, placed);
      else
        this.summed.push({
          ...placed,
          sum: reserve(2 * roomFor(node.taps.length * node.columns)),
          starts: reserve(this.positionsOf(node) + 1),
          readers: reserve(2 * node.taps.flat().length),
        });
    }
    const longest = Math.max(...plan.sizes.values());
    this.index = reserve(longest + 4);
    this.value = reserve(2 * longest);
    this.out = reserve(8);
    memory.grow(Math.ceil(end / 65536));
    this.float32 = new Float32Array(memory.buffer);
    this.float64 = new Float64Array(memory.buffer);
    this.int32 = new Int32Array(memory.buffer);
    this.heaviest = Math.max(0, ...this.summed.map(({ largest }) => largest));
    for (const layer of this.placed.values()) this.pack(layer);
    for (const layer of this.summed) this.listReaders(layer);
  }

  /** Weights [rows][columns] as [blocks][rows][16], with the share of each input. */
  private pack({ node, weights, bias }: Placed): void {
    const rows = node.rows.length / node.columns;
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < node.columns; c++) {
        const block = Math.floor(c / inBlock);
        const at = weights / 4 + (block * rows + r) * inBlock + (c % inBlock);
        this.float32[at] = node.rows[r * node.columns + c]! * node.share;
      }
    if (node.bias !== null) this.float32.set(node.bias, bias / 4);
  }

  /** Weights as they are, rows padded; and of each position which outputs read it with which weight row. */
  private listReaders({ node, columns, weights, bias, starts, readers }: Summed): void {
    for (let r = 0; r * node.columns < node.rows.length; r++)
      this.float32.set(node.rows.subarray(r * node.columns, (r + 1) * node.columns), weights / 4 + r * columns);
    if (node.bias !== null) this.float32.set(node.bias, bias / 4);
    const of: [output: number, base: number][][] = Array.from({ length: this.positionsOf(node) }, () => []);
    for (const [o, own] of node.taps.entries()) for (const [position, base] of own) of[position]!.push([o, base]);
    let count = 0;
    for (const [position, own] of of.entries()) {
      this.int32[starts / 4 + position] = count;
      for (const [o, base] of own)
        this.int32.set([8 * o * node.columns, 4 * base * columns], readers / 4 + 2 * count++);
    }
    this.int32[starts / 4 + of.length] = count;
  }

  /** Starts an image with its values at the cut. */
  begin(cut: Float32Array): void {
    this.changed = this.magnitude = 0;
    for (const { node, sum, bias } of this.summed) {
      const own = this.float32.subarray(bias / 4, bias / 4 + node.columns);
      for (let o = 0; o < node.taps.length; o++) this.float64.set(own, sum / 8 + o * node.columns);
    }
    let count = 0;
    for (let i = 0; i < cut.length; i++) if (cut[i] !== 0) this.note(count++, i, cut[i]!, cut[i]!);
    this.change(count);
  }

  /** Brings channels of `cut` [positions, channels] to their pruned values, here and in place; answers whether that changed anything. */
  prune(cut: Float32Array, constant: Float32Array, channels: number, pruned: Int32Array): boolean {
    let count = 0;
    for (let base = 0; base < cut.length; base += channels) {
      for (const channel of pruned) {
        const i = base + channel;
        if (cut[i] === constant[i]) continue;
        this.note(count++, i, constant[i]! - cut[i]!, constant[i]!);
        cut[i] = constant[i]!;
      }
    }
    if (count > 0) this.change(count);
    return count > 0;
  }

  /** Keeps the image as it stands, with `cut`, for `answers`: at most `together` times. */
  keep(cut: Float32Array): void {
    const row = this.kept.push({ term: this.changed * this.heaviest, magnitude: this.magnitude }) - 1;
    this.float32.set(cut, this.rowOf(this.cut, row) / 4);
    for (const { node, sum } of this.summed)
      this.rows.demote(this.rowOf(node.id, row), sum, padded(node.taps.length * node.columns));
  }

  /**
   * The class of the image each time it was kept: the first of the highest scores; -1 where rounding could decide, or
   * a number may not be finite.
   */
  answers(): number[] {
    const terms = this.kept.map(() => 0);
    for (const node of this.plan.nodes) {
      if (node.kind === 'relu')
        this.rows.relu(this.at.get(node.id)!, this.at.get(node.input)!, this.numbersOf(node.id));
      else if (node.kind === 'add') this.add(node.id, node.inputs);
      else if (node.input !== this.cut) this.multiply(this.placed.get(node)!, terms);
    }
    const answers = this.kept.map(({ term, magnitude }, row) => {
      const scores = this.rowOf(this.plan.scores, row);
      const best = this.rows.best(scores, this.classes, this.out);
      const [first, second] = [this.float32[this.out / 4]!, this.float32[this.out / 4 + 1]!];
      const largest = this.rows.largest(scores, this.classes);
      const least = Math.max(rounding * Math.max(largest, terms[row]!, leastScale), term * lost);
      return magnitude < this.most && first - second > least ? best : -1;
    });
    this.kept = [];
    return answers;
  }

  /** The cut as it was kept. */
  cutOf(row: number): Float32Array {
    const at = this.rowOf(this.cut, row) / 4;
    return this.float32.subarray(at, at + this.plan.sizes.get(this.cut)!);
  }

  private positionsOf({ input, channels }: Linear): number {
    return this.plan.sizes.get(input)! / channels;
  }

  private stepOf(id: string): number {
    return 4 * roomFor(this.plan.sizes.get(id)!);
  }

  private rowOf(id: string, row: number): number {
    return this.at.get(id)! + row * this.stepOf(id);
  }

  /** How many numbers the kept rows of a tensor have. */
  private numbersOf(id: string): number {
    return (this.kept.length * this.stepOf(id)) / 4;
  }

  private add(id: string, [first, ...others]: string[]): void {
    const [y, from] = [this.at.get(id)!, this.at.get(first!)! / 4];
    this.float32.copyWithin(y / 4, from, from + this.numbersOf(id));
    for (const other of others) this.rows.add(y, this.at.get(other)!, this.numbersOf(id));
  }

  private multiply({ node, columns, weights, bias, largest }: Placed, terms: number[]): void {
    const [size, x, xStep] = [this.plan.sizes.get(node.input)!, this.at.get(node.input)!, this.stepOf(node.input)];
    for (const row of terms.keys())
      terms[row] = Math.max(terms[row]!, this.rows.largest(x + row * xStep, size) * largest);
    const count = this.rows.nonZero(x, xStep, size, this.index);
    const [y, yStep] = [this.at.get(node.id)!, this.stepOf(node.id)];
    const blockStep = (4 * inBlock * node.rows.length) / node.columns;
    for (const [o, taps] of node.taps.entries()) {
      const at = y + 4 * o * node.columns;
      this.rows.begin(at, yStep, bias, node.columns);
      for (const [position, base] of taps) {
        const first = position * node.channels;
        const from = this.below(first, count);
        const taken = this.below(first + node.channels, count) - from;
        const rows = weights + 4 * inBlock * (base - first);
        this.rows.addRows(at, yStep, x, xStep, this.index + 4 * from, taken, rows, blockStep, columns / inBlock);
      }
    }
  }

  /** How many of the `count` inputs that were found lie below `least`. */
  private below(least: number, count: number): number {
    const found = this.index / 4;
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.int32[found + middle]! < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Writes down a change at the cut, the `count`th, by `value` to what it is `now`. */
  private note(count: number, index: number, value: number, now: number): void {
    this.changed = Math.max(this.changed, Math.abs(value));
    this.magnitude = Math.max(this.magnitude, Math.abs(now));
    this.int32[this.index / 4 + count] = index;
    this.float64[this.value / 8 + count] = value;
  }

  /** Adds the `count` changes that were noted to all that is kept of the cut. */
  private change(count: number): void {
    for (const { node, starts, readers, weights, columns, sum } of this.summed) {
      this.rows.addChanges(
        this.index,
        this.value,
        count,
        node.channels,
        starts,
        readers,
        weights,
        columns,
        node.share,
        sum,
      );
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
