import { type Config } from '../../settings/config.ts';
import type { Recorded } from '../defense.ts';
import { type Pruned } from './pruned.ts';
import type { PruningTrace } from './trace.ts';
/** What pruning found out, by its record alone. Throws `report-invalid` for counts that no run can have. */
export declare function recalled(model: Recorded<PruningTrace>, config: Config): Pruned;
