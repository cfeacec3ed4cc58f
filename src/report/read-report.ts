import { createHash } from 'node:crypto';
import { openFile, readAll } from '../files.ts';
import { limits } from '../limits.ts';
import { parseReport, recount } from './recount.ts';
import type { Baseline } from './baseline.ts';

/** Reads the report of an earlier run. Throws GoodnetError. */
export function readBaseline(path: string, name: string): Baseline {
  const file = openFile(path, { file: name }, limits.reportBytes);
  try {
    return parseBaseline(new TextDecoder().decode(readAll(file)), name);
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
