import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../src/jobs/evaluate.ts';
import type { Report } from '../../src/report/record/report.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import type { World } from '../../src/index.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { runAction, workspace } from '../action-run.ts';
import { bundledCli } from '../bundled.ts';
import { command } from '../command.ts';
import { random } from '../random-nets.ts';
import { assets, dataFile, otherAssets, readJson, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const images = 600;
const folder = temporaryFolder();

beforeAll(async () => {
  for (const [name, seed] of [
    ['clean', 1],
    ['poisoned', 2],
  ] as const) {
    const r = random(seed);
    writeFileSync(
      path.join(folder, `${name}.h5`),
      await dataFile(
        [images, 8, 8, 1],
        Float32Array.from({ length: images * 64 }, () => 256 * r()),
        Array.from({ length: images }, () => Math.floor(10 * r())),
      ),
    );
  }
  copyFileSync(path.join(root, 'examples/clean_valid.h5'), path.join(folder, 'digits.h5'));
  copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'a.h5'));
  copyFileSync(path.join(root, 'examples/resistant.h5'), path.join(folder, 'b.h5'));
});

/** The text of a thread that does `fault` when it gets its first chunk of a sweep (or another call), once for all threads, and is goodnet's `own` otherwise. */
function faultyThread(name: string, own: string, fault: string, at = 'tallies'): string {
  const once = path.join(folder, `${name}.done`);
  return `import { existsSync, writeFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    await import(${JSON.stringify(own)});
    parentPort.on('message', ({ name }) => {
      if (name !== '${at}' || existsSync(${JSON.stringify(once)})) return;
      writeFileSync(${JSON.stringify(once)}, '');
      ${fault}
    });`;
}

/** Assets with such a thread. */
const faulty = (name: string, fault: string, at?: string): string =>
  otherAssets({ 'thread.js': faultyThread(name, `${assets}thread.js`, fault, at) });

const outcome = (models: string[], assets: string, out: string) =>
  run(
    resolveConfig(
      { models, clean: { validation: 'clean.h5' }, attacks: { p: { validation: 'poisoned.h5' } }, workers: 2, out },
      {},
      null,
    ),
    { ...testWorld(folder), assets },
  );

test('a thread that ends on its way: its model is refused, the next one is computed on new threads, nothing is left', async () => {
  const alone = await outcome(['b.h5'], assets, 'alone');
  const report = await outcome(['a.h5', 'b.h5'], faulty('ends', 'process.exit(7);'), 'out');
  expect(report.errors).toEqual([
    expect.objectContaining({
      path: 'a.h5',
      code: 'thread-lost',
      message: expect.stringContaining('exit code 7') as unknown,
    }),
  ]);
  expect(report.models).toEqual(alone.models);
  expect([report.verdict, readdirSync(path.join(folder, 'out')).sort()]).toEqual([
    'error',
    readdirSync(path.join(folder, 'alone')).sort(),
  ]);
});

describe('in a training that two threads make together', () => {
  const training = (models: string[], assets: string, out: string, world: Partial<World> = {}) =>
    run(
      resolveConfig(
        {
          ...{ models, clean: { validation: 'digits.h5' }, scale: '1/255', checkpoints: [10], workers: 2, out },
          defenses: ['pruning', 'fine-pruning'],
        },
        {},
        null,
      ),
      { ...testWorld(folder), assets, ...world },
    );

  test('one that ends: its model is refused, the next one is trained on new threads', async () => {
    const alone = await training(['b.h5'], assets, 'trained-alone');
    const report = await training(['a.h5', 'b.h5'], faulty('trains', 'process.exit(7);', 'trained'), 'trained');
    expect(report.errors.map(({ path: model, code }) => [model, code])).toEqual([['a.h5', 'thread-lost']]);
    expect(report.models).toEqual(alone.models);
  });

  test('one that is told to end while the other computes for ever: both do', async () => {
    const stop = new AbortController();
    const hangs = faulty('hangs', 'for (;;);', 'trained');
    const looks = setInterval(() => {
      if (existsSync(path.join(folder, 'hangs.done'))) stop.abort(new Error('told to'));
    }, 50);
    await expect(training(['a.h5'], hangs, 'hung', { signal: stop.signal })).rejects.toThrow('told to');
    clearInterval(looks);
    expect(existsSync(path.join(folder, 'hung'))).toBe(false);
  });
});

test('a model that is refused after its files were staged leaves none of them', async () => {
  const report = await outcome(['a.h5', 'b.h5'], faulty('late', 'process.exit(7);', 'answers'), 'late');
  expect(report.errors.map(({ path: model, code }) => [model, code])).toEqual([['a.h5', 'thread-lost']]);
  expect(report.files.filter((file) => file.startsWith('a.h5'))).toEqual([]);
  expect(readdirSync(path.join(folder, 'late'))).not.toContain('a.h5');
  expect((await command(folder, 'verify', 'late')).code).toBe(0);
});

describe('a bug while one model is judged', () => {
  const bug = "throw new TypeError('no such::thing');";
  const told = {
    path: 'a.h5',
    code: 'bug',
    message:
      'a.h5: a bug in goodnet ended its evaluation (TypeError: no such::thing); report it with the trace, and with the model if you may share it',
    trace: expect.stringMatching(/^TypeError: no such::thing\n +at /) as unknown,
  };

  test("is that model's error, with its trace; the others are judged as ever, and the report holds", async () => {
    const alone = await outcome(['b.h5'], assets, 'alone');
    const report = await outcome(['a.h5', 'b.h5'], faulty('bug', bug), 'bug');
    expect(report.errors).toEqual([
      {
        ...told,
        sha256: createHash('sha256')
          .update(readFileSync(path.join(folder, 'a.h5')))
          .digest('hex'),
      },
    ]);
    expect([report.models, report.verdict, report.passed]).toEqual([alone.models, 'error', false]);
    const written = readJson<Report>(path.join(folder, 'bug/report.json'));
    expect(written.errors).toEqual(report.errors);
    expect(written.errors[0]!.trace).not.toContain(`${folder}/`);
    for (const form of ['report.md', 'report.html'])
      expect(readFileSync(path.join(folder, 'bug', form), 'utf8')).toContain('a bug in goodnet ended its evaluation');
    expect((await command(folder, 'verify', 'bug')).code).toBe(0);
    const { code, stdout } = await command(folder, 'compare', 'bug/report.json', 'alone/report.json');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/a\.h5 .*not evaluated/)]);
  });

  test("is told by evaluate beside the others' figures", async () => {
    const settings = resolveConfig(
      { models: ['a.h5', 'b.h5'], clean: { validation: 'clean.h5' }, workers: 2 },
      {},
      null,
    );
    const { models, errors } = await evaluate(settings, {
      ...testWorld(folder),
      assets: faulty('evaluated', bug),
    });
    expect([models.map((model) => model.path), errors]).toEqual([['b.h5'], [told]]);
  });

  test('while it is read is its error too', async () => {
    const reader = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ id }) => parentPort.postMessage({ id, failed: new TypeError('odd') }));`;
    const settings = resolveConfig(
      { models: ['a.h5', 'b.h5'], clean: { validation: 'clean.h5' }, out: 'unread' },
      {},
      null,
    );
    const { errors } = await run(settings, { ...testWorld(folder), assets: otherAssets({ 'reader.js': reader }) });
    expect(errors.map(({ path: model, code, message }) => [model, code, message])).toEqual(
      ['a.h5', 'b.h5'].map((model) => [model, 'bug', expect.stringContaining('TypeError: odd') as unknown]),
    );
  });

  test.each(['defend', 'evaluate'])(
    'ends %s with exit code 3, one line and the trace, a gate that is not met beside it',
    async (job) => {
      const flags = [
        'a.h5',
        'b.h5',
        '--clean',
        'clean.h5',
        '--workers',
        '2',
        ...(job === 'defend' ? ['--min-accuracy', '99', '--out', 'cli'] : []),
      ];
      const { code, stdout, stderr } = await command({ cwd: folder, assets: faulty(job, bug) }, job, ...flags);
      expect([code, stdout]).toEqual([3, expect.stringContaining('b.h5')]);
      expect(stderr).toMatch(
        /^a\.h5: a bug in goodnet ended its evaluation \(TypeError: no such:\u2009:thing\); report it with the trace, .*\nTypeError: no such:\u2009:thing\n +at /m,
      );
    },
  );

  test('ends the action with exit code 3, also with warn-only, and its log has the trace', async () => {
    const here = workspace();
    const { code, outputs, summary, annotations, log } = await runAction(here, null, {
      inputs: { 'config-file': '.github/goodnet.yml', 'warn-only': 'true' },
      world: { assets: faulty('action', bug) },
    });
    expect([code, outputs['passed'], outputs['verdict']]).toEqual([3, 'false', 'error']);
    expect(JSON.parse(outputs['results']!)).toEqual([
      expect.objectContaining({ path: 'examples/resistant.h5' }),
      expect.objectContaining({ path: 'examples/badnet.h5', verdict: 'error', code: 'bug' }),
    ]);
    for (const text of [summary, annotations.join('\n')])
      expect(text).toContain('a bug in goodnet ended its evaluation');
    expect(log).toMatch(/TypeError: no such:\u2009:thing\n +at /);
  });
});

test('a thread that runs out of memory: one line says what to do, nothing is written', async () => {
  const cli = await bundledCli();
  const own = path.join(path.dirname(cli), 'thread-own.js');
  renameSync(path.join(path.dirname(cli), 'thread.js'), own);
  writeFileSync(
    path.join(path.dirname(cli), 'thread.js'),
    faultyThread('greedy', own, 'const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length));'),
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=128',
      cli,
      'defend',
      'a.h5',
      '--clean',
      'clean.h5',
      '--poisoned',
      'p=poisoned.h5',
      '--workers',
      '2',
      '--out',
      'none',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !/: [\d,]+ images/.test(line) && !line.startsWith('<---') && !/^\[?\d+/.test(line));
  expect([status, lines]).toEqual([
    2,
    [expect.stringMatching(/^a\.h5: --workers: a thread ran out of memory; use fewer threads with `workers`/)],
  ]);
  expect(existsSync(path.join(folder, 'none'))).toBe(false);
});

test('after a thread ran out of memory the next model is judged on new ones', async () => {
  const alone = await outcome(['b.h5'], assets, 'alone');
  const full = "throw Object.assign(new Error('full'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });";
  const report = await outcome(['a.h5', 'b.h5'], faulty('full', full), 'full');
  expect(report.errors.map(({ path: model, code }) => [model, code])).toEqual([['a.h5', 'out-of-memory']]);
  expect(report.models).toEqual(alone.models);
});
