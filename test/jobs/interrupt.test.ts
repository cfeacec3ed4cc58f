import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { inspect } from '../../src/jobs/inspect/inspect.ts';
import { openModel } from '../../src/models/find-models.ts';
import { run } from '../../src/jobs/defend/run.ts';
import type { World } from '../../src/jobs/world.ts';
import { sample } from '../../src/jobs/sample.ts';
import { scan } from '../../src/jobs/scan/scan.ts';
import { stamp } from '../../src/jobs/stamp.ts';
import { bundledCli } from '../bundled.ts';
import { random } from '../random-nets.ts';
import { dataFile, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const cwd = temporaryFolder();
const images = 100_000;
let cli: string;

beforeAll(async () => {
  const r = random(1);
  const pixels = Float32Array.from({ length: images * 64 }, () => Math.round(255 * r()));
  writeFileSync(
    path.join(cwd, 'many.h5'),
    await dataFile(
      [images, 8, 8, 1],
      pixels,
      Array.from({ length: images }, (_, i) => i % 10),
    ),
  );
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(cwd, 'net.h5'));
  copyFileSync(path.join(root, 'examples/corner.png'), path.join(cwd, 'corner.png'));
  writeFileSync(
    path.join(cwd, 'goodnet.yml'),
    'models: [net.h5]\nclean: { validation: many.h5 }\nattacks: { corner: { target: 0, trigger: { image: corner.png, at: [5, 5], scale: 1 } } }\n',
  );
  cli = await bundledCli();
}, 300_000);

const settings = () => resolveConfig({ models: ['net.h5'], clean: { validation: 'many.h5' }, out: 'out' }, {}, null);
const jobs: [string, (world: World) => Promise<unknown>][] = [
  ['defend', (world) => run(settings(), world)],
  ['evaluate', (world) => evaluate(settings(), world)],
  ['scan', (world) => scan(settings(), world)],
  ['inspect', (world) => inspect('net.h5', settings().config, world)],
  [
    'stamp',
    (world) =>
      stamp(
        { clean: 'many.h5', out: 'stamped.h5' },
        resolveConfig(
          {
            models: ['net.h5'],
            attacks: { corner: { target: 0, trigger: { image: 'corner.png', at: [5, 5], scale: 1 } } },
          },
          {},
          null,
        ).config,
        world,
      ),
  ],
  [
    'sample',
    (world) =>
      sample(
        { file: 'many.h5', images: images / 2, seed: 1, out: 'small.h5', dataName: 'data', labelName: 'label' },
        world,
      ),
  ],
];

describe.each(jobs)('%s', (_, job) => {
  test('ends, with nothing written, when that is asked for while it computes', async () => {
    const before = readdirSync(cwd);
    const interrupt = new AbortController();
    const stopped = job({ ...testWorld(cwd), signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 100); // comes only if the job lets it
    await expect(stopped).rejects.toThrow(/abort/);
    expect(readdirSync(cwd)).toEqual(before);
  });
});

test('a model is hashed and read in pieces, and after each it may be ended', async () => {
  const blocks = 16;
  writeFileSync(path.join(cwd, 'large.h5'), Buffer.alloc(blocks << 20));
  for (const last of [1, blocks, blocks + 2]) {
    let asked = 0;
    const signal = {
      throwIfAborted: () => {
        if (++asked === last) throw new Error('enough');
      },
    } as unknown as AbortSignal;
    await expect(
      openModel('large.h5', settings().config, { ...testWorld(cwd), assets: 'none/', signal }),
    ).rejects.toThrow('enough');
  }
  rmSync(path.join(cwd, 'large.h5'));
});

/** Tells when the process listens to Ctrl-C. */
const announce = `data:text/javascript,${encodeURIComponent('const once = process.once; process.once = function (name, ...rest) { if (name === "SIGINT") process.stderr.write("listening\\n"); return once.call(this, name, ...rest); };')}`;

test.each<[NodeJS.Signals, string, string[]]>([
  ['SIGINT', 'defend', ['net.h5', '--clean', 'many.h5', '--out', 'out']],
  ['SIGTERM', 'defend', ['net.h5', '--clean', 'many.h5', '--out', 'out']],
  ['SIGINT', 'evaluate', ['net.h5', '--clean', 'many.h5']],
  ['SIGINT', 'stamp', ['many.h5', '--config', 'goodnet.yml', '--out', 'stamped.h5']],
  ['SIGINT', 'sample', ['many.h5', '--images', String(images), '--out', 'small.h5']],
])('%s ends %s with 130 and leaves nothing', async (signal, name, argv) => {
  const before = readdirSync(cwd);
  const child = spawn(process.execPath, ['--import', announce, cli, name, ...argv], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '',
    sent = 0;
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => {
    if (sent === 0 && text.toString().includes('listening'))
      setTimeout(() => {
        sent = performance.now();
        child.kill(signal);
      }, 300);
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  process.stdout.write(`\n${signal}: ${name} ended after ${Math.round(performance.now() - sent)} ms\n`);
  expect([code, stdout]).toEqual([130, '']);
  expect(readdirSync(cwd)).toEqual(before);
  expect(existsSync(path.join(cwd, 'out'))).toBe(false);
});
