import type { Features, Network } from './network.ts';
/**
 * The class that each image is given after pruning the first k channels of `order`, for each k of `stops`, ascending: [stops][images].
 * Prunes `features` in place. An image is looked at again only where a newly pruned channel was not already at its pruned value.
 */
export declare function answersAt(network: Network, features: Features, order: Int32Array, stops: readonly number[]): Int32Array[];
/** Sets channels of cut [images, positions, channels] to their pruned values; answers the images in which that changed something. */
export declare function prune({ count, cut }: Features, { constant, parts: { channels, cutSize } }: Network, pruned: Int32Array): Int32Array;
