import { type ChartOption } from './chart-theme.ts';
/** Draws a chart without a browser. The same chart always gives the same text. Sizes in pixels. */
export declare function renderSvg(option: ChartOption, width: number, height: number): string;
