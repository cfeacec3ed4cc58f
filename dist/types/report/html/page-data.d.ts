import { type ComparisonData } from '../charts/comparison-option.ts';
import type { ModelReport } from '../record/report.ts';
import { type SweepData } from '../charts/sweep-option.ts';
/** What the script of the page draws for one model. */
export interface PageData {
    sweep: SweepData;
    comparison: ComparisonData;
    /** Channels in the order in which they are pruned, and their mean activations in that order. */
    order: number[];
    means: number[];
}
export declare function pageData(model: ModelReport): PageData;
/** JSON that ends no script element and that old parsers take as JavaScript too. */
export declare function embedded(value: unknown): string;
