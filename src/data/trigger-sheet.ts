import { encodePng } from '../formats/write-png.ts';
import { resizeImage, type Size } from './resize.ts';
import type { Pixels } from './pixels.ts';

/** A picture in bytes with a few signs below it. */
export interface SheetCell {
  picture: Pixels;
  /** Digits, and `>` between two numbers. */
  caption: string;
  marked: boolean;
}

const gap = 4,
  frame = 2,
  background = 128;
/** Longest side of a picture on the sheet: small ones are repeated up to the first, large ones thinned out to the second. */
const [least, most] = [64, 128];
/** Each sign is 3 dots wide and 5 high, and a dot so many pixels. */
const dot = 2;
const signs: Record<string, string> = {
  0: '111101101101111',
  1: '010110010010111',
  2: '111001111100111',
  3: '111001111001111',
  4: '101101111001001',
  5: '111100111001111',
  6: '111100111101111',
  7: '111001010010010',
  8: '111101111101111',
  9: '111101111001111',
  '>': '100010001010100',
};
const white = [255, 255, 255] as const,
  red = [200, 30, 30] as const;

/** A PNG of rows of pictures, all of one size; a marked one has a red frame. */
export function triggerSheet(rows: readonly (readonly SheetCell[])[]): Uint8Array {
  const { size } = rows[0]![0]!.picture;
  const longest = Math.max(...size);
  const zoom = longest < least ? Math.floor(least / longest) : Math.min(1, most / longest);
  const cell = size.map((side) => Math.max(1, Math.round(side * zoom))) as unknown as Size;
  const [high, wide] = [cell[0] + 2 * frame + 5 * dot + 2 * gap, cell[1] + 2 * frame + gap];
  const across = Math.max(...rows.map((row) => row.length));
  const canvas = new Canvas(rows.length * high + gap, across * wide + gap);
  for (const [i, row] of rows.entries()) {
    for (const [j, { picture, caption, marked }] of row.entries()) {
      const [top, left] = [gap + i * high, gap + j * wide];
      if (marked) canvas.fill(top, left, cell[0] + 2 * frame, cell[1] + 2 * frame, red);
      canvas.put(top + frame, left + frame, sized(picture, cell), cell);
      canvas.write(top + cell[0] + 2 * frame + gap, left + frame, caption, marked ? red : white);
    }
  }
  return encodePng(canvas.pixels, canvas.rows, canvas.columns);
}

const sized = ({ values, size }: Pixels, cell: Size): Uint8Array =>
  resizeImage(Uint8Array.from(values), size, cell, 3, 'nearest') as Uint8Array;

type Colour = readonly [red: number, green: number, blue: number];

/** RGB pixels that are drawn on. */
class Canvas {
  readonly pixels: Uint8Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    this.pixels = new Uint8Array(rows * columns * 3).fill(background);
  }

  put(top: number, left: number, picture: Uint8Array, [rows, columns]: Size): void {
    for (let row = 0; row < rows; row++)
      this.pixels.set(
        picture.subarray(row * columns * 3, (row + 1) * columns * 3),
        ((top + row) * this.columns + left) * 3,
      );
  }

  fill(top: number, left: number, rows: number, columns: number, colour: Colour): void {
    for (let row = top; row < Math.min(top + rows, this.rows); row++)
      for (let column = left; column < Math.min(left + columns, this.columns); column++)
        this.pixels.set(colour, (row * this.columns + column) * 3);
  }

  write(top: number, left: number, text: string, colour: Colour): void {
    for (const [place, sign] of [...text].entries())
      for (const [i, on] of [...(signs[sign] ?? '')].entries())
        if (on === '1') this.fill(top + Math.floor(i / 3) * dot, left + (4 * place + (i % 3)) * dot, dot, dot, colour);
  }
}
