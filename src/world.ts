import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { World } from './run.ts';

/** Folder of the installed package, with a slash at its end. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The world of this process: its working folder and clock, the engine beside the bundle, and no progress shown. */
export function processWorld(): World {
  const { version } = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string };
  return { cwd: process.cwd(), engineFolder: `${packageFolder}dist/`, threadFile: `${packageFolder}dist/thread.js`, readerFile: `${packageFolder}dist/reader.js`, decoderFolder: `${packageFolder}dist/`, pageFolder: `${packageFolder}dist/`, version, progress: () => undefined, now: () => new Date() };
}
