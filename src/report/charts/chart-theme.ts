import { label } from '../escape.ts';

/** What a chart is drawn from, live or as a file. */
export type ChartOption = Record<string, unknown>;

/** What charts have in common. */
export const base = { animation: false, textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' } };

/** Colours of the charts. */
export interface Theme {
  text: string;
  grid: string;
  /** Checkpoints. */
  mark: string;
  background: string;
  /** Of a test split, or of the only one, and paler for validation beside it. */
  accuracy: Shades;
  /** By attack; the first also stands for the highest of all. */
  asr: [Shades, ...Shades[]];
}

/** A colour for lines and bars, and a paler one for bars beside it. */
export type Shades = readonly [strong: string, pale: string];

/** Colours that remain apart for colour-blind readers. Source: M. Okabe and K. Ito, "Color Universal Design" (2008). */
export const light: Theme = {
  text: '#1a1a1a',
  grid: '#e2e2e2',
  mark: '#595959',
  background: '#ffffff',
  accuracy: ['#0072B2', '#A6CFE8'],
  asr: [
    ['#D55E00', '#F6C29B'],
    ['#009E73', '#9FDCC9'],
    ['#CC79A7', '#EBCBDD'],
    ['#8A6D00', '#E5D9A3'],
  ],
};

/** The same for dark pages. */
export const dark: Theme = {
  text: '#e6e6e6',
  grid: '#3a3f46',
  mark: '#a8adb3',
  background: '#14171a',
  accuracy: ['#56B4E9', '#27577A'],
  asr: [
    ['#F0883E', '#7A4216'],
    ['#2BC99C', '#145C48'],
    ['#E39CC4', '#7A4462'],
    ['#E0C04A', '#695A1A'],
  ],
};

/** Width of a text in pixels, near enough to leave room for it. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 1.05 : 0.56) * fontSize, 0);
}

const longest = 200;

/** A foreign name inside a picture, cut at `most` pixels. */
export function fitted(name: string, fontSize: number, most: number): string {
  const text = label(name, longest);
  if (textWidth(text, fontSize) <= most) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, fontSize) > most) letters.pop();
  return `${letters.join('')}…`;
}

/** A model's path as the title of a picture: bold letters of 14 pixels are about as wide as others of 16. */
export const titleName = (path: string, width: number): string => fitted(path, 16, width - 16);
