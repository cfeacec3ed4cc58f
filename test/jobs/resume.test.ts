import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/settings/config.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { partsOfABatch } from '../../src/engine/training/draw.ts';
import type { ModelReport, Report } from '../../src/report/record/report.ts';
import { type ResumeEvent, run, type World } from '../../src/index.ts';
import { fixtures, readJson, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const models = ['a.h5', 'b.h5', 'c.h5', 'd.h5'];
const small = (name: string): string => path.join(fixtures, 'small', name);
const dataFiles = ['clean_valid.h5', 'poisoned_valid.h5', 'clean_test.h5'];

/** A folder of four models and their data. */
function prepared(): string {
  const folder = temporaryFolder();
  models.forEach((name, i) => copyFileSync(small(i % 2 === 0 ? 'badnet.h5' : 'resistant.h5'), path.join(folder, name)));
  for (const name of dataFiles) copyFileSync(small(name), path.join(folder, name));
  copyFileSync(path.join(root, 'examples/corner.png'), path.join(folder, 'corner.png'));
  return folder;
}

const plain: Partial<Config> = {
  workers: 1,
  models,
  clean: { validation: 'clean_valid.h5' },
  attacks: { patch: { validation: 'poisoned_valid.h5' } },
  scale: '1/255',
  accept: ['pruned', 'goodnet'],
  'min-accuracy': 85,
  'max-asr': 20,
};
const settingsOf = (changes: Partial<Config> = {}) => resolveConfig({ ...plain, ...changes }, {}, null);

/** Runs with `resume`; tells which models were computed and what was taken or kept. Stops, as by Ctrl-C, when the model `stopAt` begins. */
async function resumed(
  cwd: string,
  { stopAt, changes, world }: { stopAt?: string; changes?: Partial<Config>; world?: Partial<World> } = {},
) {
  const interrupt = new AbortController();
  const computed = new Set<string>();
  const events: ResumeEvent[] = [];
  const progress: World['progress'] = ({ model }) => {
    if (model === stopAt) interrupt.abort();
    computed.add(model);
  };
  const report = await run(settingsOf(changes), {
    ...testWorld(cwd),
    progress,
    signal: interrupt.signal,
    resume: true,
    resumed: (event) => events.push(event),
    ...world,
  }).catch((error: unknown) => {
    if (interrupt.signal.aborted) return null;
    throw error;
  });
  return { report, computed: [...computed], events };
}

const out = (cwd: string): string => path.join(cwd, 'goodnet-out');
const stagingOf = (cwd: string): string[] => readdirSync(out(cwd)).filter((name) => name.endsWith('.tmp'));
const journal = (cwd: string, model: string): string =>
  path.join(out(cwd), stagingOf(cwd)[0]!, 'kept', `${model}.json`);
/** What a run wrote, byte for byte: of its report without when it started, how long it took, and its hashes, which follow from these. */
const filesOf = (cwd: string, { files, run: { startedAt, seconds } }: Report): [string, string][] =>
  [...files, 'report.json', 'manifest.json'].map((file) => {
    const content = readFileSync(path.join(out(cwd), file));
    if (!/^(report|manifest)\./.test(file)) return [file, content.toString('hex')];
    const time = [startedAt, `"seconds": ${seconds}`, `>${seconds.toFixed(1)}<`, `, ${seconds.toFixed(1)} s, started`];
    return [
      file,
      time
        .reduce((text, part) => text.replaceAll(part, ''), content.toString())
        .replaceAll(/("path": "report\.\w+",)\s*"bytes": \d+,\s*"sha256": "\w+"/g, '$1'),
    ];
  });
const withoutRun = (report: Report | null): object => ({
  ...(JSON.parse(JSON.stringify(report)) as object),
  run: null,
});

let whole: Report, wholeFiles: [string, string][];
let stoppedOnce: string;
beforeAll(async () => {
  stoppedOnce = prepared();
  const cwd = prepared();
  whole = await run(settingsOf(), testWorld(cwd));
  wholeFiles = filesOf(cwd, whole);
  const { report, events } = await resumed(stoppedOnce, { stopAt: 'c.h5' });
  expect([report, events]).toEqual([null, [{ kind: 'kept', models: 2, of: 4 }]]);
  expect(readdirSync(out(stoppedOnce))).toEqual(stagingOf(stoppedOnce));
});

/** A folder in which a run was stopped when the third of four models began. */
function stopped(): string {
  const cwd = temporaryFolder();
  cpSync(stoppedOnce, cwd, { recursive: true });
  return cwd;
}

describe('a run that was stopped', () => {
  test.each(models.map((name, i) => [name, i] as const))(
    'when %s began goes on with what is missing, and comes to the same',
    async (stopAt, finished) => {
      const cwd = prepared();
      await resumed(cwd, { stopAt });
      const { report, computed, events } = await resumed(cwd);
      expect(computed).toEqual(models.slice(finished));
      expect(events).toEqual([{ kind: 'taken', models: finished, of: 4 }]);
      expect(withoutRun(report)).toEqual(withoutRun(whole));
      expect(withoutRun(readJson(path.join(out(cwd), 'report.json')))).toEqual(withoutRun(whole));
      expect(filesOf(cwd, report!)).toEqual(wholeFiles);
      expect(readdirSync(out(cwd)).sort()).toEqual([
        '.goodnet-files.json',
        ...models,
        'manifest.json',
        'report.html',
        'report.json',
        'report.md',
      ]);
    },
  );

  test('twice goes on twice', async () => {
    const cwd = stopped();
    expect((await resumed(cwd, { stopAt: 'd.h5' })).events).toEqual([{ kind: 'kept', models: 3, of: 4 }]);
    const { report, computed } = await resumed(cwd);
    expect([computed, withoutRun(report)]).toEqual([['d.h5'], withoutRun(whole)]);
  });

  test('without resume leaves nothing, and one that starts without it keeps nothing', async () => {
    const cwd = prepared();
    await resumed(cwd, { stopAt: 'c.h5', world: { resume: false } });
    expect(existsSync(out(cwd))).toBe(false);
    const other = stopped();
    expect((await resumed(other, { stopAt: 'a.h5', world: { resume: false } })).computed).toEqual(['a.h5']);
    expect(readdirSync(out(other))).toEqual([]);
  });

  test('by a kill in the middle of a model keeps those that were finished, though it was started without resume', async () => {
    const cwd = stopped();
    mkdirSync(path.join(out(cwd), stagingOf(cwd)[0]!, 'files/c.h5'));
    writeFileSync(path.join(out(cwd), stagingOf(cwd)[0]!, 'files/c.h5/model_X=2.h5'), 'half a fi');
    renameSync(
      path.join(out(cwd), stagingOf(cwd)[0]!),
      path.join(out(cwd), stagingOf(cwd)[0]!.replace(`-${process.pid}-`, '-4194303-')),
    );
    const { report, computed } = await resumed(cwd);
    expect([computed, withoutRun(report)]).toEqual([['c.h5', 'd.h5'], withoutRun(whole)]);
    expect(filesOf(cwd, report!)).toEqual(wholeFiles);
  });
});

describe('what a stopped run kept is computed again', () => {
  const trigger: Partial<Config> = { attacks: { patch: { target: 0, trigger: { image: 'corner.png', at: [6, 6] } } } };

  test.each<[string, string[], (cwd: string) => { changes?: Partial<Config>; world?: Partial<World> } | void]>([
    ['where nothing changed, nothing', [], () => undefined],
    [
      'where a model is added, nothing',
      [],
      (cwd) => {
        copyFileSync(small('badnet.h5'), path.join(cwd, 'e.h5'));
        return { changes: { models: [...models, 'e.h5'] } };
      },
    ],
    ['where the file of a model changed', ['b.h5'], (cwd) => copyFileSync(small('badnet.h5'), path.join(cwd, 'b.h5'))],
    [
      'where the data changed',
      ['a.h5', 'b.h5'],
      (cwd) => copyFileSync(small('clean_test.h5'), path.join(cwd, 'clean_valid.h5')),
    ],
    ['where a limit changed', ['a.h5', 'b.h5'], () => ({ changes: { 'max-asr': 21 } })],
    ['where checkpoints changed', ['a.h5', 'b.h5'], () => ({ changes: { checkpoints: [2, 4] } })],
    ['where another version runs', ['a.h5', 'b.h5'], () => ({ world: { version: '0.0.1' } })],
    ['where attacks changed', ['a.h5', 'b.h5'], () => ({ changes: trigger })],
    [
      'where a baseline is new',
      ['a.h5', 'b.h5'],
      () => ({ changes: { baseline: 'x' }, world: { baseline: { config: {}, inputs: [], models: [], file: null } } }),
    ],
  ])('%s', async (_, again, change) => {
    const cwd = stopped();
    const given = change(cwd) ?? {};
    const { computed, report, events } = await resumed(cwd, given);
    expect(computed.filter((name) => ['a.h5', 'b.h5'].includes(name))).toEqual(again);
    expect(events).toEqual([{ kind: 'taken', models: 2 - again.length, of: report!.models.length }]);
    const fresh = await run(settingsOf(given.changes), { ...testWorld(cwd), ...given.world });
    expect(withoutRun(report)).toEqual(withoutRun(fresh));
  });

  test('where a trigger changed', async () => {
    const cwd = prepared();
    await resumed(cwd, { stopAt: 'c.h5', changes: trigger });
    copyFileSync(path.join(root, 'docs/stamped.png'), path.join(cwd, 'corner.png'));
    await expect(resumed(cwd, { changes: trigger })).resolves.toMatchObject({ events: [{ kind: 'taken', models: 0 }] });
  });

  test('where the baseline changed under its name', async () => {
    const cwd = prepared();
    const changes = { baseline: 'before.json' };
    writeFileSync(path.join(cwd, 'before.json'), JSON.stringify(whole));
    await resumed(cwd, { stopAt: 'c.h5', changes });
    writeFileSync(path.join(cwd, 'before.json'), JSON.stringify({ ...whole, models: whole.models.slice(2) }));
    const { report, events } = await resumed(cwd, { changes });
    expect(events).toEqual([{ kind: 'taken', models: 0, of: 4 }]);
    expect(report!.models[0]!.candidates[0]!.change!.validation).toEqual({ accuracy: null, asr: null });
  });

  type Journal = { circumstances: string; model: ModelReport; inputs: Report['inputs'] };
  test.each<[string, (kept: Journal, cwd: string) => unknown]>([
    ['a verdict', ({ model }) => (model.gate.verdict = 'failed')],
    ['a count', ({ model }) => model.candidates[1]!.validation.correct++],
    [
      'a count and its step',
      ({ model }) => {
        model.candidates[1]!.validation.correct++;
        model.sweep.steps[model.candidates[1]!.channelsPruned]!.correct++;
      },
    ],
    ['a percentage', ({ model }) => (model.candidates[0]!.validation.accuracy = 99)],
    ['a percentage of a step', ({ model }) => (model.sweep.steps[3]!.accuracy = 99)],
    ['a count that cannot be', ({ model }) => model.sweep.steps.forEach((step) => (step.hits['patch'] = 1e6))],
    ["an order that is not the ranking's", ({ model }) => model.ranking.order.reverse()],
    ['a limit', ({ model }) => model.gate.rules.forEach((rule) => (rule.limit = 100))],
    ['a candidate', ({ model }) => model.candidates.pop()],
    ['a step', ({ model }) => model.sweep.steps.pop()],
    ["another model's result", (kept, cwd) => Object.assign(kept, readJson<Journal>(journal(cwd, 'b.h5')))],
    ['the hash of a file', ({ model }) => (model.candidates[1]!.sha256 = '0'.repeat(64))],
    ['the place of a file', ({ model }) => (model.candidates[1]!.file = 'b.h5/model_X=2.h5')],
    ['an input that is left out', ({ inputs }) => inputs.pop()],
    [
      'the content of a file',
      (_, cwd) => writeFileSync(path.join(out(cwd), stagingOf(cwd)[0]!, 'files/a.h5/goodnet_X=2.h5'), 'x'),
    ],
    ['nothing that JSON knows', (_, cwd) => writeFileSync(journal(cwd, 'a.h5'), '{"model":')],
  ])('where a journal was tampered with: %s', async (what, tamper) => {
    const cwd = stopped();
    const kept = readJson<Journal>(journal(cwd, 'a.h5'));
    tamper(kept, cwd);
    if (!what.startsWith('nothing')) writeFileSync(journal(cwd, 'a.h5'), JSON.stringify(kept));
    const { report, computed } = await resumed(cwd);
    expect(computed).toEqual(['a.h5', 'c.h5', 'd.h5']);
    expect(withoutRun(report)).toEqual(withoutRun(whole));
    expect(filesOf(cwd, report!)).toEqual(wholeFiles);
  });
});

describe('what was trained', () => {
  const training: Partial<Config> = { models: ['b.h5'], defenses: ['pruning', 'fine-pruning'], checkpoints: [2, 10] };
  const both = [2, 10].map((drop) => `training finepruned_X=${drop} at 0.003`);
  const weightsIn = (cwd: string): string[] =>
    readdirSync(out(cwd), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bin'));

  /** Runs with `resume`, and stops when the stage `stopAt` or the next model begins; tells what was trained. */
  async function trained(cwd: string, stopAt?: string, changes: Partial<Config> = {}) {
    const interrupt = new AbortController();
    const begun = new Set<string>();
    const progress: World['progress'] = ({ model, stage }) => {
      if (stage.startsWith('training')) begun.add(stage);
      if (stage === stopAt || model !== 'b.h5') interrupt.abort();
    };
    const world = { progress, signal: interrupt.signal };
    const report = await resumed(cwd, { changes: { ...training, ...changes }, world }).then(
      (found) => found.report,
      (error: unknown) => {
        if (!interrupt.signal.aborted) throw error;
        return null;
      },
    );
    return { report, begun: [...begun] };
  }

  const stoppedBetween = prepared();
  beforeAll(async () => {
    expect(await trained(stoppedBetween, both[1])).toEqual({ report: null, begun: both });
    expect(weightsIn(stoppedBetween).map((file) => path.basename(file))).toEqual([
      'b.h5.trained-finepruned_X=2-0.003.bin',
    ]);
  });
  const stopped = (): string => {
    const cwd = temporaryFolder();
    cpSync(stoppedBetween, cwd, { recursive: true });
    return cwd;
  };

  test('before a run was stopped is not trained again, and comes to the same', async () => {
    const [cwd, other] = [stopped(), prepared()];
    const { report, begun } = await trained(cwd);
    const whole = await trained(other);
    expect([begun, whole.begun]).toEqual([both.slice(1), both]);
    expect(withoutRun(report)).toEqual(withoutRun(whole.report));
    expect(filesOf(cwd, report!)).toEqual(filesOf(other, whole.report!));
    expect(stagingOf(cwd)).toEqual([]);
  });

  test('says how batches were parted, without which it comes to other weights', () => {
    const texts = readdirSync(out(stoppedBetween), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.trained-.*\.json$/.test(name))
      .map((name) => readJson<{ identity: string }>(path.join(out(stoppedBetween), name)));
    expect(texts.map(({ identity }) => JSON.parse(identity) as unknown[])).toEqual([
      [expect.any(String), expect.any(Array), { partsOfABatch }],
    ]);
  });

  test('is let go once its model is finished', async () => {
    const cwd = stopped();
    const { report, begun } = await trained(cwd, undefined, { models: ['b.h5', 'c.h5'] });
    expect([report, begun, weightsIn(cwd)]).toEqual([null, both.slice(1), []]);
    expect(existsSync(journal(cwd, 'b.h5'))).toBe(true);
  });

  test('with other settings is trained again', async () => {
    const cwd = stopped();
    expect((await trained(cwd, both[0], { 'max-asr': 21 })).begun).toEqual(both.slice(0, 1));
    expect((await trained(cwd, both[1])).begun).toEqual(both.slice(1));
  });
});

test('where all models are refused, the report of an earlier run goes, and nothing else', async () => {
  const cwd = prepared();
  await run(settingsOf({ models: ['a.h5'] }), testWorld(cwd));
  const before = readdirSync(path.join(out(cwd), 'a.h5'));
  writeFileSync(path.join(cwd, 'a.h5'), 'no model');
  const { verdict, errors } = await run(settingsOf({ models: ['a.h5'] }), testWorld(cwd));
  expect([verdict, errors.map(({ code }) => code)]).toEqual(['error', ['not-hdf5']]);
  expect(readdirSync(out(cwd)).sort()).toEqual(['.goodnet-files.json', 'a.h5']);
  expect(readdirSync(path.join(out(cwd), 'a.h5'))).toEqual(before);
});

test('a model whose answers are not finite is refused, and the others go on', async () => {
  const cwd = prepared();
  const {
    errors,
    models: [model],
  } = await run(settingsOf({ models: ['a.h5', 'b.h5'], scale: 1e36 }), testWorld(cwd)).catch(() => ({
    errors: [{ code: 'the run ended' }],
    models: [],
  }));
  expect([errors.map(({ code }) => code), model]).toEqual([['output-not-finite', 'output-not-finite'], undefined]);
});
