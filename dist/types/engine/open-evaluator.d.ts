import type { Config } from '../settings/config.ts';
import type { Evaluator } from './evaluator.ts';
import { type ThreadsPlace } from './threads/threads.ts';
/** What the evaluators need of the world around them. */
export type EvaluatorPlace = ThreadsPlace;
/** What computes the nets, as the settings have it. Throws `engine-unavailable`. */
export declare function openEvaluator(config: Pick<Config, 'workers' | 'engine'>, place: EvaluatorPlace): Promise<Evaluator>;
