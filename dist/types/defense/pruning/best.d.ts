import type { Config } from '../../settings/config.ts';
import { checkLimits } from '../../verdict/gate.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Measured } from './pruned.ts';
/**
 * The number of channels, 1 and up to the last checkpoint reached, whose nets a gate would choose on validation: of
 * those that meet every limit, as `gate` does; where none does or no limit is set, the highest defense effectiveness
 * rating of the worst attack, then the fewest channels. Judged are the kinds that are accepted, or else the pruned net.
 * Null where no attack was measured, or no step does any good.
 */
export declare function bestStep({ steps, sizes }: Measured, picks: readonly Checkpoint[], config: Pick<Config, 'accept'> & Parameters<typeof checkLimits>[1]): number | null;
