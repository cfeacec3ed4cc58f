import type { Config } from '../settings/config.ts';
import type { Evaluator, EvaluatorPlace } from './evaluator.ts';
import type { RemotePlace } from './remote/remote.ts';
import type { Share } from './shards/share.ts';
type Local = Pick<Config, 'workers' | 'engine'>;
type Named = Local & Pick<Config, 'evaluator' | 'evaluator-check' | 'concurrency'>;
/** What computes the nets on this machine, as the settings have it. Throws `engine-unavailable` or `no-simd`. */
export declare function openEvaluator(config: Local, place: EvaluatorPlace): Promise<Evaluator>;
/** The same with the evaluators on other machines that the settings name. Throws what `openRemote` throws besides. */
export declare function openEvaluators(config: Named, place: EvaluatorPlace & Omit<RemotePlace, 'kernels'>): Promise<Evaluator>;
/** The same with counts from files that shards write into a folder; `share` is what this one counts itself. */
export declare function openShards(config: Local, place: EvaluatorPlace & Pick<RemotePlace, 'version'>, folder: string, share: Share | null): Promise<Evaluator>;
export {};
