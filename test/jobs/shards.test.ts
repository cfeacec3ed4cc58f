import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { shareOf } from '../../src/cli/shard.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { shard } from '../../src/jobs/shard.ts';
import { type ShardPhase, shardPhases } from '../../src/engine/shards/share.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { command } from '../command.ts';
import { root, testEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const config = parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml');
const models = ['examples/badnet.h5'];
const settings = (more: object) => resolveConfig({ models, ...more }, config, 'goodnet.yml');

/** A run's report without what tells of one run, and the bytes of all other files. */
async function defended(counts?: string): Promise<{ errors: unknown; written: unknown }> {
  const out = temporaryFolder();
  const report = await run(settings({ out }), testWorld(root), counts === undefined ? {} : { counts });
  const { run: _, config: used, ...rest } = report;
  const { out: __, ...same } = used;
  const files = report.files.filter((file) => !/^(report|manifest)\./.test(file));
  const bytes = Object.fromEntries(files.map((file) => [file, readFileSync(path.join(out, file), 'base64')]));
  return { errors: report.errors, written: { ...bytes, report: { ...rest, config: same } } };
}

const counted = (out: string, index: number, of: number, phase: ShardPhase) =>
  shard(settings({ out }), testWorld(root), { index, of, phase });

describe.skipIf(testEngine !== 'wasm')('a run in shards', () => {
  test('writes what an undivided run does; who counts twice changes nothing', async () => {
    const out = temporaryFolder();
    for (const phase of shardPhases) {
      for (const index of [1, 0]) expect(await counted(out, index, 2, phase)).toEqual([]);
      const before = readdirSync(out).sort();
      expect(await Promise.all([counted(out, 0, 2, phase), counted(out, 0, 2, phase)])).toEqual([[], []]);
      expect(readdirSync(out).sort()).toEqual(before);
      expect(before.every((name) => /^(sums|tallies)-[0-9a-f]{64}\.safetensors$/.test(name))).toBe(true);
    }
    const merged = await defended(out);
    expect(merged.errors).toEqual([]);
    expect(merged.written).toEqual((await defended()).written);
  });

  test('what is missing is named, by a shard and by a merge', async () => {
    const out = temporaryFolder();
    await counted(out, 0, 2, 'rank');
    const missing = { code: 'shard-missing', message: expect.stringMatching(/chunk 2 of its phase rank/) as string };
    expect(await counted(out, 0, 2, 'sweep')).toMatchObject([missing]);
    expect((await defended(out)).errors).toMatchObject([missing]);
  });

  test('a file that is damaged is named, and refuses the model', async () => {
    const out = temporaryFolder();
    for (const index of [0, 1]) await counted(out, index, 2, 'rank');
    const [name] = readdirSync(out);
    const file = path.join(out, name!);
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expect((await defended(out)).errors).toMatchObject([{ code: 'shard-damaged' }]);
    rmSync(file);
    writeFileSync(
      file,
      readFileSync(
        path.join(
          out,
          readdirSync(out).find((other) => other !== name)!,
        ),
      ),
    );
    expect((await defended(out)).errors).toMatchObject([{ code: 'shard-damaged' }]);
  });

  test('by the command line', async () => {
    const out = temporaryFolder();
    const flags = ['--config', 'examples/goodnet.yml'];
    for (const phase of shardPhases)
      expect(
        await command(root, 'shard', ...models, ...flags, '--shard', '1/1', '--phase', phase, '--out', out),
      ).toMatchObject({
        code: 0,
        stdout: '',
      });
    const merged = temporaryFolder();
    const found = await command(root, 'merge', out, ...models, ...flags, '--out', merged);
    expect(found.code).toBe(0);
    expect(readdirSync(merged)).toContain('report.json');
  });
});

test.each([
  ['1/4', {}, 0, 4],
  ['4/4', { SLURM_ARRAY_TASK_ID: '0' }, 3, 4],
  ['4', { SLURM_ARRAY_TASK_ID: '3' }, 3, 4],
  ['4', { JOB_COMPLETION_INDEX: '0' }, 0, 4],
  ['4', { AWS_BATCH_JOB_ARRAY_INDEX: '1' }, 1, 4],
  ['4', { CLOUD_RUN_TASK_INDEX: '2' }, 2, 4],
])('--shard %s in %j is a share', (text, environment, index, of) => {
  expect(shareOf({ shard: text, phase: 'rank' }, environment)).toEqual({ index, of, phase: 'rank' });
});

test.each([
  ['0/4', {}],
  ['5/4', {}],
  ['1/0', {}],
  ['x', {}],
  ['1/4/2', {}],
  ['-1/4', {}],
  ['4', {}],
  ['4', { SLURM_ARRAY_TASK_ID: '4' }],
  ['4', { SLURM_ARRAY_TASK_ID: '' }],
  ['4', { SLURM_ARRAY_TASK_ID: 'x' }],
])('--shard %s in %j is none', (text, environment) => {
  expect(() => shareOf({ shard: text, phase: 'rank' }, environment)).toThrow(/--shard/);
});

test('there are three phases', () => {
  expect(() => shareOf({ shard: '1/4', phase: 'all' }, {})).toThrow(/write rank, sweep, test/);
});
