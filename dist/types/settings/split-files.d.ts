import type { HeldFile, PinnedFile } from '../base/files.ts';
import type { Config } from './config.ts';
import type { FileSetting, ImageFileSetting, TriggerSetting } from './data-schema.ts';
/** The files of the splits that the config names, validation first. */
export declare const splitsOf: (config: Config) => SplitFiles[];
/** The files of one split; null where the config names no clean images for it. */
export declare function splitFiles(config: Config, name: 'validation' | 'test'): SplitFiles | null;
/** A file of images, and how its datasets are called where that stands beside it. */
export interface ImageFile extends PinnedFile {
    data?: string;
    label?: string;
    /** The file, where another thread of this process has it open: read from there, and left open. */
    held?: HeldFile;
}
/** The files of one split: clean images, and the poisoned images of each attack. */
export interface SplitFiles {
    clean: ImageFile;
    attacks: [name: string, images: ImageFile | StampSetting][];
}
/** An attack whose images are made: the class that the attacker wants, and what is stamped on the clean images. */
export interface StampSetting {
    target: number;
    trigger: TriggerSetting;
}
/** A file setting in its long form. */
export declare const pinned: (setting: FileSetting | ImageFileSetting) => ImageFile;
