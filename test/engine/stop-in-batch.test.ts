import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundledCli } from '../bundled.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const cwd = temporaryFolder();
const reached = path.join(temporaryFolder(), 'reached');
const files = ['badnet.h5', 'clean_valid.h5'];
const defense = ['badnet.h5', '--clean', 'clean_valid.h5', '--scale', '1/255', '--workers', '1'];
let cli: string;

/** (module (func (export "f") (loop (br 0)))) */
const endless = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11,
  11,
];

/** The command line, its threads in a batch that never ends: it runs in WebAssembly, as the engine does. */
beforeAll(async () => {
  for (const name of files) copyFileSync(path.join(root, 'examples', name), path.join(cwd, name));
  cli = await bundledCli();
  expect(spawnSync(process.execPath, [cli, 'defend', ...defense, '--out', 'bundle'], { cwd }).status).toBe(0);
  const thread = path.join(path.dirname(cli), 'thread.js');
  renameSync(thread, path.join(path.dirname(cli), 'thread-own.js'));
  writeFileSync(
    thread,
    `import { writeFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    const on = parentPort.on.bind(parentPort);
    parentPort.on = (event, answer) => on(event, (call) => {
      if (!['sums', 'tallies', 'answers'].includes(call.name)) return answer(call);
      writeFileSync(${JSON.stringify(reached)}, '');
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${endless.join()}]))).exports.f();
    });
    await import('./thread-own.js');`,
  );
});

/** Runs a command, sends the signal when its thread is inside a batch, and answers its exit code and what it printed. */
async function ended(
  argv: readonly string[],
  signal: NodeJS.Signals | null,
): Promise<{ code: unknown; stdout: string; stderr: string[] }> {
  rmSync(reached, { force: true });
  const child = spawn(process.execPath, [cli, ...argv], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL')); // where it did not end
  let stdout = '',
    stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const looks = setInterval(() => {
    if (signal === null || !existsSync(reached)) return;
    clearInterval(looks);
    child.kill(signal);
  }, 20);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(looks);
  return {
    code,
    stdout,
    stderr: stderr
      .trim()
      .split('\n')
      .filter((line) => !/: [\d,]+ images$/.test(line)),
  };
}

const jobs: [string, string[]][] = [
  ['defend', ['defend', ...defense, '--out', 'out']],
  ['evaluate', ['evaluate', ...defense]],
  ['inspect', ['inspect', ...defense.slice(0, 3)]],
  ['verify --rerun', ['verify', 'bundle', '--rerun']],
];

describe.each(jobs)('%s, in a batch that never ends', (_, argv) => {
  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('ends on %s, with one line and nothing written', async (signal) => {
    const before = readdirSync(cwd, { recursive: true });
    expect(await ended(argv, signal)).toEqual({ code: 130, stdout: '', stderr: ['Interrupted.'] });
    expect(existsSync(reached)).toBe(true);
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  });
});

test.each(jobs.slice(0, 3))(
  '%s ends in a batch that never ends when the time budget is over, with one line and nothing written',
  async (_, argv) => {
    const before = readdirSync(cwd, { recursive: true });
    for (let minutes = 0.05; ; minutes *= 2) {
      // enough on any day to come as far as the batch
      expect(await ended([...argv, '--time-budget-minutes', String(minutes)], null)).toEqual({
        code: 2,
        stdout: '',
        stderr: [expect.stringMatching(/^the run: is not done after \d[\d.]* minutes; raise `time-budget-minutes`/)],
      });
      expect(readdirSync(cwd, { recursive: true })).toEqual(before);
      if (existsSync(reached)) return;
    }
  },
);
