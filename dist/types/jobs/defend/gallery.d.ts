import type { Candidate } from '../../verdict/figures.ts';
import type { Split } from '../../engine/split.ts';
import type { GateResult } from '../../verdict/gate.ts';
import type { Gallery } from '../../report/html/gallery.ts';
/** What the pictures of a model are chosen by. */
export interface GalleryChoice {
    /** The images that the verdict rests on. */
    split: Split;
    order: Int32Array;
    candidates: readonly Candidate[];
    verdict: Pick<GateResult, 'recommended' | 'judgedOn'>;
    signal?: AbortSignal | undefined;
}
/** A few clean images and a few of each attack, with what the nets say of them: the same for the same data. */
export declare function pickGallery({ split, order, candidates, verdict, signal }: GalleryChoice): Promise<Gallery>;
