import { createHash } from 'node:crypto';
import { blocksOf, type OpenFile, openFile } from '../../base/files.ts';
import { limits } from '../../base/limits.ts';
import { parseReport, recount } from './recount.ts';
import type { Baseline } from './baseline.ts';
import type { Report } from './report.ts';
import { parseScan } from './recheck-scan.ts';
import type { Scan } from './scan.ts';

/** Reads somebody's report.json; its figures are to be made again from its counts. Throws GoodnetError. */
export const readReport = (path: string, name: string): Report =>
  opened(path, name, (file) => parseReport(blocksOf(file), name));

/** Reads somebody's scan.json; what can be made again of it is to be. Throws GoodnetError. */
export const readScan = (path: string, name: string): Scan =>
  opened(path, name, (file) => parseScan(blocksOf(file), name));

/** Reads the report of an earlier run. Throws GoodnetError. */
export const readBaseline = (path: string, name: string): Baseline =>
  opened(path, name, (file) =>
    baselineOf(parseReport(blocksOf(file), name), { path: name, bytes: file.size, sha256: file.sha256 }),
  );

/** An earlier run's report in memory. Throws `report-version`, `report-size` or `report-invalid`. */
export function parseBaseline(text: string | Uint8Array, name: string): Baseline {
  const bytes = Buffer.from(text);
  return baselineOf(parseReport([bytes], name), {
    path: name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}

/** The report with its figures made again from the counts of its candidates, without the sweeps, which nothing is compared with. */
function baselineOf({ config, inputs, models }: Report, file: Omit<Report['inputs'][number], 'samples'>): Baseline {
  const again = models.map((model) => recount({ ...model, sweep: { ...model.sweep, steps: [] } }, {}, [], null));
  return { config, inputs, models: again, file: { ...file, samples: null } };
}

function opened<T>(path: string, name: string, read: (file: OpenFile) => T): T {
  const file = openFile(path, { file: name }, limits.reportBytes);
  try {
    return read(file);
  } finally {
    file.close();
  }
}
