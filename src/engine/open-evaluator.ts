import type { Config } from '../settings/config.ts';
import type { Evaluator, EvaluatorPlace } from './evaluator.ts';
import { openThreads } from './threads/threads.ts';

/** What computes the nets, as the settings have it. Throws `engine-unavailable` or `no-simd`. */
export function openEvaluator(config: Pick<Config, 'workers' | 'engine'>, place: EvaluatorPlace): Promise<Evaluator> {
  return openThreads(config, place);
}
