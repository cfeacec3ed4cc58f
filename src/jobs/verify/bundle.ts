import path from 'node:path';
import { failure, GoodnetError } from '../../base/errors.ts';
import { blocksOf, type OpenFile, openFile } from '../../base/files.ts';
import { isFolder, listFolder } from '../../base/folders.ts';
import { limits } from '../../base/limits.ts';
import { type Manifest, manifestName, parseManifest } from '../../report/record/manifest.ts';
import { ledgerName } from '../../output/ledger.ts';
import { ownerOf } from '../../output/owner.ts';
import { parseReport } from '../../report/record/recount.ts';
import type { Report } from '../../report/record/report.ts';

/** Something to tell about a file, a setting or a figure. */
export interface Remark {
  subject: string;
  text: string;
}

/** What is said of a file that is not there. */
export const missing = 'is missing';

/** A folder that `defend` wrote, in whoever's hands it has been since. */
export interface Bundle {
  /** What messages call the folder. */
  name: string;
  folder: string;
  manifest: Manifest;
  manifestSha256: string;
  /** What lies in it by its path: plain files, and what is neither file nor folder, such as links. */
  entries: ReadonlyMap<string, 'file' | 'other'>;
}

const maxManifestBytes = 2 ** 26,
  maxEntries = 100_000;

/** Opens the folder `name`. Only plain files in it are ever opened, no link is followed. Throws `manifest-missing`, `manifest-version` or `manifest-invalid`. */
export function openBundle(name: string, cwd: string): Bundle {
  const folder = path.resolve(cwd, name);
  if (!isFolder(folder)) throw failure('file-missing', name);
  const entries = new Map(walk(folder, name, ''));
  if (entries.get(manifestName) !== 'file') throw failure('manifest-missing', name);
  return read(folder, name, manifestName, maxManifestBytes, (file) => ({
    name,
    folder,
    manifest: parseManifest(blocksOf(file), path.join(name, manifestName)),
    manifestSha256: file.sha256,
    entries,
  }));
}

/** Reads report.json as it lies in the folder. Throws GoodnetError. */
export function reportOf({ folder, name, entries }: Bundle): Report {
  if (entries.get('report.json') !== 'file') throw failure('file-missing', path.join(name, 'report.json'));
  return read(folder, name, 'report.json', limits.reportBytes, (file) => parseReport(blocksOf(file), 'report.json'));
}

/** Holds every file against the manifest: missing, changed, no plain file, or neither listed nor an input that the run read there. What `mayLack` answers true for may be absent; what stopped runs left is told, and is no difference. */
export function checkFiles(
  { folder, name, manifest, entries }: Bundle,
  mayLack: (file: string) => boolean,
): { differences: Remark[]; absent: Remark[]; leftovers: Remark[] } {
  const listed = new Set([manifestName, ledgerName, ...manifest.outputs.map((output) => output.path)]);
  const changed = manifest.outputs.flatMap(({ path: file, bytes, sha256 }): Remark[] => {
    const entry = entries.get(file);
    if (entry === undefined) return mayLack(file) ? [] : [{ subject: file, text: missing }];
    if (entry === 'other') return [{ subject: file, text: 'is a link or no plain file, and was not opened' }];
    const found = digest(path.join(folder, file), path.join(name, file));
    if (found.bytes !== bytes)
      return [{ subject: file, text: `has ${found.bytes} bytes, the manifest records ${bytes}` }];
    return found.sha256 === sha256
      ? []
      : [{ subject: file, text: `has SHA-256 ${found.sha256}, the manifest records ${sha256}` }];
  });
  const inputs = new Set(manifest.inputs.map((input) => input.sha256));
  const isInput = (file: string): boolean =>
    entries.get(file) === 'file' && inputs.has(digest(path.join(folder, file), path.join(name, file)).sha256);
  const absent = manifest.outputs
    .filter((output) => !entries.has(output.path) && mayLack(output.path))
    .map((output) => ({ subject: output.path, text: 'is not here' }));
  const others = [...entries.keys()].filter((file) => !listed.has(file) && !isInput(file));
  const left = new Set(others.map(leftoverOf).filter((folder) => folder !== null));
  return {
    differences: [
      ...changed,
      ...others
        .filter((file) => leftoverOf(file) === null)
        .map((file) => ({ subject: file, text: 'is not in the manifest' })),
    ],
    absent,
    leftovers: [...left].map((subject) => ({
      subject,
      text: 'was left by a run that was stopped; the next run into this folder removes it',
    })),
  };
}

/** The folder on the way to a file that goodnet works in and moves its files out of, or an unfinished file of its own; null where there is none. */
function leftoverOf(file: string): string | null {
  const parts = file.split('/');
  const at = parts.findIndex(
    (part) => ownerOf(/^\.(.+)\.tmp$/.exec(part)?.[1] ?? /^(.+)\.verify$/.exec(part)?.[1] ?? '') !== null,
  );
  return at === -1 ? null : parts.slice(0, at + 1).join('/');
}

function digest(file: string, name: string): { bytes: number; sha256: string } {
  const opened = openFile(file, { file: name });
  opened.close();
  return { bytes: opened.size, sha256: opened.sha256 };
}

/** The SHA-256 of a file, for comparing; null where there is no plain file of that name that can be read. */
export function hashIn({ folder, name, entries }: Bundle, file: string): string | null {
  try {
    return entries.get(file) === 'file' ? digest(path.join(folder, file), path.join(name, file)).sha256 : null;
  } catch (error) {
    if (error instanceof GoodnetError) return null;
    throw error;
  }
}

function read<T>(folder: string, name: string, file: string, maxBytes: number, parse: (file: OpenFile) => T): T {
  const opened = openFile(path.join(folder, file), { file: path.join(name, file) }, maxBytes);
  try {
    return parse(opened);
  } finally {
    opened.close();
  }
}

function* walk(
  folder: string,
  name: string,
  below: string,
  counted = { entries: 0 },
): Generator<[string, 'file' | 'other']> {
  for (const entry of listFolder(path.join(folder, below), path.join(name, below)).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (++counted.entries > maxEntries)
      throw failure('manifest-invalid', name, { cause: `holds more than ${maxEntries} files` });
    const file = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(folder, name, file, counted);
    else yield [file, entry.isFile() ? 'file' : 'other'];
  }
}
