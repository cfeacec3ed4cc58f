import { type Features, type Network } from './network.ts';
/**
 * The class that each image is given after pruning the first k channels of `order`, for each k of `stops`, ascending: [stops][images].
 * Prunes `features` in place. An image is looked at again only where a newly pruned channel was not already at its pruned value.
 */
export declare function answersAt(network: Network, features: Features, order: Int32Array, stops: readonly number[]): Int32Array[];
