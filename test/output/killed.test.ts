import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledCli } from '../bundled.ts';
import { command } from '../command.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = temporaryFolder();
let cli: string;
beforeAll(async () => {
  cli = await bundledCli();
  cpSync(path.join(root, 'examples'), path.join(home, 'examples'), { recursive: true });
  expect(
    (await command(home, 'defend', 'examples/badnet.h5', '--config', 'examples/goodnet.yml', '--out', 'out')).code,
  ).toBe(0);
}, 60_000);

/** A copy of the bundle beside its inputs, in which a command is killed once `ready` answers true. */
async function killed(
  argv: string[],
  ready: (folder: string) => boolean,
  env: (folder: string) => Record<string, string> = () => ({}),
): Promise<string> {
  const folder = temporaryFolder();
  cpSync(home, folder, { recursive: true });
  const child = spawn(process.execPath, [cli, ...argv], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...env(folder) },
  });
  const ended = once(child, 'exit');
  while (!ready(folder) && child.exitCode === null) await pause(1);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  return folder;
}

const inside = (folder: string, ending: string): string[] =>
  readdirSync(path.join(folder, 'out')).filter((name) => name.endsWith(ending));
const left = (folder: string): string[] => inside(folder, '.tmp').concat(inside(folder, '.verify'));
const told = expect.stringMatching(/not checked[^\n]*goodnet-[^\n]*was left by a run that was stopped/) as unknown;

describe('what a killed command leaves is named by `verify`, and is no difference', () => {
  const run = ['defend', 'examples/badnet.h5', '--config', 'examples/goodnet.yml', '--out', 'out'];
  const again = ['verify', 'out', '--rerun'];
  const temporaryInside = (folder: string) => ({ TMPDIR: path.join(folder, 'out') });
  const repaired = (folder: string): boolean =>
    inside(folder, '.tmp').some((name) =>
      readdirSync(path.join(folder, 'out', name), { recursive: true }).some((file) => String(file).endsWith('.h5')),
    );

  test.each<[string, string[], (folder: string) => boolean, ((folder: string) => Record<string, string>)?]>([
    ['a run, as it starts', run, (folder) => inside(folder, '.tmp').length > 0],
    ['a run, with repaired models on their way', run, repaired],
    ['`verify --rerun`, as it starts', again, (folder) => inside(folder, '.verify').length > 0, temporaryInside],
    [
      '`verify --rerun`, as its run writes',
      again,
      (folder) => inside(folder, '.verify').some((name) => readdirSync(path.join(folder, 'out', name)).length > 0),
      temporaryInside,
    ],
  ])('%s', async (_, argv, ready, env) => {
    const folder = await killed(argv, ready, env);
    for (const flags of [[], ['--rerun']]) {
      const { code, stdout } = await command(folder, 'verify', 'out', ...flags);
      expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing differs')]);
      if (
        left(folder).some((name) =>
          readdirSync(path.join(folder, 'out', name), { recursive: true, withFileTypes: true }).some((entry) =>
            entry.isFile(),
          ),
        )
      )
        expect(stdout).toEqual(told);
    }
    expect((await command(folder, ...run)).code).toBe(0);
    expect(inside(folder, '.tmp')).toEqual([]);
  });

  test('what only looks alike is a difference', async () => {
    const folder = temporaryFolder();
    cpSync(home, folder, { recursive: true });
    mkdirSync(path.join(folder, 'out/.goodnet-run.tmp'));
    for (const name of ['.goodnet-run.tmp/file', 'goodnet.verify']) writeFileSync(path.join(folder, 'out', name), '');
    const { code, stdout } = await command(folder, 'verify', 'out');
    expect([code, stdout]).toEqual([1, expect.stringMatching(/\.goodnet-run\.tmp\/file[^\n]*is not in the manifest/)]);
    expect([stdout, existsSync(path.join(folder, 'out/goodnet.verify'))]).toEqual([
      expect.stringMatching(/goodnet\.verify[^\n]*is not in the manifest/),
      true,
    ]);
  });
});
