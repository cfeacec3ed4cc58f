import type { Remark } from './bundle.ts';
import type { Config } from '../../settings/config.ts';
import type { Manifest } from '../../report/record/manifest.ts';
/** Where the inputs of a bundle are looked for. */
export interface InputPlace {
    /** Folder that recorded paths start from; nothing outside it is opened for a bundle's sake. */
    base: string;
    /** The bundle's own folder. */
    bundle: string;
    /** Settings that name files anew, by absolute paths. */
    given: Partial<Config>;
}
export interface InputCheck {
    differences: Remark[];
    /** Inputs that were not found, and why. */
    missing: Remark[];
    found: number;
}
/** Re-hashes what was given anew and the recorded inputs that are still where they were. An input counts as found wherever its content is. */
export declare function checkInputs(inputs: Manifest['inputs'], { base, bundle, given }: InputPlace): InputCheck;
/** Settings with absolute file names, so that they mean the same in any folder. */
export declare const absolute: (settings: Partial<Config>, cwd: string) => Partial<Config>;
/** Why a recorded file is not opened; null where it lies below `base`, by its real path. */
export declare function absent(file: string, base: string, bundle: string): string | null;
