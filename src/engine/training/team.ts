import { type Model, sizeOf } from '../../models/net.ts';
import type { Progress } from '../chunks.ts';
import { partsOfABatch } from './draw.ts';
import { exchangeMemory, inHalves, leave, type Member } from './exchange.ts';
import type { Trained, TrainingSettings } from './train.ts';

/** Who can train a net, alone or as a member of a team. */
export interface Trains {
  trained(settings: TrainingSettings, member: Member | null, progress?: Progress): Promise<Trained>;
}

/** Weights of all members together take so many bytes at most: each has its own, with two moments and gradients. */
const teamBytes = 2 ** 28;

/** How many may train a net together, as far as memory goes. */
export function mostMembers({ calls }: Pick<Model, 'calls'>): number {
  const weights = calls.flatMap(({ layer }) => layer.weights);
  const shapes = new Map(weights.map(({ path, shape }) => [path, shape]));
  const numbers = [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0);
  return Math.max(1, Math.floor(teamBytes / (Float32Array.BYTES_PER_ELEMENT * Math.max(1, numbers))));
}

/**
 * Has some of `workers` train a net, `most` of them at most: as many as the parts of a batch can be dealt to evenly. The
 * net is the same to the byte however many they are. Throws what one of them throws.
 */
export async function trainedTogether(
  workers: readonly Trains[],
  most: number,
  settings: TrainingSettings,
  progress: Progress,
): Promise<Trained> {
  const of = 2 ** Math.floor(Math.log2(Math.min(workers.length, partsOfABatch, most)));
  if (of === 1) return workers[0]!.trained(settings, null, progress);
  const memory = exchangeMemory(of);
  const all = await Promise.allSettled(
    workers.slice(0, of).map(async (worker, place) => {
      try {
        return await worker.trained(settings, { place, of, memory }, place === 0 ? progress : undefined);
      } catch (error) {
        leave(memory);
        throw error;
      }
    }),
  );
  const shares = all.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  return {
    weights: shares[0]!.weights,
    losses: inHalves(
      shares.map(({ losses }) => losses),
      added,
    ),
  };
}

const added = (a: Float64Array, b: Float64Array): Float64Array => a.map((loss, step) => loss + b[step]!);
