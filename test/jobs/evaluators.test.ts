import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { run } from '../../src/jobs/defend/run.ts';
import type { ProgressEvent } from '../../src/jobs/listener.ts';
import type { World } from '../../src/jobs/world.ts';
import type { Report } from '../../src/report/record/report.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { command } from '../command.ts';
import { type Served, serve } from '../served.ts';
import { root, testEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const token = 'a secret of both';
const config = parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml');

/** A run on the examples: its report without what tells of one run, and the bytes of all other files. */
async function defended(
  settings: object,
  world: Partial<World> = {},
): Promise<{ run: Report['run']; written: Record<string, unknown> }> {
  const out = temporaryFolder();
  const report = await run(resolveConfig({ ...settings, out }, config, 'goodnet.yml'), {
    ...testWorld(root),
    ...world,
  });
  const { run: ran, config: used, ...rest } = report;
  const { out: _, ...same } = used;
  const files = report.files.filter((file) => !/^(report|manifest)\./.test(file));
  const bytes = Object.fromEntries(files.map((file) => [file, readFileSync(path.join(out, file), 'base64')]));
  return { run: ran, written: { ...bytes, report: { ...rest, config: same } } };
}

describe.skipIf(testEngine !== 'wasm')('evaluators on other machines:', () => {
  const servers: Served[] = [];
  afterAll(() => Promise.all(servers.map(({ stop }) => stop())));
  const started = async (): Promise<string> => {
    const server = await serve(token);
    servers.push(server);
    return server.url;
  };

  test('a run writes the same for none, one and two of them', async () => {
    const urls = [await started(), await started()];
    const alone = await defended({});
    expect(alone.run.evaluators).toBeUndefined();
    for (const evaluator of [urls.slice(0, 1), urls]) {
      const { run: ran, written } = await defended({ evaluator }, { token });
      expect(written).toEqual(alone.written);
      expect(ran.evaluators!.map(({ url }) => url)).toEqual(evaluator);
      for (const { chunks } of ran.evaluators!) expect(chunks).toBeGreaterThan(0);
      expect(ran.evaluators!.reduce((sum, { checked }) => sum + checked, 0)).toBeGreaterThan(3);
    }
  });

  test('a run writes the same where one of two ends in between', async () => {
    const models = ['examples/badnet.h5'];
    const [going, staying] = [await serve(token), await started()];
    let asked = 0;
    const ends: typeof fetch = async (input, init) => {
      if (init?.method === 'POST' && ++asked === 4) await going.stop();
      return fetch(input, init);
    };
    const { run: ran, written } = await defended({ models, evaluator: [going.url, staying] }, { token, fetch: ends });
    expect(written).toEqual((await defended({ models })).written);
    const [first, second] = ran.evaluators!;
    expect(first!.chunks).toBeGreaterThan(0);
    expect(second!.chunks).toBeGreaterThan(first!.chunks);
  });

  test('models are scored the same', async () => {
    const settings = (more: object) => resolveConfig(more, config, 'goodnet.yml');
    const alone = await evaluate(settings({}), testWorld(root));
    const world = { ...testWorld(root), token };
    expect(await evaluate(settings({ evaluator: [await started()] }), world)).toEqual(alone);
    expect(alone.errors).toEqual([]);
  });

  test('flags of the command line name several', async () => {
    const args = ['evaluate', '--config', 'examples/goodnet.yml', '--json'];
    const urls = [await started(), await started()];
    const asked: string[] = [];
    const seen: typeof fetch = (input, init) => {
      asked.push(new URL((input as URL).href).origin + '/');
      return fetch(input, init);
    };
    const world = { cwd: root, token, fetch: seen };
    const found = await command(world, ...args, ...urls.flatMap((url) => ['--evaluator', url]), '--concurrency', '1');
    const alone = await command(root, ...args);
    expect([found.code, found.stdout]).toEqual([0, alone.stdout]);
    expect(found.stderr).toMatch(/badnet\.h5: .*images.*, by 2 of 2 evaluators\n/);
    expect(alone.stderr).not.toContain('evaluators');
    expect([...new Set(asked)].sort()).toEqual([...urls].sort());
  });

  test('progress tells of evaluators and of tries in vain', async () => {
    const models = ['examples/badnet.h5'];
    const evaluator = [await started(), 'http://127.0.0.1:9'];
    const told: ProgressEvent[] = [];
    const fetched: typeof fetch = (input, init) => {
      const isGone = new URL((input as URL).href).port === '9';
      return !isGone
        ? fetch(input, init)
        : init?.method === 'GET'
          ? greeting(input, init)
          : Promise.reject(new Error());
    };
    const greeting: typeof fetch = (_, init) => fetch(evaluator[0]!, init);
    const world = { ...testWorld(root), token, fetch: fetched };
    const settings = resolveConfig({ models, evaluator, out: temporaryFolder() }, config, 'goodnet.yml');
    const report = await run(settings, world, {}, { progress: (event) => told.push(event) });
    expect(report.errors).toEqual([]);
    const last = told.filter(({ stage }) => stage === 'sweep').at(-1)!;
    expect(last.elsewhere).toMatchObject({ of: 2, answering: 1 });
    expect(last.elsewhere!.retries).toBeGreaterThan(0);
  });

  test('a run whose evaluator is gone in between judges nothing, and says why', async () => {
    const server = await serve(token);
    let asked = 0;
    const gone: typeof fetch = async (input, init) => {
      if (init?.method === 'POST' && ++asked === 3) await server.stop();
      return fetch(input, init);
    };
    const report = await run(
      resolveConfig(
        { models: ['examples/badnet.h5'], evaluator: [server.url], out: temporaryFolder() },
        config,
        'goodnet.yml',
      ),
      { ...testWorld(root), token, fetch: gone },
    );
    expect(report).toMatchObject({ verdict: 'error', passed: false, models: [] });
    expect(report.errors.map(({ code }) => code)).toEqual(['evaluator-lost']);
  });

  test('an evaluator with another token ends a run before any work', async () => {
    const settings = resolveConfig({ evaluator: [await started()], out: temporaryFolder() }, config, 'goodnet.yml');
    for (const world of [testWorld(root), { ...testWorld(root), token: 'other' }])
      await expect(run(settings, world)).rejects.toMatchObject({ code: 'evaluator-unfit' });
  });
});
