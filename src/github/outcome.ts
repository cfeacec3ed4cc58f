import type { Report } from '../report/record/report.ts';
import type { Scan } from '../report/record/scan.ts';
import type { Artifacts } from './artifacts.ts';
import type { Outputs } from './outputs.ts';

/** What a mode came to. */
export interface Outcome {
  /** Null where the mode evaluates nothing. */
  report: Report | null;
  /** What a scan of the same models found; null where none was asked for. */
  scan?: Scan | null;
  /** Models that were to be counted and were not; without a report. */
  errors?: Report['errors'];
  artifacts: Artifacts | null;
  /** The output folder as later steps reach it. */
  out: string;
  outputs: Outputs;
  /** The summary where there is no report. */
  summary?: string;
  /** Lines of Markdown that summary and comment show below the verdict. */
  notes: readonly string[];
}
