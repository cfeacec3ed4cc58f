import { lstatSync, rmSync } from 'node:fs';
import path from 'node:path';
import { failure, firstLine, GoodnetError } from '../base/errors.ts';
import { blocksOf, openFile } from '../base/files.ts';
import { limits } from '../base/limits.ts';
import { code } from '../report/escape.ts';
import { parseScan } from '../report/record/recheck-scan.ts';
import { checkReport } from '../report/record/recount.ts';
import { scanName } from '../report/record/scan.ts';
import { type Json, readWeighed } from '../report/record/versioned.ts';
import { Weight } from '../report/record/weight.ts';
import { eachOf, freshFolder, mergedSuffix, reportSuffix } from './artifacts.ts';
import type { Left } from './collect-scans.ts';
import type { Runner } from './runner.ts';

/** What a run's jobs uploaded, the newest first, and what was left aside. */
export interface Fetched {
  left: Left[];
  notes: string[];
}

/** The reports, and scans beside them, in the artifacts whose names begin with `prefix`. Throws `reports-missing` where the service cannot be asked. */
export async function fetchReports(prefix: string, runner: Runner): Promise<Fetched> {
  const folder = freshFolder(runner.env);
  const weight = new Weight(); // of all together: they are joined to one report
  const fetchOne = async ({ id, name }: { id: number; name: string }): Promise<Left | string> => {
    const at = path.join(folder, String(id));
    await runner.artifacts.downloadArtifact(id, { path: at });
    const report = read(path.join(at, 'report.json'), name, (json) => ownReport(json, name, weight));
    if (report === null) return `The artifact ${code(name)} holds no report of goodnet and is left aside.`;
    const scan = read(path.join(at, scanName), name, (json) => parseScan(json, name, weight));
    return { report: checkReport(report, name), scan };
  };
  try {
    const { artifacts } = await runner.artifacts.listArtifacts({ latest: true });
    const wanted = artifacts
      .filter(
        ({ name }) =>
          name.startsWith(prefix) && name.endsWith(reportSuffix) && !name.endsWith(`${mergedSuffix}${reportSuffix}`),
      )
      .sort((a, b) => b.id - a.id);
    const found = await eachOf(wanted, fetchOne);
    return {
      left: found.filter((one) => typeof one !== 'string'),
      notes: found.filter((one) => typeof one === 'string'),
    };
  } catch (error) {
    if (error instanceof GoodnetError) throw error;
    throw failure('reports-missing', 'artifacts', {
      cause: firstLine(error),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a file of an artifact holds; null where it is not there. Throws `report-invalid`, and what `parse` throws. */
function read<T>(file: string, name: string, parse: (json: Json) => T): T | null {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile() || found.size > limits.reportBytes)
    throw failure('report-invalid', name, { cause: 'is no plain file' });
  const opened = openFile(file, { file: name });
  try {
    return parse(blocksOf(opened));
  } finally {
    opened.close();
  }
}

/** The value of a text that is a report of goodnet's, else null: another tool's artifact may be called alike. Throws `report-size`, and `report-invalid` for what is nested like none. */
export function ownReport(json: Json, name: string, weight = new Weight()): unknown {
  try {
    const value = readWeighed(json, name, weight);
    return (value as { run?: { tool?: unknown } } | null)?.run?.tool === 'goodnet' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
