import { type Scan } from '../../report/record/scan.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import type { RunOptions } from '../defend/run-options.ts';
/** What a door decides of a scan, beside the settings. */
type ScanOptions = Pick<RunOptions, 'resume' | 'admit'>;
/**
 * Looks for backdoor triggers that nobody told of: reverses one for each class of each model. What it finds goes to
 * `config.out`. A model that is refused, or that a bug ends, stands in `errors` and the others go on; where none is
 * left nothing is written. Throws GoodnetError for settings that no model could be scanned with.
 */
export declare function scan(settings: ResolvedConfig, world: World, options?: ScanOptions, listener?: Listener): Promise<Scan>;
export {};
