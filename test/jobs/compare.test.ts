import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvCell, latex, middle, plainText } from '../../src/report/escape.ts';
import { leaderboard } from '../../src/report/record/leaderboard.ts';
import { leaderboardSvg } from '../../src/report/charts/leaderboard-chart.ts';
import { leaderboardCsv, leaderboardLatex, leaderboardMarkdown } from '../../src/report/leaderboard-table.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { Report } from '../../src/report/record/report.ts';
import { command } from '../command.ts';
import { readJson, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = temporaryFolder();
const compare = async (...argv: string[]) => {
  const { code, stdout, stderr } = await command(home, 'compare', ...argv);
  return { code, text: stripVTControlCharacters(stdout), stderr };
};
const report = (folder: string): Report => readJson(path.join(home, folder, 'report.json'));
const write = (folder: string, change: (report: Report) => void, from = 'both'): void => {
  const changed = structuredClone(report(from));
  change(changed);
  mkdirSync(path.join(home, folder), { recursive: true });
  writeFileSync(path.join(home, folder, 'report.json'), JSON.stringify(changed));
};

beforeAll(async () => {
  cpSync(path.join(root, 'examples'), path.join(home, 'examples'), { recursive: true });
  await command(home, 'defend', '--config', 'examples/goodnet.yml', '--out', 'both');
  await command(
    home,
    'defend',
    'examples/resistant.h5',
    '--config',
    'examples/goodnet.yml',
    '--layer',
    'conv_2',
    '--out',
    'other-layer',
  );
  await command(
    home,
    'defend',
    'examples/badnet.h5',
    '--config',
    'examples/goodnet.yml',
    '--clean',
    'examples/clean_test.h5',
    '--poisoned',
    'corner-patch=examples/poisoned_test.h5',
    '--out',
    'other-data',
  );
}, 60_000);

test('the table in the terminal', async () => {
  const { code, text } = await compare('both', 'other-layer', 'other-data');
  expect(code).toBe(0);
  await expect(text).toMatchFileSnapshot('../snapshots/compare.txt');
});

test('the table in Markdown and LaTeX', async () => {
  await expect((await compare('both', 'other-data', '--format', 'markdown')).text).toMatchFileSnapshot(
    '../snapshots/compare.md',
  );
  await expect((await compare('both', 'other-data', '--format', 'latex')).text).toMatchFileSnapshot(
    '../snapshots/compare.tex',
  );
});

test('best first: verdict, accuracy, ASR, channels pruned', () => {
  const model = (name: string, change: (model: Report['models'][number]) => void) => {
    const copy = structuredClone(report('both').models[0]!);
    change(copy);
    return { ...copy, path: name };
  };
  const correct = (steps: number) => (copy: Report['models'][number]) => {
    for (const each of copy.candidates) each.test!.correct -= steps;
  };
  const better = (copy: Report['models'][number]) => {
    for (const each of copy.candidates.slice(1)) each.test!.hits['corner-patch'] = 0;
  };
  const made = {
    ...report('both'),
    models: [
      report('both').models[1]!,
      model('worse', correct(5)),
      model('best', better),
      model('good', () => undefined),
    ],
    errors: [{ path: 'refused.h5', code: 'x', message: 'x' }],
  };
  const { standings } = leaderboard([{ name: 'made', report: made }]);
  expect(standings.map((each) => each.model)).toEqual(['best', 'good', 'worse', 'examples/resistant.h5', 'refused.h5']);
});

test('differences are to the model of the same path in the first report, on the same data only', () => {
  const named = ['both', 'other-layer', 'other-data'].map((name) => ({ name, report: report(name) }));
  const { standings } = leaderboard(named);
  const of = (name: string, model: string) => standings.find((each) => each.report === name && each.model === model)!;
  expect(of('both', 'examples/badnet.h5')).toMatchObject({ against: null, accuracyChange: null });
  expect(of('both', 'examples/resistant.h5')).toMatchObject({
    against: { model: 'examples/badnet.h5' },
    notComparable: null,
  });
  expect(of('other-layer', 'examples/resistant.h5')).toMatchObject({
    against: { report: 'both', model: 'examples/resistant.h5' },
    accuracyChange: 0,
    asrChange: 0,
  });
  expect(of('other-data', 'examples/badnet.h5')).toMatchObject({
    accuracyChange: null,
    asrChange: null,
    notComparable: expect.stringMatching(/other attacks, other clean images/) as string,
  });
  const [passed, failed] = report('both').models;
  const change = of('both', 'examples/resistant.h5').accuracyChange!;
  expect(change).toBeCloseTo(
    (100 * (failed!.candidates[0]!.test!.correct - passed!.candidates[passed!.gate.recommended!]!.test!.correct)) / 450,
    10,
  );
});

test('figures and verdicts come from the counts, whatever the report says of them', async () => {
  write('forged', (forged) => {
    Object.assign(forged, { verdict: 'passed', passed: true });
    Object.assign(forged.models[1]!.gate, { verdict: 'passed', recommended: 1 });
    forged.models[1]!.candidates[1]!.test!.asr['corner-patch'] = 0;
    forged.models[1]!.candidates[1]!.test!.maxAsr = 0;
  });
  const { text } = await compare('forged', '--format', 'csv');
  expect(text.split('\r\n')[2]).toMatch(
    /^2,forged,examples\/resistant\.h5,failed,original,,test,0,450,441,98,[\d.,]+,100,corner-patch/,
  );
  expect((await compare('forged')).text).toContain('forged says passed; by its own counts and settings it is failed.');
});

test.each<[string, (report: Report) => void, RegExp]>([
  ['another version', (it) => Object.assign(it, { schemaVersion: 2 }), /has schema version 2, this goodnet reads 1/],
  [
    'impossible counts',
    (it) => {
      it.models[0]!.candidates[0]!.test!.correct = 451;
    },
    /examples\/badnet\.h5: has impossible counts of original on test/,
  ],
  [
    'no models',
    (it) => {
      it.models = [];
    },
    /has no models/,
  ],
  [
    'steps missing',
    (it) => {
      it.models[0]!.sweep.steps.pop();
    },
    /has 48 steps for 48 channels/,
  ],
  [
    'no candidate',
    (it) => {
      it.models[0]!.candidates = [];
    },
    /does not fit its schema/,
  ],
])('refused: %s', async (name, change, says) => {
  write(`refused-${name}`.replaceAll(' ', '-'), change);
  const { code, text, stderr } = await compare(`refused-${name}`.replaceAll(' ', '-'));
  expect([code, text, stderr]).toEqual([2, '', expect.stringMatching(says)]);
});
test.each([
  [['nowhere'], /nowhere: does not exist/],
  [['examples'], /examples\/report\.json: does not exist/],
  [['both', 'both'], /both: is named twice/],
  [['examples/goodnet.yml'], /is no JSON/],
  [['both', '--format', 'html'], /Allowed choices are text, markdown, latex, csv/],
])('refused: %j', async (argv, says) => {
  expect(await compare(...argv)).toMatchObject({ code: 2, text: '', stderr: expect.stringMatching(says) as string });
});

test.each(['constructor', '__proto__', 'toString'])(
  'a report with an attack named %s, as a part of every object is, is refused',
  async (name) => {
    mkdirSync(path.join(home, 'named'), { recursive: true });
    writeFileSync(
      path.join(home, 'named/report.json'),
      JSON.stringify(report('both')).replaceAll('corner-patch', name),
    );
    const { code, text, stderr } = await compare('named', 'both');
    expect([code, text, stderr]).toEqual([2, '', expect.stringContaining(`has an entry named "${name}"`)]);
  },
);

test('the chart is an SVG file of its own, and never written over another', async () => {
  expect((await compare('both', '--chart', 'chart.svg')).text).toMatch(/Chart: chart\.svg\n$/);
  expect(readFileSync(path.join(home, 'chart.svg'), 'utf8')).toMatch(
    /^<svg [\s\S]*examples\/resistant\.h5[\s\S]*<\/svg>\n$/,
  );
  expect(await compare('both', '--chart', 'chart.svg')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/chart\.svg: exists already/) as string,
  });
});

describe('whatever a report holds', () => {
  const names = [
    '=cmd|"/c calc"!A1',
    '\u202e<script>alert(1)</script>',
    '模型/'.repeat(60),
    'a&b%c_d#e{f}~^\\input{x}|`@team`',
    'ein Modell\r\n\t::error::x',
    '👩‍👩‍👧'.repeat(80),
  ];
  const hostile = () => {
    const [model] = report('both').models;
    return leaderboard([
      {
        name: '-1+1|x',
        report: { ...report('both'), models: names.map((name) => ({ ...structuredClone(model!), path: name })) },
      },
    ]);
  };
  test('CSV: no formula, one line a model, all fields back', () => {
    const text = leaderboardCsv(hostile());
    const rows = parseCsv(text);
    expect(rows).toHaveLength(names.length + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(
      rows
        .slice(1)
        .map((row) => row[2]!.replace(/^'/, ''))
        .sort(),
    ).toEqual(names.map(plainText).sort());
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@]|^-\D/);
  });
  test('LaTeX: nothing that TeX obeys but the table itself', () => {
    const body = leaderboardLatex(hostile())
      .split('\n')
      .filter((line) => /^ {2}\d/.test(line));
    expect(body).toHaveLength(names.length);
    for (const line of body) {
      const plain = line.replaceAll(
        /\\(texttt|textbackslash|textasciitilde|textasciicircum|ldots)\b|\\[&%$#_{}]|\$-\$|\\\\$/g,
        '',
      );
      expect(plain).not.toMatch(/[\\%#_~^$]/);
      expect(line.replaceAll(/\\[&]/g, '').split(' & ')).toHaveLength(10);
    }
  });
  test('Markdown: a row stays a row, no markup, no mention', () => {
    const rows = leaderboardMarkdown(hostile())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(names.length + 2);
    for (const row of rows) {
      expect(row.split('|')).toHaveLength(12);
      expect(row).not.toMatch(/<script|@team|\u202e|`/);
    }
  });
  test('SVG: text only, and still from the start', () =>
    expect(leaderboardSvg(hostile())).not.toMatch(/<script|\u202e|NaN|undefined|animat|keyframes/));

  test('10,000 channels, 1,283 classes', () => {
    const base = report('both');
    const [model] = base.models;
    const steps = Array.from({ length: 10_001 }, (_, step) => ({ ...model!.sweep.steps[Math.min(step, 48)]!, step }));
    const large = {
      ...model!,
      classes: 1283,
      ranking: { meanActivation: Array.from({ length: 10_000 }, (_, c) => c), order: [] },
      sweep: { ...model!.sweep, steps },
    };
    const { standings } = leaderboard([{ name: 'large', report: { ...base, models: [large] } }]);
    expect(standings[0]).toMatchObject({ verdict: 'passed', candidate: { kind: 'pruned', channelsPruned: 23 } });
    expect(recomputed({ ...base, models: [large] }, null).models[0]!.ranking.order).toHaveLength(10_000);
  });

  test('50 attacks: the table shows the worst, CSV all', () => {
    const attacks = Array.from({ length: 50 }, (_, i) => `attack-${i}`);
    const spread = <T>(value: T, worst: T) =>
      Object.fromEntries(attacks.map((attack, i) => [attack, i === 33 ? worst : value]));
    const base = structuredClone(report('both'));
    base.config['attacks']!.value = spread({ validation: 'v.h5', test: 't.h5' }, { validation: 'v.h5', test: 't.h5' });
    base.models = [base.models[0]!];
    const [model] = base.models;
    for (const figures of model!.candidates.flatMap((each) => [each.validation, each.test!]))
      Object.assign(figures, {
        poisoned: spread(100, 100),
        hits: spread(1, 7),
        ...(figures.rejectedPoisoned ? { rejectedPoisoned: spread(0, 0) } : {}),
      });
    model!.sweep.poisoned = spread(100, 100);
    for (const step of model!.sweep.steps) {
      step.hits = spread(1, 7);
      Object.assign(step.goodnet, { hits: spread(1, 7), rejectedPoisoned: spread(0, 0) });
    }
    const board = leaderboard([{ name: 'many', report: base }]);
    expect(board.standings[0]).toMatchObject({ worstAttack: 'attack-33', candidate: { test: { maxAsr: 7 } } });
    const rows = leaderboardMarkdown(board)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows[0]).toContain('of attack');
    expect(rows[2]).toContain('<code>attack-33</code>');
    expect(parseCsv(leaderboardCsv(board))[0]!.filter((head) => head.startsWith('asr_attack-'))).toHaveLength(50);
  });
});

test.each([
  ['=1+1', "'=1+1"],
  [' @x', "' @x"],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['x\ny', '"x\ny"'],
  ['\t=x', "'\t=x"],
  ['net.h5', 'net.h5'],
  [-1.5, '-1.5'],
  [null, ''],
])('%j in CSV', (value, cell) => expect(csvCell(value)).toBe(cell));
test.each([
  ['a_b', 'a\\_b'],
  ['\\end{tabular}', '\\textbackslash{}end\\{tabular\\}'],
  ['50%', '50\\%'],
  ['x~^', 'x\\textasciitilde{}\\textasciicircum{}'],
])('%j in LaTeX', (name, text) => expect(latex(name)).toBe(text));
test('a long name loses its middle, and no character is cut apart', () => {
  expect(middle('abcdefghij', 5)).toBe('ab…ij');
  expect(middle('abcde', 5)).toBe('abcde');
  expect(middle('👩‍👩‍👧'.repeat(9), 3)).toBe('👩‍👩‍👧…👩‍👩‍👧');
  expect(middle('x'.repeat(1e6), 5)).toBe('xx…xx');
});

function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
