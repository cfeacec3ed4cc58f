import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { table } from '../../src/cli/table.ts';

const cells = {
  head: ['model', 'accuracy\n%', 'highest\nASR', 'verdict'],
  rows: [
    ['a.h5', '97.11', '0.25', 'passed'],
    ['b.h5', '88.20', '100.00', 'failed'],
    ['c.h5', '85.04', '3.10', 'repairable'],
  ],
  right: (column: number) => column === 1 || column === 2,
};
const lines = (columns?: number): string[] => stripVTControlCharacters(table(cells, columns)).split('\n');
const cellsOf = (line: string): string[] =>
  line
    .split('│')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('a table', () => {
  test('stands upright where it fits, and where nothing says how wide a terminal is', () => {
    const upright = lines();
    expect(upright.map(cellsOf)).toEqual([
      [],
      ['model', 'accuracy', 'highest', 'verdict'],
      ['', '%', 'ASR', ''],
      [],
      ...cells.rows,
      [],
    ]);
    expect(upright[4]).toBe('│ a.h5  │    97.11 │    0.25 │ passed     │');
    expect(lines(upright[0]!.length)).toEqual(upright);
  });

  test('lies on its side where it does not, with as many rows beside each other as fit', () => {
    const width = lines()[0]!.length;
    expect(
      lines(width - 1)
        .map(cellsOf)
        .filter((row) => row.length > 0),
    ).toEqual([
      ['model', 'a.h5', 'b.h5'],
      ['accuracy %', '97.11', '88.20'],
      ['highest ASR', '0.25', '100.00'],
      ['verdict', 'passed', 'failed'],
      ['model', 'c.h5'],
      ['accuracy %', '85.04'],
      ['highest ASR', '3.10'],
      ['verdict', 'repairable'],
    ]);
    for (const columns of [40, 30, 28])
      expect(Math.max(...lines(columns).map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('shows one row at a time where not even one fits', () => {
    expect(
      lines(5)
        .filter((line) => line.includes('model'))
        .map(cellsOf),
    ).toEqual(cells.rows.map(([model]) => ['model', model]));
  });
});
