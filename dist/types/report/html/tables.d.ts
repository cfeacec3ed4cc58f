import type { Kind } from '../../settings/config.ts';
import type { ModelReport } from '../record/report.ts';
/** The candidates side by side on both splits: accuracy and highest ASR with counts and 95% intervals, margins to the limits, and whether they pass. */
export declare function candidateTable(model: ModelReport, accepted: readonly Kind[]): string;
/** Every figure of every candidate, one row for each set of images. */
export declare function figureTable(model: ModelReport): string;
/** The steps of the sweep, at most `most` of them evenly spread besides the checkpoints: what the chart shows, as a table. `csv` links to all. */
export declare function stepTable(model: ModelReport, most: number, csv: string): string;
