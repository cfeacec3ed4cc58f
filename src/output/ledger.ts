import { readFileSync } from 'node:fs';

/**
 * Lists what goodnet wrote into an output folder, with hashes: a file of another content is somebody else's. It is a journal over all
 * runs, written before the first file moves; what one run says of itself is its manifest.
 */
export const ledgerName = '.goodnet-files.json';

/** By its path below the output folder, every content (SHA-256) that a file may have and be goodnet's. */
export type Ledger = Map<string, Set<string>>;

/** A file of an output folder: its path below it, with `/` between the parts. */
export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** What a run is about to do with the output folder: files to move in, in this order, and earlier ones to remove. */
export interface Commit {
  files: WrittenFile[];
  stale: string[];
}

/** Whether a path stays in the folder that it starts from. */
const isPlain = (name: unknown): name is string =>
  typeof name === 'string' && !name.split('/').some((part) => ['', '.', '..'].includes(part) || part.includes('\0'));

/** The ledger of earlier runs; empty if there is none that can be read. Paths that leave the folder are not goodnet's. */
export function readLedger(file: string): Ledger {
  const { files } = (readJson(file) ?? {}) as { files?: Record<string, unknown> };
  const plain = Object.entries(files ?? {}).filter(([name, hashes]) => Array.isArray(hashes) && isPlain(name));
  return new Map(plain.map(([name, hashes]) => [name, new Set((hashes as unknown[]).map(String))]));
}

export function ledgerText(ledger: Ledger): string {
  const listed = Object.fromEntries(
    [...ledger].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, hashes]) => [file, [...hashes]]),
  );
  return `${JSON.stringify({ tool: 'goodnet', files: listed }, null, 1)}\n`;
}

/** A commit that a run wrote down; null if there is none, or one that does not stay in its folder. */
export function readCommit(file: string): Commit | null {
  const { files, stale } = (readJson(file) ?? {}) as { files?: WrittenFile[]; stale?: string[] };
  const fits =
    Array.isArray(files) && Array.isArray(stale) && [...files.map((each) => each?.path), ...stale].every(isPlain);
  return fits ? { files, stale } : null;
}

export const commitText = (commit: Commit): string => `${JSON.stringify({ tool: 'goodnet', ...commit }, null, 1)}\n`;

function readJson(file: string): unknown {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as { tool?: unknown };
    return value.tool === 'goodnet' ? value : null;
  } catch {
    return null;
  }
}
