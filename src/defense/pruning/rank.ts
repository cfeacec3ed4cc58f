import type { Chunks } from '../../engine/chunks.ts';
import type { Parts } from '../../engine/parts.ts';
import { failure } from '../../base/errors.ts';

/** Mean activation of each channel over clean validation images and positions, and the order in which channels are pruned. */
export interface Ranking {
  meanActivation: Float64Array;
  order: Int32Array;
}

/**
 * Ranks channels by mean activation, the least active first, ties to the lower index.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export async function rank(parts: Parts, clean: Chunks, progress: (images: number) => void): Promise<Ranking> {
  const positions = parts.cutSize / parts.channels;
  const sums = await clean.channelSums(progress);
  const meanActivation = sums.map((sum) => sum / (clean.data.count * positions));
  return { meanActivation, order: ascending(meanActivation) };
}

/** Channel indices by ascending mean; equal means in index order. */
export function ascending(meanActivation: Float64Array): Int32Array {
  return Int32Array.from(meanActivation.keys()).sort((a, b) => meanActivation[a]! - meanActivation[b]! || a - b);
}

/** An order given by the user in place of the ranking's. Throws `order-invalid`. */
export function givenOrder(order: readonly number[], channels: number, layer: string, file: string): Int32Array {
  const refuse = (cause: string) => failure('order-invalid', file, { layer, channels, cause });
  if (order.length !== channels) throw refuse(`lists ${order.length} channels`);
  const seen = new Set<number>();
  for (const channel of order) {
    if (channel >= channels) throw refuse(`names channel ${channel}, which does not exist`);
    if (seen.has(channel)) throw refuse(`names channel ${channel} twice`);
    seen.add(channel);
  }
  return Int32Array.from(order);
}
