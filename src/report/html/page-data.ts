import { type ComparisonData, comparisonData } from '../charts/comparison-option.ts';
import type { ModelReport } from '../record/report.ts';
import { type SweepData, sweepData } from '../charts/sweep-option.ts';

/** What the script of the page draws for one model. */
export interface PageData {
  sweep: SweepData;
  comparison: ComparisonData;
  /** Channels in the order in which they are pruned, and their mean activations in that order. */
  order: number[];
  means: number[];
}

export function pageData(model: ModelReport): PageData {
  const { meanActivation, order } = model.ranking;
  return {
    sweep: sweepData(model),
    comparison: comparisonData(model),
    order,
    means: order.map((channel) => Number(meanActivation[channel]!.toPrecision(5))),
  };
}

/** JSON that ends no script element and that old parsers take as JavaScript too. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
