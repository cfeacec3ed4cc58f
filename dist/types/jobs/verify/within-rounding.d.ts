import type { Remark } from './bundle.ts';
import type { Config } from '../../settings/config.ts';
import type { ModelReport } from '../../report/record/report.ts';
import type { World } from '../world.ts';
export interface Explanation {
    /** Whether no count differs by more images than hinge on rounding, and nothing differs that is not made of counts. */
    explains: boolean;
    /** These images. */
    images: Remark[];
}
/**
 * Looks for the images to which the nets whose counts `found` has otherwise than `recorded` give a class that rounding
 * decides. `found` is of this machine, by `config`.
 */
export declare function explain(recorded: ModelReport, found: ModelReport, config: Config, world: Pick<World, 'cwd' | 'assets' | 'signal'>): Promise<Explanation>;
/** What names files only: it may differ where the same files lie elsewhere. */
export declare const placeNames: Set<string>;
