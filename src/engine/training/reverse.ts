import { breathe } from '../../base/breathe.ts';
import { failure } from '../../base/errors.ts';
import type { Edits, Model, Shape } from '../../models/net.ts';
import { AdamPowers, epsilon } from './adam.ts';
import { batches, mulberry32, searchedAStep } from './draw.ts';
import type { PausedSearches, SearchState } from './paused-searches.ts';
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
  /** The series of searches that this is one of, where it is to go on later: see `PausedSearches`. */
  series?: number;
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
 * What is found depends on net, images, class and settings alone, also where a search goes on that was `paused`. Throws
 * `no-gradient`, `few-images` and `engine-failed`.
 */
export async function reverse(
  model: Model,
  examples: Examples,
  settings: ReversalSettings,
  paused: PausedSearches | null = null,
): Promise<Reversal> {
  const { target, steps, range, edits } = settings;
  const others = Int32Array.from([...examples.labels.keys()].filter((i) => examples.labels[i] !== target));
  if (others.length < searchedAStep)
    throw failure('few-images', model.file, { images: others.length, least: searchedAStep, target });
  const net = new TriggerNet(model, edits);
  try {
    const drawn = batches(others, searchedAStep, mulberry32(seed), 'skipped');
    const state = paused?.take(settings) ?? beginning(model.inputShape);
    const search = new Search(model.inputShape, range, state);
    for (let step = 0; step < steps; step++) {
      const some = drawn.next().value as Int32Array;
      if (step < state.steps) continue;
      const images = examples.images(some);
      search.step((parameters, lambda) => net.gradients(images, target, parameters, lambda, range));
      await breathe(undefined);
    }
    paused?.put(settings, search.state);
    return search.found();
  } finally {
    net.dispose();
  }
}

/** A search at its beginning, for images of a shape. */
function beginning([height, width, channels]: Shape): SearchState {
  const [mask, pattern] = [height! * width!, height! * width! * channels!];
  return {
    steps: 0,
    numbers: new Float64Array(kinds * (mask + pattern)),
    powers: [1, 1],
    lambda: firstLambda,
    successes: [],
    lastSuccess: 0,
    best: null,
  };
}

/** Of each parameter there are its value and two moments of Adam. */
const kinds = 3;

/** The search for a trigger: Adam on its parameters, with masks that weigh more the longer it succeeds. */
class Search {
  private readonly channels: number;
  private readonly parameters: TriggerParameters;
  private readonly moments;
  private readonly powers;

  constructor(
    [height, width, channels]: Shape,
    private readonly range: PixelRange,
    readonly state: SearchState,
  ) {
    const mask = height! * width!;
    const [value, m, v] = parted(state.numbers, kinds).map((numbers) => ({
      a: numbers.subarray(0, mask),
      b: numbers.subarray(mask),
    }));
    this.channels = channels!;
    this.parameters = value!;
    this.moments = { m: m!, v: v! };
    this.powers = new AdamPowers(keep, keepSquare, state.powers);
  }

  step(gradientsOf: (parameters: TriggerParameters, lambda: number) => TriggerParameters & { success: number }): void {
    const { parameters, moments, state } = this;
    const gradients = gradientsOf(parameters, state.lambda);
    state.successes.push(gradients.success);
    if (state.successes.length === round) this.look();
    const far = this.powers.next(rate);
    for (const name of ['a', 'b'] as const)
      move(parameters[name], gradients[name], moments.m[name], moments.v[name], far);
    state.steps++;
  }

  found(): Reversal {
    return this.state.best ?? this.now(false);
  }

  /** Keeps what the last steps came to if it is the best so far, and makes the next ones harder or easier. */
  private look(): void {
    const { state } = this;
    state.lastSuccess = state.successes.reduce((sum, success) => sum + success, 0) / round;
    state.successes = [];
    const reached = state.lastSuccess >= wantedSuccess;
    state.lambda = reached ? state.lambda * harder : state.lambda / easier;
    if (!reached) return;
    const now = this.now(true);
    if (state.best === null || now.l1 < state.best.l1) state.best = now;
  }

  private now(reached: boolean): Reversal {
    const trigger = triggerOf(this.parameters, this.channels, this.range);
    return { ...trigger, l1: sizeOfMask(trigger), success: this.state.lastSuccess, reached };
  }
}

/** Numbers in so many parts of one length. */
const parted = (numbers: Float64Array, count: number): Float64Array[] => {
  const length = numbers.length / count;
  return Array.from({ length: count }, (_, i) => numbers.subarray(i * length, (i + 1) * length));
};

/** A step of Adam in place. */
function move(values: Float64Array, gradient: Float64Array, m: Float64Array, v: Float64Array, far: number): void {
  for (let i = 0; i < values.length; i++) {
    const slope = gradient[i]!;
    m[i] = keep * m[i]! + (1 - keep) * slope;
    v[i] = keepSquare * v[i]! + (1 - keepSquare) * slope * slope;
    values[i]! -= (far * m[i]!) / (Math.sqrt(v[i]!) + epsilon);
  }
}
