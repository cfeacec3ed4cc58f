import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
// @ts-expect-error A script without types.
import { bundle } from '../scripts/bundle.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    threadFile: string;
  }
}

/** Threads run JavaScript files: bundles those of these sources for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goodnet-thread-'));
  await (bundle as (outdir: string) => Promise<unknown>)(folder);
  project.provide('threadFile', path.join(folder, 'thread.js'));
  return () => rmSync(folder, { recursive: true, force: true });
}
