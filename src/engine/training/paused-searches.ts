import type { Reversal, ReversalSettings } from './reverse.ts';

/** How far a search for a trigger is. */
export interface SearchState {
  /** The steps that it made. */
  steps: number;
  /** Its parameters, and both moments of each. */
  numbers: Float64Array;
  /** What is left of the moments' beginnings. */
  powers: [number, number];
  lambda: number;
  /** The success of each step since it was last looked at, and their mean then. */
  successes: number[];
  lastSuccess: number;
  best: Reversal | null;
}

/** Where numbers go that are more than the memory should hold. */
export interface NumberFile {
  put(key: string, numbers: Float32Array): void;
  /** The numbers of `key`, once; undefined if it has none. */
  take(key: string): Float32Array | undefined;
}

/** Searches of one series that stopped, by class. They go on as if they had not. */
export class PausedSearches {
  private series: number | null = null;
  private readonly states = new Map<number, Omit<SearchState, 'numbers'>>();

  private readonly numbers: NumberFile;

  /** Their numbers stay in memory where there is no file for them. */
  constructor(file: NumberFile | null) {
    this.numbers = file ?? new InMemory();
  }

  /** The search for a class, once; null where none stopped here that has some of the steps still to make. */
  take({ series, target, steps }: ReversalSettings): SearchState | null {
    if (series === undefined || series !== this.series) return null;
    const state = this.states.get(target);
    const numbers = this.numbers.take(keyOf(target));
    this.states.delete(target);
    return state && numbers && state.steps <= steps ? { ...state, numbers: doubled(numbers) } : null;
  }

  /** Keeps a search that is to go on. */
  put({ series, target }: ReversalSettings, { numbers, ...state }: SearchState): void {
    if (series === undefined) return;
    if (series !== this.series) this.states.clear();
    this.series = series;
    this.states.set(target, state);
    this.numbers.put(keyOf(target), halved(numbers));
  }
}

class InMemory implements NumberFile {
  private readonly held = new Map<string, Float32Array>();

  put(key: string, numbers: Float32Array): void {
    this.held.set(key, numbers);
  }

  take(key: string): Float32Array | undefined {
    const numbers = this.held.get(key);
    this.held.delete(key);
    return numbers;
  }
}

const keyOf = (target: number): string => `search ${target}`;

/** The bits of numbers of 64 bits, as numbers of 32, and back. */
const halved = ({ buffer, byteOffset, length }: Float64Array): Float32Array =>
  new Float32Array(buffer, byteOffset, 2 * length);
const doubled = ({ buffer, byteOffset, length }: Float32Array): Float64Array =>
  new Float64Array(buffer, byteOffset, length / 2);
