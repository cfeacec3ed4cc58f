import { openFile, readAll } from '../files.ts';
import { parseReport } from './recount.ts';
import type { Report } from './report.ts';

/** Reads the report of an earlier run. Throws GoodnetError. */
export function readBaseline(path: string, name: string): Report {
  const file = openFile(path, { file: name });
  try {
    return parseReport(new TextDecoder().decode(readAll(file)), name);
  } finally {
    file.close();
  }
}
