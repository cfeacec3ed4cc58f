import type { Chunks } from '../../engine/chunks.ts';
import type { Parts } from '../../engine/parts.ts';
/** Mean activation of each channel over clean validation images and positions, and the order in which channels are pruned. */
export interface Ranking {
    meanActivation: Float64Array;
    order: Int32Array;
}
/**
 * Ranks channels by mean activation, the least active first, ties to the lower index.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export declare function rank(parts: Parts, clean: Chunks, progress: (images: number) => void): Promise<Ranking>;
/** Channel indices by ascending mean; equal means in index order. */
export declare function ascending(meanActivation: Float64Array): Int32Array;
/** An order given by the user in place of the ranking's. Throws `order-invalid`. */
export declare function givenOrder(order: readonly number[], channels: number, layer: string, file: string): Int32Array;
