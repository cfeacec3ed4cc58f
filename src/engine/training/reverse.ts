import { breathe } from '../../base/breathe.ts';
import { failure } from '../../base/errors.ts';
import type { Edits, Model } from '../../models/net.ts';
import { AdamPowers, epsilon } from './adam.ts';
import { batches, mulberry32, searchedAStep } from './draw.ts';
import type { Examples } from './train.ts';
import {
  type PixelRange,
  type ReversedTrigger,
  sizeOfMask,
  TriggerNet,
  type TriggerParameters,
  triggerOf,
} from './trigger-gradients.ts';

export interface ReversalSettings {
  /** The class that the trigger is to make the net answer. */
  target: number;
  steps: number;
  range: PixelRange;
  /** Weights that differ from the file's. */
  edits?: Edits;
}

/** A trigger that was found for a class. */
export interface Reversal extends ReversedTrigger {
  /** The sum of the mask. */
  l1: number;
  /** The mean success of the ten steps before it was found. */
  success: number;
  /** Whether so many images were given the class that it counts. */
  reached: boolean;
}

const seed = 3;
const rate = 0.1;
const [keep, keepSquare] = [0.5, 0.9];
const firstLambda = 1e-3;
/** After so many steps it is looked at what came of them. */
const round = 10;
const wantedSuccess = 0.98;
const harder = 1.5;
const easier = 1.5 ** 1.5;

/**
 * Reverses a trigger for one class: the smallest mask whose pattern makes the net answer that class to images of others.
 * What is found depends on net, images, class and settings alone. Throws `no-gradient`, `few-images` and `engine-failed`.
 */
export async function reverse(model: Model, examples: Examples, settings: ReversalSettings): Promise<Reversal> {
  const { target, steps, range, edits } = settings;
  const others = Int32Array.from([...examples.labels.keys()].filter((i) => examples.labels[i] !== target));
  if (others.length < searchedAStep)
    throw failure('few-images', model.file, { images: others.length, least: searchedAStep, target });
  const net = new TriggerNet(model, edits);
  try {
    const drawn = batches(others, searchedAStep, mulberry32(seed), 'skipped');
    const search = new Search(model.inputShape.at(-1)!, model.inputShape.slice(0, 2), range);
    for (let step = 0; step < steps; step++) {
      const images = examples.images(drawn.next().value as Int32Array);
      search.step((parameters, lambda) => net.gradients(images, target, parameters, lambda, range));
      await breathe(undefined);
    }
    return search.found();
  } finally {
    net.dispose();
  }
}

/** The search for a trigger: Adam on its parameters, with masks that weigh more the longer it succeeds. */
class Search {
  private readonly parameters: TriggerParameters;
  private readonly moments;
  private readonly powers = new AdamPowers(keep, keepSquare);
  private lambda = firstLambda;
  private successes: number[] = [];
  private best: Reversal | null = null;
  private lastSuccess = 0;

  constructor(
    private readonly channels: number,
    size: readonly number[],
    private readonly range: PixelRange,
  ) {
    const pixels = size.reduce((a, b) => a * b, 1);
    this.parameters = { a: new Float64Array(pixels), b: new Float64Array(pixels * channels) };
    this.moments = { a: momentsOf(pixels), b: momentsOf(pixels * channels) };
  }

  step(gradientsOf: (parameters: TriggerParameters, lambda: number) => TriggerParameters & { success: number }): void {
    const gradients = gradientsOf(this.parameters, this.lambda);
    this.successes.push(gradients.success);
    if (this.successes.length === round) this.look();
    const far = this.powers.next(rate);
    for (const name of ['a', 'b'] as const) move(this.parameters[name], gradients[name], this.moments[name], far);
  }

  found(): Reversal {
    return this.best ?? this.now(false);
  }

  /** Keeps what the last steps came to if it is the best so far, and makes the next ones harder or easier. */
  private look(): void {
    this.lastSuccess = this.successes.reduce((sum, success) => sum + success, 0) / round;
    this.successes = [];
    const reached = this.lastSuccess >= wantedSuccess;
    this.lambda = reached ? this.lambda * harder : this.lambda / easier;
    if (!reached) return;
    const now = this.now(true);
    if (this.best === null || now.l1 < this.best.l1) this.best = now;
  }

  private now(reached: boolean): Reversal {
    const trigger = triggerOf(this.parameters, this.channels, this.range);
    return { ...trigger, l1: sizeOfMask(trigger), success: this.lastSuccess, reached };
  }
}

interface Moments {
  m: Float64Array;
  v: Float64Array;
}

const momentsOf = (count: number): Moments => ({ m: new Float64Array(count), v: new Float64Array(count) });

/** A step of Adam in place. */
function move(values: Float64Array, gradient: Float64Array, { m, v }: Moments, far: number): void {
  for (let i = 0; i < values.length; i++) {
    const slope = gradient[i]!;
    m[i] = keep * m[i]! + (1 - keep) * slope;
    v[i] = keepSquare * v[i]! + (1 - keepSquare) * slope * slope;
    values[i]! -= (far * m[i]!) / (Math.sqrt(v[i]!) + epsilon);
  }
}
