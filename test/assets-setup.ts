import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
// @ts-expect-error A script without types.
import { bundle } from '../scripts/bundle.mjs';
import { buildPageScript } from '../scripts/page-script.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the bundles and .wasm files, with a slash at its end. */
    assets: string;
  }
}

/** Threads run JavaScript files, and report.html has its script in one: bundles those of these sources for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goodnet-assets-'));
  await (bundle as (outdir: string) => Promise<unknown>)(folder);
  await buildPageScript(path.join(folder, 'report-page.js'));
  project.provide('assets', `${folder}/`);
  return () => rmSync(folder, { recursive: true, force: true });
}
