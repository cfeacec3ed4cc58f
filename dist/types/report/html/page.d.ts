import type { Report } from '../record/report.ts';
import type { Gallery } from '../record/gallery.ts';
/** Text of a script or style, with the hash by which the page's own policy lets it in. */
export interface Asset {
    text: string;
    /** `sha256-…` in base64. */
    hash: string;
}
export interface PageAssets {
    script: Asset;
    style: Asset;
}
/** report.html: a page that needs nothing but itself. `galleries` stand in the order of the models; none where there are no images. */
export declare function page(report: Report, galleries: readonly (Gallery | null)[], { script, style }: PageAssets): string;
