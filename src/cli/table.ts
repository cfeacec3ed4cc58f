import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';

/** A head, rows of cells below it, and which columns are set to the right. */
export interface Cells {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  right: (column: number) => boolean;
}

/** Draws a table; where it is wider than `columns` it stands on its side, as many of its rows beside each other as fit. */
export function table({ head, rows, right }: Cells, columns = Infinity): string {
  const upright = draw(
    head.map((cell) => pc.bold(cell)),
    rows,
    right,
  );
  if (widthOf(upright) <= columns) return upright;
  const parts: string[] = [];
  for (let rest = rows; rest.length > 0;) {
    let beside = 1;
    while (beside < rest.length && widthOf(onItsSide(head, rest.slice(0, beside + 1))) <= columns) beside++;
    parts.push(onItsSide(head, rest.slice(0, beside)));
    rest = rest.slice(beside);
  }
  return parts.join('\n');
}

function draw(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean,
): string {
  const colAligns = (rows[0] ?? head).map((_, column) => (right(column) ? ('right' as const) : ('left' as const)));
  const drawn = new Table({ head: [...head], colAligns, style: { head: [], border: [], compact: true } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

const onItsSide = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  draw(
    [],
    head.map((name, column) => [pc.bold(name.replaceAll('\n', ' ')), ...rows.map((row) => row[column]!)]),
    (column) => column > 0,
  );

const widthOf = (drawn: string): number =>
  Math.max(
    ...stripVTControlCharacters(drawn)
      .split('\n')
      .map((line) => line.length),
  );
