import type { Kind } from '../../settings/config.ts';
import type { ModelReport } from '../record/report.ts';
export declare function candidateTable(model: ModelReport, accepted: readonly Kind[]): string;
/** Every figure of every candidate, one row for each set of images. */
export declare function figureTable(model: ModelReport): string;
/** The steps of the sweep, at most `most` of them evenly spread besides the checkpoints: what the chart shows, as a table. `csv` links to all. */
export declare function stepTable(model: ModelReport, most: number, csv: string): string;
