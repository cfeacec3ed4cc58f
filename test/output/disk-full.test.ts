import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledCli } from '../bundled.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Whether a file system can be mounted for a command of its own. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount)
  process.stderr.write(
    '\n*** SKIPPED: disk-full.test.ts needs `unshare -rm`, which is not allowed here; crash.test.ts injects the same errors. ***\n',
  );

describe.skipIf(!canMount)('the output folder on a file system of its own', () => {
  const cwd = temporaryFolder();
  let cli: string;
  beforeAll(async () => {
    cli = await bundledCli();
    for (const name of ['badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5'])
      copyFileSync(path.join(root, 'examples', name), path.join(cwd, name));
    mkdirSync(path.join(cwd, 'out'));
  });

  /** Runs shell lines in which `out` is a tmpfs of `size` and `$run` is a run into it; answers what they print. */
  const shell = (size: string, lines: string): string =>
    execFileSync('unshare', ['-rm', 'bash', '-c', `mount -t tmpfs -o size=${size} tmpfs out\n${lines}`], {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        run: `${process.execPath} ${cli} defend badnet.h5 --clean clean_valid.h5 --poisoned p=poisoned_valid.h5 --scale 1/255 --out out`,
      },
    });
  const run = (more = '') => `$run ${more} 2>err >/dev/null; echo "exit $?"; tail -n 1 err`;
  const full = 'out: cannot be written (ENOSPC); make room on the disk, or write elsewhere with `--out`';

  test.each(['100k', '500k', '1100k'])('of %s is too small: one line, and nothing is left in it', (size) => {
    expect(shell(size, `${run()}; ls -A out`).trim().split('\n')).toEqual(['exit 2', full]);
  });

  test("that fills up under a second run keeps the first one's files as they were, and takes the next when there is room", () => {
    const lines = shell(
      '5m',
      `${run()}; find out -type f ! -name '.goodnet-*' -exec sha256sum {} + | sort >before
      head -c 1500k /dev/zero >out/mine; ${run('--checkpoints 3,5,9')}; find out -type f ! -name mine ! -name '.goodnet-*' -exec sha256sum {} + | sort >after; cmp before after && echo same
      rm out/mine; ${run('--checkpoints 3,5,9')}; ls -A out out/badnet.h5`,
    )
      .trim()
      .split('\n');
    expect(lines.slice(0, 6)).toEqual(['exit 0', expect.any(String), 'exit 2', full, 'same', 'exit 0']);
    expect(lines.filter((line) => /\.tmp$|X=/.test(line))).toEqual([
      'goodnet_X=3.h5',
      'goodnet_X=5.h5',
      'goodnet_X=9.h5',
      'model_X=3.h5',
      'model_X=5.h5',
      'model_X=9.h5',
    ]);
  });

  test('that is read-only is refused', () => {
    writeFileSync(path.join(cwd, 'err'), '');
    expect(shell('3m', `mount -o remount,ro out; ${run()}; ls -A out`).trim().split('\n')).toEqual([
      'exit 2',
      'out: cannot be written (EROFS); choose another folder with `--out`',
    ]);
    expect([readdirSync(path.join(cwd, 'out')), readFileSync(path.join(cwd, 'err'), 'utf8')]).toEqual([
      [],
      'out: cannot be written (EROFS); choose another folder with `--out`\n',
    ]);
  });
});
