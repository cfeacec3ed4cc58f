import type { Config } from '../../settings/config.ts';
import { checkLimits } from '../../verdict/gate.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Measured } from './pruned.ts';
/**
 * The number of channels, 1 and up to the last checkpoint reached, with the highest defense effectiveness rating of the
 * worst attack on validation, then the fewest channels: of the steps that meet every limit, if there are some. Accuracy
 * alone would choose a step that just meets a limit, and may miss it on other images. Judged are the kinds that are
 * accepted, or else the pruned net. Null where no attack was measured, or no step does any good.
 */
export declare function bestStep({ steps, sizes }: Measured, picks: readonly Checkpoint[], config: Pick<Config, 'accept'> & Parameters<typeof checkLimits>[1]): number | null;
