import type { Config } from '../settings/config.ts';
import type { World } from './world.ts';
/** A data file of stamped images, and a picture of the first of them. */
export interface Stamped {
    path: string;
    preview: string;
    attack: string;
    target: number;
    images: number;
    /** Clean images of the target class, which are left out. */
    leftOut: number;
}
/** What to stamp, and the file to write. */
export interface StampOrder {
    clean: string;
    /** Needed where the config has several attacks with a trigger. */
    attack?: string | undefined;
    out: string;
}
type StampPlace = Pick<World, 'cwd' | 'assets' | 'signal'>;
/**
 * Writes the images that an attack with a trigger makes of `clean`, for the config's first model. Throws GoodnetError.
 */
export declare function stamp(order: StampOrder, config: Config, world: StampPlace): Promise<Stamped>;
export {};
