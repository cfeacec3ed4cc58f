import { readdirSync } from 'node:fs';
import type { Disk } from './disk.ts';
import { readCommit } from './ledger.ts';
import { type Owner, ownerOf } from './owner.ts';
import { hashOf, type Published, stagedAt, statOf } from './published.ts';
import { commitOf } from './staging.ts';

/** Staging folders in an output folder that other runs than `own` made, and what became of their processes. */
export function leftoversIn(folder: string, own: string): { name: string; owner: Owner; pid: number }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const id = /^\.(.*)\.tmp$/.exec(entry.name)?.[1];
    const found = id === undefined || id === own || !entry.isDirectory() ? null : ownerOf(id);
    return found === null ? [] : [{ name: entry.name, ...found }];
  });
}

/** Completes what a killed run had committed, or gives it up where somebody has put a file of their own in the way since. */
export function recover(staging: string, published: Published, disk: Disk): void {
  const commit = readCommit(commitOf(staging));
  if (commit === null) return;
  const waiting = commit.files.filter((file) => statOf(stagedAt(staging, file.path)) !== null);
  if (
    waiting.every(
      (file) => hashOf(stagedAt(staging, file.path)) === file.sha256 && published.obstacle(file.path) === null,
    )
  ) {
    published.announce(staging, commit);
    published.complete(staging, commit);
  }
  disk.remove(commitOf(staging)); // before its files go: no later run completes a part
}
