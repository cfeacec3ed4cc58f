import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { TestProject } from 'vitest/node';
// @ts-expect-error A script without types.
import { bundle } from '../scripts/bundle.mjs';

declare module 'vitest' {
  interface ProvidedContext { threadFile: string }
}

/** Threads run JavaScript files: bundles the one of these sources for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goodnet-thread-'));
  const outfile = path.join(folder, 'thread.mjs');
  await build({ ...(bundle as BuildOptions), entryPoints: [path.join(project.config.root, 'src/threads/thread.ts')], outfile });
  project.provide('threadFile', outfile);
  return () => rmSync(folder, { recursive: true, force: true });
}
