import { type Model } from '../../models/net.ts';
import type { Progress } from '../chunks.ts';
import { type Member } from './exchange.ts';
import type { Trained, TrainingSettings } from './train.ts';
/** Who can train a net, alone or as a member of a team. */
export interface Trains {
    trained(settings: TrainingSettings, member: Member | null, progress?: Progress): Promise<Trained>;
}
/** How many may train a net together, as far as memory goes. */
export declare function mostMembers({ calls }: Pick<Model, 'calls'>): number;
/**
 * Has some of `workers` train a net, `most` of them at most: as many as the parts of a batch can be dealt to evenly. The
 * net is the same to the byte however many they are. Throws what one of them throws.
 */
export declare function trainedTogether(workers: readonly Trains[], most: number, settings: TrainingSettings, progress: Progress): Promise<Trained>;
