import type { ModelReport, Report } from '../record/report.ts';
import type { Gallery } from '../record/gallery.ts';
/** What a section is made of besides its model. */
export interface SectionFacts {
    /** Its place in the report. */
    index: number;
    /** Pictures, or a sentence about why there are none. */
    pictures: Gallery | string;
    /** Rows of the table of steps at most. */
    steps: number;
    /** Whether it opens on a click. */
    isFolded: boolean;
}
/** One model: verdict and recommended candidate first, then what they rest on. */
export declare function modelSection(model: ModelReport, report: Report, { index, pictures, steps, isFolded }: SectionFacts): string;
