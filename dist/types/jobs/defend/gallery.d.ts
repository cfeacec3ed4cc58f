import type { Net, ShownTrigger } from '../../defense/defense.ts';
import type { GateResult } from '../../verdict/gate.ts';
import type { Gallery } from '../../report/record/gallery.ts';
/** What is shown of a net: on which split, and the triggers that were found. */
interface Shown extends Pick<GateResult, 'judgedOn'> {
    triggers: readonly ShownTrigger[];
}
/** A few clean images and a few of each attack, with what the original and `net` say of them: the same for the same data. */
export declare function pickGallery(original: Net, net: Net, { judgedOn, triggers }: Shown, signal?: AbortSignal): Promise<Gallery>;
export {};
