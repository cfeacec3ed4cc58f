import { type TriggerStore } from '../../defense/reversal/search.ts';
import type { Evaluator } from '../../engine/evaluator.ts';
import type { Output } from '../../output/output.ts';
import { type ModelScan, type ScanPictures } from '../../report/record/scan.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
/** What scanning a net needs of the world. */
export type ScanPlace = Pick<World, 'cwd' | 'assets' | 'signal' | 'version'> & {
    evaluator: Evaluator;
    listener: Listener;
    /** Triggers that were found for the net. */
    kept: TriggerStore;
};
/** A scanned net: its record, what was read for it, and its pictures for the page. */
export interface NetScan {
    model: ModelScan;
    inputs: {
        file: string;
        bytes: number;
        sha256: string;
        samples: number | null;
    }[];
    pictures: ScanPictures;
}
/** Looks for a trigger of each class of one net, stages the pictures of the smallest. Throws GoodnetError for a net or data that cannot be used. */
export declare function scanNet(name: string, folder: string, settings: ResolvedConfig, output: Output, place: ScanPlace): Promise<NetScan>;
