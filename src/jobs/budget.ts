import type { Config } from '../settings/config.ts';
import { failure } from '../base/errors.ts';

/** Does a job whose signal is also given when `time-budget-minutes` are over, with the error `time-budget` as its reason. */
export async function withinBudget<W extends { signal?: AbortSignal }, T>(
  { 'time-budget-minutes': minutes }: Pick<Config, 'time-budget-minutes'>,
  world: W,
  job: (world: W) => Promise<T>,
): Promise<T> {
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort(failure('time-budget', 'the run', { minutes })), minutes * 60_000);
  try {
    return await job({
      ...world,
      signal: AbortSignal.any([budget.signal, ...(world.signal === undefined ? [] : [world.signal])]),
    });
  } finally {
    clearTimeout(timer);
  }
}
