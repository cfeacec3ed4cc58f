import type { Net } from '../../defense/defense.ts';
import type { GateResult } from '../../verdict/gate.ts';
import type { Gallery } from '../../report/record/gallery.ts';
/** A few clean images and a few of each attack, with what the original and `net` say of them: the same for the same data. */
export declare function pickGallery(net: Net, judgedOn: GateResult['judgedOn'], signal?: AbortSignal): Promise<Gallery>;
