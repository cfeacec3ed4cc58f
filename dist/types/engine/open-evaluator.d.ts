import type { Config } from '../settings/config.ts';
import type { Evaluator, EvaluatorPlace } from './evaluator.ts';
/** What computes the nets, as the settings have it. Throws `engine-unavailable` or `no-simd`. */
export declare function openEvaluator(config: Pick<Config, 'workers' | 'engine'>, place: EvaluatorPlace): Promise<Evaluator>;
