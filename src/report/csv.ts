import { csvLines } from './columns.ts';
import type { ModelReport } from './record/report.ts';
import { markdownSweep, sweepColumns } from './sweep-columns.ts';

/** One row for each step of the sweep, percentages in full precision beside their counts. */
export const sweepCsv = (model: ModelReport): string => [...sweepRows(model)].join('');

/** The rows of `sweepCsv`, one after the other. */
export const sweepRows = (model: ModelReport): Generator<string> =>
  csvLines(sweepColumns(model, markdownSweep), model.sweep.steps);
