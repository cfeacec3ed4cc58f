import { type ClassTrigger } from '../../defense/reversal/search.ts';
import type { Model } from '../../models/net.ts';
import type { Output } from '../../output/output.ts';
import type { ScannedTrigger, ScanPictures } from '../../report/record/scan.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { ImageFile } from '../../settings/split-files.ts';
import type { ScanPlace } from './net.ts';
/** The files of a net that are called the same for each. */
export declare const netFiles: string[];
/** What pictures are made of. */
interface Subject {
    model: Model;
    triggers: readonly ClassTrigger[];
    /** Black and white of images as they are stored. */
    range: readonly [number, number];
    clean: ImageFile;
    folder: string;
    settings: ResolvedConfig;
    output: Output;
    place: ScanPlace;
}
/** What was staged of a net. `triggers` are those of the first triggers, in their order. */
export interface Drawn {
    triggers: NonNullable<ScannedTrigger['picture']>[];
    sheet: string;
    attacks: string | null;
    stamped: boolean;
    pictures: ScanPictures;
}
/** Stages the pictures of the first triggers, and a sheet and a config of them; what the net answers with them on images is computed from those very files. */
export declare function picture(subject: Subject): Promise<Drawn>;
export {};
