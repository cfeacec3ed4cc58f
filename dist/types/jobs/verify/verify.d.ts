import { type Remark } from './bundle.ts';
import { type Config } from '../../settings/config.ts';
import type { Report } from '../../report/record/report.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
/** What to check, and where its inputs lie now. */
export interface VerifyOrder {
    folder: string;
    /** Folder that recorded paths of inputs start from. */
    inputs: string;
    /** Settings given anew: files that lie elsewhere now, and settings that the run is expected to have had. */
    given: Partial<Config>;
    /** Whether the whole defense is computed again. */
    rerun: boolean;
    /** Whether repaired models may be absent, as from a report that is handed on without them. */
    withoutModels?: boolean;
}
/** What `verify` found. The folder is as goodnet wrote it if `differences` is empty; what is in `unchecked` was not looked at. */
export interface Verification {
    folder: string;
    manifestSha256: string;
    version: string;
    files: number;
    inputs: {
        recorded: number;
        found: number;
    };
    models: number;
    /** Whether the defense was computed again; or why it could not be. */
    rerun: boolean | string;
    /** The verdict from the counts; null where there is no report that can be read. */
    verdict: Report['verdict'] | null;
    differences: Remark[];
    /** Images that other kernels than the recorded ones count otherwise, since rounding decides their class. */
    withinRounding: Remark[];
    unchecked: Remark[];
}
/**
 * Checks a folder that `defend` wrote: every output against the manifest, every input that is still found, every figure and the verdict against the
 * recorded counts, and, if asked, against a new run. Nothing in the folder is trusted. Throws GoodnetError where it is no such folder.
 */
export declare function verify(order: VerifyOrder, world: World, listener?: Listener): Promise<Verification>;
