import type { ArrayNames } from '../data/arrays.ts';
import type { World } from './world.ts';
/** What to draw, and the file to write. */
export interface SampleOrder extends ArrayNames {
    file: string;
    images: number;
    /** 0..2^31-1 */
    seed: number;
    out: string;
}
/** A data file of some images of another. */
export interface Sample {
    path: string;
    bytes: number;
    images: number;
    /** Number of images it was drawn from. */
    of: number;
    classes: number;
    dtype: string;
}
/**
 * Writes some images of a data set, drawn so that the classes keep their shares, in the order in which they stand there: small enough to commit.
 * Numbers that are all integers 0..255 become uint8; the source's name and SHA-256 and the seed are written beside them. Throws GoodnetError.
 */
export declare function sample({ file, images, seed, out, ...names }: SampleOrder, world: Pick<World, 'cwd' | 'assets' | 'signal'>): Promise<Sample>;
