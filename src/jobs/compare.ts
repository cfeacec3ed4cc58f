import path from 'node:path';
import { failure } from '../base/errors.ts';
import { isFolder } from '../base/folders.ts';
import { type Leaderboard, leaderboard, type NamedReport } from '../report/record/leaderboard.ts';
import { readReport } from '../report/record/read-report.ts';

/** Reads reports, or folders that hold a report.json, and ranks their models. Nothing in them is trusted but the counts. Throws GoodnetError. */
export function compare(names: readonly string[], cwd: string): Leaderboard {
  const reports = names.map((name): NamedReport => {
    const place = path.resolve(cwd, name);
    const file = isFolder(place)
      ? { place: path.join(place, 'report.json'), name: path.join(name, 'report.json') }
      : { place, name };
    return { name, report: readReport(file.place, file.name) };
  });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw failure('usage', twice, { cause: 'is named twice', fix: 'name each report once' });
  if (reports[0]!.report.models.length + reports[0]!.report.errors.length === 0)
    throw failure('report-invalid', names[0]!, { cause: 'has no models' });
  return leaderboard(reports);
}
