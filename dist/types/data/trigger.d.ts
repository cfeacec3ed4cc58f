import { type StampSetting } from '../settings/split-files.ts';
import { type Bounds } from '../base/limits.ts';
import type { DataInput, DataPlace, StoredImages } from './stored.ts';
/**
 * Stamps a trigger on clean images: x becomes x * (1 - a) + t * a, a = opacity * mask / 255. Images of the target class are left out,
 * the others are labelled as the target and keep their true labels. `inputs` are the files that the trigger was read from.
 */
export declare function stamped(clean: StoredImages, { target, trigger: setting }: StampSetting, classes: number, place: DataPlace, bounds?: Bounds): Promise<{
    stored: StoredImages;
    inputs: DataInput[];
}>;
