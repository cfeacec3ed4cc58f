import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPageScript } from '../../scripts/page-script.mjs';
import { bundleInto } from '../bundled.ts';
import { root } from '../support.ts';

/** How a whole process ended. */
export interface ChildRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Lines on stderr that are no progress. */
  lines: string[];
  seconds: number;
  /** Peak resident memory of the process. */
  megabytes: number;
  /** Files and folders that it opened, as it named them, but for its own. */
  opened: string[];
  connected: string[];
}

/** Builds the package from the sources as they are, and answers its entry. */
export async function buildCommandLine(folder: string): Promise<string> {
  const dist = path.join(folder, 'dist');
  mkdirSync(folder, { recursive: true });
  await bundleInto(folder);
  await buildPageScript(path.join(dist, 'report-page.js'));
  return path.join(dist, 'cli.js');
}

const progress = /: [\d,]+ images( at [\d,]+ images\/s)?$/;
/** A process that has not ended by then hangs. */
const hangSeconds = 120;
let runs = 0;

/** Runs the command line in `cwd` under the spy. `input` is what stands on its standard input. */
export async function runChild(cli: string, cwd: string, argv: readonly string[], input = ''): Promise<ChildRun> {
  const log = path.join(path.dirname(path.dirname(cli)), `spy-${process.pid}-${runs++}.jsonl`);
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      `${pathToFileURL(path.join(root, 'test/hostile/spy.mjs')).href}?log=${encodeURIComponent(log)}`,
      cli,
      ...argv,
    ],
    { cwd },
  );
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
    });
  child.stdin.on('error', () => undefined).end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), hangSeconds * 1000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const seconds = (performance.now() - begun) / 1000;
  const notes = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { open?: string; connect?: string; megabytes?: number });
  rmSync(log);
  const own = path.dirname(path.dirname(cli));
  return {
    code,
    ...text,
    seconds,
    lines: text.stderr
      .trim()
      .split('\n')
      .filter((line) => line !== '' && !progress.test(line)),
    megabytes: notes.find(({ megabytes }) => megabytes !== undefined)?.megabytes ?? NaN,
    opened: [...new Set(notes.flatMap(({ open }) => open ?? []))].filter(
      (file) => !file.startsWith(own) && !file.startsWith(`file://${own}`),
    ),
    connected: notes.flatMap(({ connect }) => connect ?? []),
  };
}
