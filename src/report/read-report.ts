import { createHash } from 'node:crypto';
import { openFile, readAll } from '../files.ts';
import { limits } from '../limits.ts';
import { parseReport, recount } from './recount.ts';
import type { Baseline } from './baseline.ts';
import type { Report } from './report.ts';

/** Reads somebody's report.json; its figures are to be made again from its counts. Throws GoodnetError. */
export const readReport = (path: string, name: string): Report => parseReport(textOf(path, name), name);

/** Reads the report of an earlier run. Throws GoodnetError. */
export const readBaseline = (path: string, name: string): Baseline => parseBaseline(textOf(path, name), name);

function textOf(path: string, name: string): string {
  const file = openFile(path, { file: name }, limits.reportBytes);
  try {
    return new TextDecoder().decode(readAll(file));
  } finally {
    file.close();
  }
}

/** An earlier run's report with its figures made again from the counts. Throws `report-version` or `report-invalid`. */
export function parseBaseline(text: string, name: string): Baseline {
  const report = parseReport(text, name);
  const file = { path: name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), samples: null };
  return { config: report.config, inputs: report.inputs, models: report.models.map((model) => recount(model, {}, [], null)), file };
}
