import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommandLine, type ChildRun, runChild } from '../hostile/child.ts';
import { dataFile, fixtures, pngFile, readJson } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = path.join(fixtures, 'hostile');
const threats = Object.entries(
  readJson<Record<string, { role: 'model' | 'data' | 'image'; reason: string }>>(path.join(folder, 'threats.json')),
);
const home = temporaryFolder();
const work = path.join(home, 'work');
let cli = '';
const runs: ChildRun[] = [];
let refused = 0;

/** The row of the threats: a process stays below, whatever the file asks for. */
const mostMegabytes = 200;
const secrets = ['CANARY-7f3a', 'PAYLOAD-c41d', Buffer.from('PAYLOAD-c41d').toString('base64')];

beforeAll(async () => {
  cli = await buildCommandLine(path.join(home, 'package'));
  cpSync(folder, work, { recursive: true });
  for (const name of readdirSync(work).filter((file) => file.endsWith('.gz')))
    writeFileSync(path.join(work, name.slice(0, -3)), gunzipSync(readFileSync(path.join(work, name))));
  copyFileSync(path.join(fixtures, 'refused/base.h5'), path.join(work, 'net.h5'));
  writeFileSync(path.join(work, 'clean.h5'), await dataFile([3, 8, 8, 3], new Float32Array(576).fill(0.5), [0, 1, 2]));
});

afterAll(() => {
  const most = (figure: (run: ChildRun) => number) => Math.max(...runs.map(figure));
  process.stderr.write(
    `\nFIGURE hostile fixtures refused / tried: ${refused} / ${runs.length}; peak memory ${most((run) => run.megabytes).toFixed(0)} MB, longest ${most((run) => run.seconds).toFixed(1)} s\n`,
  );
});

/** A folder of images, one of which is the hostile one. */
function imageFolder(name: string): string {
  const images = path.join(work, `images-${name}`);
  for (const label of [0, 1, 2]) {
    mkdirSync(path.join(images, String(label)), { recursive: true });
    writeFileSync(
      path.join(images, String(label), 'good.png'),
      pngFile(8, 8, () => [1, 2, 3]),
    );
  }
  copyFileSync(path.join(work, name), path.join(images, '1', name));
  return path.basename(images);
}

test.each(threats)(
  '%s is refused: one line, nothing written, nothing else opened, little memory',
  async (name, { role, reason }) => {
    const data = role === 'model' ? 'clean.h5' : role === 'data' ? name : imageFolder(name);
    const model = role === 'model' ? name : 'net.h5';
    const before = readdirSync(work).sort();
    const run = await runChild(
      cli,
      work,
      ['defend', model, '--clean', data, '--max-asr', '100', '--min-accuracy', '0'],
      'CANARY-7f3a from standard input',
    );
    runs.push(run);
    expect(run.lines).toEqual([expect.stringMatching(new RegExp(reason))]);
    expect(run.lines[0]).toContain(name);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(readdirSync(work).sort()).toEqual(before);
    for (const secret of secrets) expect(run.stdout + run.stderr).not.toContain(secret);
    const declared = [model, data, 'goodnet-out'].map((file) => path.join(work, file));
    const others = run.opened.filter(
      (file) => !declared.some((own) => file === own || file.startsWith(`${own}/`)) && !systemFiles.test(file),
    );
    expect([others, run.connected]).toEqual([[], []]);
    expect(run.megabytes).toBeLessThan(mostMegabytes);
    refused++;
  },
  180_000,
);

/** What Node itself looks at, and the folders that a pattern is looked for in. */
const systemFiles = /^\/(proc|sys)\/|^\/etc\/(ssl|resolv|hosts|nsswitch)/;

test('every fixture is tried', () => {
  const files = readdirSync(folder)
    .filter((name) => !['canary', 'threats.json'].includes(name))
    .map((name) => name.replace(/\.gz$/, ''));
  expect(files.sort()).toEqual(threats.map(([name]) => name).sort());
});

test('the same command goes through with a model and data that are good: the spy sees the files that it opens', async () => {
  const run = await runChild(cli, work, ['defend', 'net.h5', '--clean', 'clean.h5', '--out', 'good']);
  const inputs = ['net.h5', 'clean.h5'].map((name) => path.join(work, name));
  expect([run.code, run.opened.filter((file) => inputs.includes(file)).sort()]).toEqual([0, inputs.sort()]);
  expect(existsSync(path.join(work, 'good/report.json'))).toBe(true);
  rmSync(path.join(work, 'good'), { recursive: true });
}, 180_000);

describe('as the kernel sees it', () => {
  const strace = spawnSync('strace', ['-V']).status === 0;
  if (!strace)
    process.stderr.write(
      "\n*** SKIPPED: the kernel's own list of opened files needs strace, which is not there; the spy inside the process ran. ***\n",
    );
  test.runIf(strace)(
    'no thread opens a canary or a network address',
    () => {
      const reaching = threats
        .filter(([name, { role }]) => role === 'model' && /external|virtual|link|module|lambda|lookup/.test(name))
        .map(([name]) => name);
      expect(reaching.length).toBeGreaterThan(15);
      const log = path.join(home, 'strace');
      const { status, stderr } = spawnSync(
        'strace',
        [
          '-f',
          '-qq',
          '-e',
          'trace=open,openat,openat2,connect',
          '-o',
          log,
          process.execPath,
          cli,
          'defend',
          ...reaching,
          '--clean',
          'clean.h5',
        ],
        { cwd: work, encoding: 'utf8' },
      );
      expect([status, stderr.trim().split('\n').length]).toEqual([2, reaching.length]);
      const calls = readFileSync(log, 'utf8');
      for (const name of reaching) expect(calls).toContain(`/${name}"`);
      expect(calls.split('\n').filter((line) => /canary|raw\.bin|other\.h5|AF_INET/.test(line))).toEqual([]);
    },
    300_000,
  );
});
