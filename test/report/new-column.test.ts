import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { candidateTable, evaluationTable, leaderboardTable } from '../../src/cli/tables.ts';
import type { Column } from '../../src/report/columns.ts';
import type * as figureModule from '../../src/report/figure-columns.ts';
import type * as candidateModule from '../../src/report/candidate-columns.ts';
import type * as sweepModule from '../../src/report/sweep-columns.ts';
import type * as modelModule from '../../src/report/model-columns.ts';
import type * as leaderboardModule from '../../src/report/leaderboard-columns.ts';
import { sweepCsv } from '../../src/report/csv.ts';
import { reportPage } from '../../src/report/html/write-page.ts';
import { leaderboardCsv, leaderboardLatex, leaderboardMarkdown } from '../../src/report/leaderboard-table.ts';
import { markdown } from '../../src/report/markdown.ts';
import { leaderboard } from '../../src/report/record/leaderboard.ts';
import { runSummary } from '../../src/report/run-summary.ts';
import { assets } from '../support.ts';
import { wideReport } from '../wide-report.ts';

/** The same list of columns with one more at its end. */
const { longer } = vi.hoisted(() => ({
  longer: (name: string) => {
    const column: Column<unknown> = { head: `new of ${name}`, cell: () => `cell of ${name}`, csv: { [name]: () => 7 } };
    return <A extends unknown[]>(columns: (...given: A) => Column<never>[]) =>
      (...given: A) => [...columns(...given), column];
  },
}));

vi.mock('../../src/report/figure-columns.ts', async (original) => {
  const module = await original<typeof figureModule>();
  return { ...module, figureColumns: longer('figures')(module.figureColumns) };
});
vi.mock('../../src/report/candidate-columns.ts', async (original) => {
  const module = await original<typeof candidateModule>();
  return { ...module, candidateColumns: longer('candidates')(module.candidateColumns) };
});
vi.mock('../../src/report/sweep-columns.ts', async (original) => {
  const module = await original<typeof sweepModule>();
  return { ...module, sweepColumns: longer('sweep')(module.sweepColumns) };
});
vi.mock('../../src/report/model-columns.ts', async (original) => {
  const module = await original<typeof modelModule>();
  return { ...module, modelColumns: longer('models')(module.modelColumns) };
});
vi.mock('../../src/report/leaderboard-columns.ts', async (original) => {
  const module = await original<typeof leaderboardModule>();
  return { ...module, leaderboardColumns: longer('leaderboard')(module.leaderboardColumns) };
});

const report = wideReport({ models: 2, channels: 8, attacks: 1, name: 'a' });
const model = { ...report.models[0]!, findings: [] };
const board = leaderboard([{ name: 'r', report: { ...report, models: [model, { ...model, path: 'b.h5' }] } }]);
const evaluated = {
  path: 'a.h5',
  sha256: '',
  outputs: 10,
  validation: model.candidates[0]!.validation,
  test: null,
  foldersByNumber: false,
};

describe('a column in the list of a subject reaches', () => {
  const [terminal, written, summary, page] = [
    candidateTable(model),
    markdown(report),
    runSummary(report, { detail: 'sweep', notes: [] }),
    reportPage(report, [], assets),
  ];
  test.each([
    ['figures', { terminal, evaluate: evaluationTable([evaluated]), written, summary, page }],
    ['candidates', { terminal, written, summary, page }],
    ['sweep', { written, summary, page }],
    ['models', { written, summary, page }],
    [
      'leaderboard',
      { terminal: leaderboardTable(board), markdown: leaderboardMarkdown(board), latex: leaderboardLatex(board) },
    ],
  ])('every table of the %s for readers', (name, texts) => {
    for (const [format, text] of Object.entries(texts)) {
      const plain = stripVTControlCharacters(text);
      expect([format, plain.includes(`cell of ${name}`)]).toEqual([format, true]);
      expect([format, /new of/.test(plain)]).toEqual([format, true]);
    }
  });
  test.each([
    ['sweep', sweepCsv(model)],
    ['leaderboard', leaderboardCsv(board)],
  ])('the CSV file of the %s', (name, text) => {
    const [head, first] = text.split('\r\n');
    expect([head!.split(',').at(-1), first!.split(',').at(-1)]).toEqual([name, '7']);
  });
});
