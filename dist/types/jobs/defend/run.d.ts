import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { Report } from '../../report/record/report.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import type { RunOptions } from './run-options.ts';
/**
 * The whole job: every model is ranked, swept, pruned, joined to GoodNets, scored and gated; repaired models and the report go to
 * `config.out`. A model that is refused, or that a bug ends, stands in `errors` and the others go on; where none is left nothing is written,
 * and a report of an earlier run is removed. Throws GoodnetError for settings that no model could run with.
 */
export declare function run(settings: ResolvedConfig, world: World, options?: RunOptions, listener?: Listener): Promise<Report>;
