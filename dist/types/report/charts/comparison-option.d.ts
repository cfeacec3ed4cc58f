import { type ChartOption, type Theme } from './chart-theme.ts';
import { type ShownLimit } from './chart-marks.ts';
import type { ModelReport } from '../record/report.ts';
type Split = 'validation' | 'test';
/** What the candidates are compared by, in percent. */
export interface ComparisonData {
    path: string;
    splits: Split[];
    attacks: number;
    candidates: {
        name: string;
        recommended: boolean;
        accuracy: (number | null)[];
        asr: (number | null)[];
    }[];
    limits: ShownLimit[];
}
export declare function comparisonData(model: ModelReport): ComparisonData;
/** How the bars are to be read. */
export declare function barsLine({ candidates, gate }: ModelReport): string;
/** Height of the chart in pixels, without a title. */
export declare const comparisonHeight: ({ splits, candidates }: ComparisonData) => number;
/** The candidates below each other: accuracy, and beside it the highest ASR, on validation and, where there is one, on the test split. Sizes in pixels. */
export declare function comparisonOption(data: ComparisonData, theme: Theme, width: number, titleHeight?: number): ChartOption;
export {};
