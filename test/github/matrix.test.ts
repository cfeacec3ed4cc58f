import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/record/report.ts';
import { pullRequest, runAction, type Setting, smallWorkspace, uploadFile, workspace } from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { fixtures, readJson, root } from '../support.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const jobsOf = (matrix: string | undefined) =>
  (JSON.parse(matrix!) as { include: { model: string; index: number; plan: string; sha256: string }[] }).include;

/** Plans, runs a job for each entry of the matrix apart from `without`, and merges. */
async function fanOut(
  folder: string,
  models: string,
  { without = [], merge = {} }: { without?: string[]; merge?: Setting } = {},
) {
  const { matrix } = (await runAction(folder, server, { inputs: { mode: 'plan', models } })).outputs;
  for (const { model, index, plan } of jobsOf(matrix)) {
    if (!without.includes(model))
      await runAction(folder, server, {
        inputs: { models: model, plan, out: `out-${index}` },
        env: server.environment(`job-${index}`),
      });
  }
  return runAction(folder, server, {
    ...merge,
    inputs: { mode: 'merge', matrix: matrix!, out: 'merged', ...merge.inputs },
    env: server.environment('merge'),
  });
}

test('plan, a job for each model, merge: one verdict, summary, comment and report', async () => {
  const folder = smallWorkspace();
  const merged = await fanOut(folder, 'examples/badnet.h5\nexamples/resistant.h5', {
    merge: { inputs: { 'comment-summary-in-pr': 'always' }, event: pullRequest() },
  });
  expect([merged.code, merged.outputs['verdict'], merged.annotations]).toEqual([
    1,
    'failed',
    ['error: Gate not met: no candidate meets the limits.'],
  ]);
  expect(merged.summary).toContain('Gate not met: 1 of 2 models');
  expect(server.comments).toHaveLength(1);
  expect(new Set(server.artifacts.map(({ name }) => name)).size).toBe(5);
  const report = readJson<Report>(path.join(folder, 'merged/report.json'));
  const single = readJson<Report>(path.join(folder, 'out-0/report.json'));
  expect(report.models[0]!.candidates).toEqual(single.models[0]!.candidates);
  expect(report.models[0]!.gate.recommended).toBe(single.models[0]!.gate.recommended);
});

test('the verdict comes from the counts, whatever a report says', async () => {
  const folder = smallWorkspace();
  const run = await fanOut(folder, 'examples/badnet.h5', { merge: { inputs: { 'max-asr': '0.1' } } });
  expect([run.code, run.outputs['verdict']]).toEqual([1, 'failed']);
});

test('a planned model without a report is refused: the run does not pass', async () => {
  const run = await fanOut(smallWorkspace(), 'examples/badnet.h5\nexamples/resistant.h5', {
    without: ['examples/resistant.h5'],
    merge: { inputs: { 'warn-only': 'true' } },
  });
  expect([run.code, run.outputs['verdict'], run.annotations]).toEqual([
    2,
    'error',
    [expect.stringMatching(/examples\/resistant.h5: was planned, but no report of it is there/)],
  ]);
});

test('a report of no plan does not count', async () => {
  const folder = smallWorkspace();
  await runAction(folder, server, { inputs: { models: 'examples/badnet.h5', accept: 'original' } });
  expect((await fanOut(folder, 'examples/badnet.h5')).code).toBe(0);
});

test('another fan-out over the same models, and an earlier attempt, do not satisfy a merge', async () => {
  const folder = smallWorkspace();
  const plan = async (attempt: string, job: string) =>
    (
      await runAction(folder, server, {
        inputs: { mode: 'plan', models: 'examples/badnet.h5' },
        env: { ...server.environment(job), GITHUB_RUN_ATTEMPT: attempt },
      })
    ).outputs['matrix']!;
  const [strict, lax, again] = [await plan('1', 'plan-a'), await plan('1', 'plan-b'), await plan('2', 'plan-a')];
  await runAction(folder, server, { inputs: { models: 'examples/badnet.h5', plan: jobsOf(lax)[0]!.plan } });
  const merge = async (matrix: string) =>
    (await runAction(folder, server, { inputs: { mode: 'merge', matrix, out: 'm', upload: 'none' } })).outputs[
      'verdict'
    ];
  expect([await merge(lax), await merge(strict), await merge(again)]).toEqual(['passed', 'error', 'error']);
});

test('a job that ran again may find the same; another file or other figures are refused', async () => {
  const folder = smallWorkspace();
  const matrix = (await runAction(folder, server, { inputs: { mode: 'plan', models: 'examples/resistant.h5' } }))
    .outputs['matrix']!;
  const job = (data: Record<string, string> = {}) =>
    runAction(folder, server, {
      inputs: { models: 'examples/resistant.h5', plan: jobsOf(matrix)[0]!.plan, ...data },
      env: server.environment(String(Math.random())),
    });
  const merge = async (planned = matrix) =>
    (await runAction(folder, server, { inputs: { mode: 'merge', matrix: planned, out: 'm', upload: 'none' } }))
      .annotations[0];
  const original = readFileSync(path.join(folder, 'examples/resistant.h5'));
  copyFileSync(path.join(folder, 'examples/badnet.h5'), path.join(folder, 'examples/resistant.h5'));
  await job();
  expect(await merge()).toMatch(/has a report of another file than the plan saw/);
  writeFileSync(path.join(folder, 'examples/resistant.h5'), original);
  await job();
  await job();
  expect(await merge()).toMatch(/no candidate meets the limits/);
  expect(await merge('{"include":[{"model":"examples/resistant.h5"}]}')).toMatch(/has several reports that differ/);
  await job({ 'test-clean': '', clean: 'examples/clean_valid.h5', poisoned: 'p=examples/clean_valid.h5' });
  expect(await merge()).toMatch(/has several reports that differ/);
});

test('an LFS pointer stands for its file in a plan; what is not there has no hash', async () => {
  const folder = smallWorkspace();
  writeFileSync(
    path.join(folder, 'net.h5'),
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`,
  );
  const { matrix } = (await runAction(folder, server, { inputs: { mode: 'plan', models: 'net.h5\nno.h5' } })).outputs;
  expect(jobsOf(matrix).map(({ sha256 }) => sha256)).toEqual(['a'.repeat(64), undefined]);
});

test('artifacts of other tools are left aside, and so is an earlier merge', async () => {
  const folder = smallWorkspace();
  await runAction(folder, server, { inputs: { models: 'examples/badnet.h5' } });
  for (const [name, file] of [
    ['coverage-report', 'index.html'],
    ['goodnet-x-report', 'index.html'],
    ['goodnet-y-report', 'report.json'],
  ] as const)
    await uploadFile(server, name, file, '<html>');
  const merge = () =>
    runAction(folder, server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
  const run = await merge();
  expect([run.code, run.summary.match(/holds no report of goodnet/g)]).toEqual([
    0,
    ['holds no report of goodnet', 'holds no report of goodnet'],
  ]);
  expect(run.summary).not.toContain('coverage');
  expect((await merge()).code).toBe(0);
});

test('a merge recommends no file that is not there', async () => {
  const folder = smallWorkspace();
  await runAction(folder, server, { inputs: { models: 'examples/badnet.h5' } });
  const merge = (out: string) =>
    runAction(folder, server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out },
    });
  expect((await merge('elsewhere')).outputs).toMatchObject({ verdict: 'passed', 'recommended-model': '' });
});

test('a refused model in a job is refused in the merge, with the SHA-256 of its file', async () => {
  const folder = smallWorkspace();
  copyFileSync(path.join(fixtures, 'refused/lambda.keras3.h5'), path.join(folder, 'bad.h5'));
  const run = await fanOut(folder, 'bad.h5\nexamples/badnet.h5');
  expect([run.code, run.outputs['verdict']]).toEqual([2, 'error']);
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(folder, 'bad.h5')))
    .digest('hex');
  expect(JSON.parse(run.outputs['results']!)).toContainEqual(
    expect.objectContaining({ path: 'bad.h5', sha256, code: 'layer-unsupported' }),
  );
});

describe('refused', () => {
  test('a plan of more than 256 jobs', async () => {
    const folder = smallWorkspace();
    mkdirSync(path.join(folder, 'nets'));
    for (let i = 0; i < 257; i++) writeFileSync(path.join(folder, `nets/${i}.h5`), '');
    const run = await runAction(folder, server, { inputs: { mode: 'plan', models: 'nets/*.h5' } });
    expect([run.code, run.annotations]).toEqual([
      2,
      [expect.stringMatching(/match 257 files, a matrix has 256 jobs at most/)],
    ]);
    expect(run.summary).toContain('nothing was evaluated');
  });

  test('a file whose name is a pattern is planned as the file it is', async () => {
    const folder = smallWorkspace();
    mkdirSync(path.join(folder, 'nets'));
    copyFileSync(path.join(folder, 'examples/badnet.h5'), path.join(folder, 'nets/a[1].h5'));
    expect((await fanOut(folder, 'nets/*.h5')).code).toBe(0);
  });

  test.each<[string, (report: Report) => unknown, RegExp]>([
    [
      'another schema version',
      (report) => ({ ...report, schemaVersion: 2 }),
      /has schema version 2, this goodnet reads 1/,
    ],
    [
      'a file with a hostile name',
      (report) => {
        report.models[0]!.candidates[1]!.file = 'x/<img src=x>@team `';
        return report;
      },
      /does not fit its schema: `models.0.candidates.1.file`/,
    ],
    ['another form', ({ models: _, ...report }) => report, /does not fit its schema/],
  ])('a report of %s', async (_, change, words) => {
    await uploadReport(change);
    const run = await runAction(workspace(), server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}' },
    });
    expect([run.code, run.annotations, run.summary.includes('nothing was evaluated')]).toEqual([
      2,
      [expect.stringMatching(words)],
      true,
    ]);
  });

  test('a folder in the place of a report', async () => {
    await uploadFile(server, 'goodnet-x-report', 'report.json/x', '{}');
    const run = await runAction(smallWorkspace(), server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}' },
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/goodnet-x-report: is no plain file/)]]);
  });

  test('a report of depths without end', async () => {
    await uploadFile(
      server,
      'goodnet-x-report',
      'report.json',
      `{"schemaVersion":1,"run":{"tool":"goodnet"},"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    );
    const run = await runAction(smallWorkspace(), server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}' },
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/is nested deeper than any report/)]]);
  });

  test('findings of a report are text, whatever they hold', async () => {
    const hostile: { code: string }[] = [
      { code: 'computed-in-float32', declared: '<script>@all ![](http://x)' } as { code: string },
    ];
    await uploadReport((report) => {
      report.models[0]!.findings.splice(1, 0, ...hostile);
      return report;
    });
    const run = await runAction(workspace(), server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
    expect([run.code, run.summary.includes('script')]).toEqual([2, true]); // a number format is called otherwise
    expect(run.summary.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/script|@all/);
  });

  test.each<[string, (model: Report['models'][number]) => void, RegExp]>([
    [
      'a finding of another type',
      ({ findings }) => {
        findings.push({ code: 'attack-fails', attack: 'a', split: 'test', original: '9' } as { code: string });
      },
      /has a finding that is none \(`original` must be number\)/,
    ],
    [
      'a finding with markup for an attack',
      ({ findings }) => {
        findings.push({ code: 'attack-fails', attack: '<img>', split: 'test', original: 9 } as { code: string });
      },
      /has a finding that is none/,
    ],
    [
      'a finding of an unknown kind',
      ({ findings }) => {
        findings.push({ code: 'all-is-well' });
      },
      /has a finding that is none \(is of an unknown kind\)/,
    ],
    [
      'a finding on a candidate that is not there',
      ({ findings }) => {
        findings.push({
          code: 'interval-spans-limit',
          candidate: 99,
          split: 'test',
          metric: 'asr',
          limit: 1,
          low: 0,
          high: 2,
        } as { code: string });
      },
      /has 2 for findings\.length, and counts that make it 1/,
    ],
    [
      'counts that its sweep does not have',
      ({ candidates }) => {
        candidates[1]!.validation.hits['corner-patch'] = 0;
      },
      /has 0 for candidates\[1\]\.validation\.hits\.corner-patch, and counts that make it 1/,
    ],
    [
      'more right than there are',
      ({ candidates }) => {
        candidates[1]!.test!.correct = 451;
      },
      /has impossible counts of pruned X=2 on test/,
    ],
    [
      'a second original',
      ({ candidates }) => {
        candidates.push({ ...candidates[1]!, kind: 'original', checkpoint: 1 });
      },
      /has 10 for candidates\.length, and counts that make it 9/,
    ],
    [
      'a candidate twice',
      ({ candidates }) => {
        candidates.push(candidates[1]!);
      },
      /has 10 for candidates\.length, and counts that make it 9/,
    ],
    [
      'a step left out',
      ({ sweep }) => {
        sweep.steps.splice(3, 1);
      },
      /has 48 steps for 48 channels/,
    ],
    [
      'a checkpoint beyond the sweep',
      ({ checkpoints }) => {
        checkpoints[0]!.step = 999;
      },
      /has 999 for checkpoints\[0\]\.step, and counts that make it 31/,
    ],
    [
      'percentages of its own',
      ({ sweep }) => {
        for (const step of sweep.steps) Object.assign(step, { accuracy: 100, asr: { 'corner-patch': 0 } });
      },
      /has 100 for sweep\.steps\[0\]\.accuracy, and counts that make it 98\.2/,
    ],
    [
      "a percentage that is not its counts'",
      ({ candidates }) => {
        candidates[1]!.test!.accuracy = 99;
      },
      /has 99 for candidates\[1\]\.test\.accuracy, and counts that make it 96\.8/,
    ],
    [
      'more rejected than there are',
      ({ candidates }) => {
        candidates[5]!.test!.rejectedClean = 451;
      },
      /has impossible counts of goodnet X=2 on test/,
    ],
    [
      'an attack of its own on test',
      ({ candidates }) => {
        for (const { test: onTest } of candidates) for (const part of [onTest!.poisoned, onTest!.hits]) part['x'] = 5;
      },
      /has other attacks on test than on validation/,
    ],
    [
      'an attack as none is called',
      ({ sweep }) => {
        sweep.poisoned['a b'] = 5;
      },
      /`models\.0\.sweep\.poisoned` has an entry named "a b"/,
    ],
    [
      'no test images',
      ({ candidates }) => {
        for (const candidate of candidates) candidate.test = null;
      },
      /was not measured on all the data that its settings name/,
    ],
    [
      'an attack left out',
      ({ sweep, candidates }) => {
        const parts: object[] = [
          sweep.poisoned,
          ...sweep.steps.flatMap(({ hits, asr, goodnet }) => [
            hits,
            asr,
            goodnet.hits,
            goodnet.asr,
            goodnet.rejectedPoisoned,
          ]),
          ...candidates.flatMap(({ validation, test: onTest }) =>
            [validation, onTest!].flatMap(({ poisoned, hits, asr, rejectedPoisoned = {} }) => [
              poisoned,
              hits,
              asr,
              rejectedPoisoned,
            ]),
          ),
        ];
        for (const part of parts) delete (part as Record<string, unknown>)['corner-patch'];
      },
      /was not measured on all the data that its settings name/,
    ],
  ])('a report with %s: that model, and the run goes on', async (_, change, words) => {
    await uploadReport((report) => {
      change(report.models[0]!);
      return report;
    });
    const run = await runAction(workspace(), server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
    expect([run.code, run.outputs['verdict'], run.annotations]).toEqual([2, 'error', [expect.stringMatching(words)]]);
  });

  test('a report of other data than the merge is told', async () => {
    const folder = smallWorkspace();
    await runAction(folder, server, {
      inputs: {
        models: 'examples/badnet.h5',
        clean: 'examples/clean_valid.h5',
        poisoned: 'corner-patch=examples/clean_valid.h5',
      },
    });
    const run = await runAction(folder, server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
    expect([run.code, run.annotations]).toEqual([
      2,
      [
        expect.stringMatching(
          /was measured with another `clean` than the merge is told; give the jobs and the merge the same settings/,
        ),
      ],
    ]);
  });

  test('kinds that only a report accepts', async () => {
    const folder = smallWorkspace(
      readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8').replace(/^accept.*$/m, ''),
    );
    await runAction(folder, server, { inputs: { models: 'examples/badnet.h5', accept: 'pruned, goodnet' } });
    const run = await runAction(folder, server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
    expect([run.code, run.outputs['verdict'], run.summary.includes('Add `pruned` to `accept`')]).toEqual([
      1,
      'repairable',
      true,
    ]);
  });

  test('reports that differ in a repaired file alone', async () => {
    const folder = smallWorkspace();
    await runAction(folder, server, { inputs: { models: 'examples/badnet.h5' } });
    const report = readJson<Report>(path.join(folder, 'goodnet-out/report.json'));
    report.models[0]!.candidates[1]!.sha256 = '0'.repeat(64);
    await uploadFile(server, 'goodnet-z-report', 'report.json', JSON.stringify(report));
    const run = await runAction(folder, server, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}', out: 'm' },
    });
    expect(run.annotations).toEqual([expect.stringMatching(/has several reports that differ/)]);
  });

  test.each(['{"include":[]}', '{"include":[{"model":"examples/badnet.h5"}]}'])(
    'without a limit nothing is fetched, and %s passes not',
    async (matrix) => {
      const run = await runAction(smallWorkspace(), server, {
        inputs: { mode: 'merge', matrix, 'config-file': 'examples/none.yml' },
      });
      expect(run.annotations).toEqual([expect.stringMatching(/examples\/none.yml: does not exist/)]);
      const unlimited = readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8').replace(
        /^(min-accuracy|max-asr).*\n/gm,
        '',
      );
      const merged = await runAction(smallWorkspace(unlimited), server, { inputs: { mode: 'merge', matrix } });
      const planned = await runAction(smallWorkspace(unlimited), server, { inputs: { mode: 'plan' } });
      for (const { code, annotations } of [merged, planned])
        expect([code, annotations]).toEqual([2, [expect.stringMatching(/settings: set no limit/)]]);
      expect(server.calls).toEqual([]);
    },
  );

  test.each([
    ['', /is missing/],
    ['[]', /is no list of models/],
    ['{"include":[{"model":1}]}', /is no list of models/],
  ])('the matrix %j', async (matrix, words) => {
    const run = await runAction(smallWorkspace(), server, { inputs: { mode: 'merge', matrix } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test('a merge without an artifact service', async () => {
    const run = await runAction(smallWorkspace(), null, {
      inputs: { mode: 'merge', matrix: '{"include":[{"model":"a.h5"}]}' },
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/artifacts: cannot be fetched/)]]);
  });
});

let job: { artifact: string; report: string } | undefined;

/** Uploads what a job for badnet.h5 does, with its report changed. The job runs once for all tests. */
async function uploadReport(change: (report: Report) => unknown): Promise<void> {
  if (job === undefined) {
    const folder = workspace();
    await runAction(folder, server, { inputs: { models: 'examples/badnet.h5' } });
    const { name: artifact } = server.artifacts.find(({ name }) => name.endsWith('-report'))!;
    job = { artifact, report: readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8') };
    server.artifacts.forEach((each) => (each.name = 'replaced'));
  }
  await uploadFile(server, job.artifact, 'report.json', JSON.stringify(change(JSON.parse(job.report) as Report)));
}
