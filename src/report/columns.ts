import { csvCell } from './escape.ts';

/** A column of a table: what heads it and what it says of a row, to who reads it and, in fields of a CSV file, to programs. */
export interface Column<Row> {
  head: string;
  cell: (row: Row, place: number) => string;
  /** Whether the table that is drawn has it; where this is not set, every table has. */
  when?: boolean;
  /** Words stand to the left; numbers, which most cells hold, to the right. */
  words?: true;
  /** In full precision. */
  csv?: Fields<Row>;
}

type Fields<Row> = Record<string, (row: Row, place: number) => string | number | null | undefined>;

/** What only programs are told. */
export const csvOnly = <Row>(csv: Fields<Row>): Column<Row> => ({ head: '', cell: () => '', when: false, csv });

/** The texts of a table, and which of its columns stand to the right. */
export interface Drawn {
  head: string[];
  rows: string[][];
  right: boolean[];
}

/** A table as readers see it. */
export function drawn<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Drawn {
  const shown = columns.filter(({ when }) => when !== false);
  return {
    head: shown.map(({ head }) => head),
    rows: rows.map((row, place) => shown.map(({ cell }) => cell(row, place))),
    right: shown.map(({ words }) => words !== true),
  };
}

/** The same table for programs, a line after the other: RFC 4180. */
export function* csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<string> {
  const fields = columns.flatMap(({ csv }) => Object.entries(csv ?? {}));
  const line = (cells: Parameters<typeof csvCell>[0][]) => `${cells.map(csvCell).join(',')}\r\n`;
  yield line(fields.map(([name]) => name));
  for (const [place, row] of rows.entries()) yield line(fields.map(([, value]) => value(row, place)));
}
