import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { resolveConfig } from '../src/resolve-config.ts';
import { run } from '../src/run.ts';
import { bundledCli } from './bundled.ts';
import { random } from './random-nets.ts';
import { dataFile, root, testWorld } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const images = 600;
const folder = temporaryFolder();

beforeAll(async () => {
  for (const [name, seed] of [['clean', 1], ['poisoned', 2]] as const) {
    const r = random(seed);
    writeFileSync(path.join(folder, `${name}.h5`), await dataFile([images, 8, 8, 1], Float32Array.from({ length: images * 64 }, () => 256 * r()), Array.from({ length: images }, () => Math.floor(10 * r()))));
  }
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'a.h5'));
  copyFileSync(path.join(root, 'examples/resistant.h5'), path.join(folder, 'b.h5'));
});

/** A thread that does `fault` when it gets its first chunk of a sweep, once for all threads, and is goodnet's own otherwise. */
function faultyThread(name: string, own: string, fault: string): string {
  const file = path.join(folder, `${name}.mjs`);
  const once = path.join(folder, `${name}.done`);
  writeFileSync(file, `import { existsSync, writeFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    await import(${JSON.stringify(own)});
    parentPort.on('message', ({ name }) => {
      if (name !== 'tallies' || existsSync(${JSON.stringify(once)})) return;
      writeFileSync(${JSON.stringify(once)}, '');
      ${fault}
    });`);
  return file;
}

const outcome = (models: string[], threadFile: string, out: string) =>
  run(resolveConfig({ models, clean: { validation: 'clean.h5' }, attacks: { p: { validation: 'poisoned.h5' } }, workers: 2, out }, {}, null), { ...testWorld(folder), threadFile });

test('a thread that ends on its way: its model is refused, the next one is computed on new threads, nothing is left', async () => {
  const own = inject('threadFile');
  const alone = await outcome(['b.h5'], own, 'alone');
  const report = await outcome(['a.h5', 'b.h5'], faultyThread('ends', own, 'process.exit(7);'), 'out');
  expect(report.errors).toEqual([expect.objectContaining({ path: 'a.h5', code: 'thread-lost', message: expect.stringContaining('exit code 7') as unknown })]);
  expect(report.models).toEqual(alone.models);
  expect([report.verdict, readdirSync(path.join(folder, 'out')).sort()]).toEqual(['error', readdirSync(path.join(folder, 'alone')).sort()]);
});

test('a thread that runs out of memory: one line says what to do, nothing is written', async () => {
  const cli = await bundledCli();
  const own = path.join(path.dirname(cli), 'thread-own.js');
  renameSync(path.join(path.dirname(cli), 'thread.js'), own);
  copyFileSync(faultyThread('greedy', own, 'const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length));'), path.join(path.dirname(cli), 'thread.js'));
  const { status, stderr } = spawnSync(process.execPath, ['--max-old-space-size=128', cli, 'defend', 'a.h5', '--clean', 'clean.h5', '--poisoned', 'p=poisoned.h5', '--workers', '2', '--out', 'none'], { cwd: folder, encoding: 'utf8' });
  const lines = stderr.trim().split('\n').filter((line) => !/: [\d,]+ images/.test(line) && !line.startsWith('<---') && !/^\[?\d+/.test(line));
  expect([status, lines]).toEqual([2, [expect.stringMatching(/^a\.h5: --workers: a thread ran out of memory; use fewer threads with `workers`/)]]);
  expect(existsSync(path.join(folder, 'none'))).toBe(false);
});
