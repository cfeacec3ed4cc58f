import type { Remark } from './bundle.ts';
import { type Report } from '../../report/record/report.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import { type InputPlace } from './verify-inputs.ts';
/** What a new run came to otherwise, and what of that lies within rounding, as far as other kernels explain it. */
export interface Again {
    differences: Remark[];
    withinRounding: Remark[];
}
/**
 * Computes the whole defense again, in a temporary folder, with the recorded settings and the files given anew, and lists what came out otherwise:
 * counts, ranking, figures, verdict and the SHA-256 of each repaired model. Other kernels may answer mean activations that are the same up to
 * rounding, and other classes for images that lie within it. Throws `rerun-input` for a file that is not there.
 */
export declare function rerun(report: Report, place: InputPlace, world: World, listener: Listener): Promise<Again>;
