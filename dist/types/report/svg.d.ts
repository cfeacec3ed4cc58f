import { type EChartsCoreOption } from 'echarts/core';
export type ChartOption = EChartsCoreOption;
/** Colours that remain apart for colour-blind readers. Source: M. Okabe and K. Ito, "Color Universal Design" (2008). */
export declare const colors: {
    readonly accuracy: "#0072B2";
    readonly asr: readonly ["#D55E00", "#CC79A7", "#E69F00", "#56B4E9"];
    readonly limit: "#666666";
    readonly text: "#222222";
    readonly grid: "#e4e4e4";
};
/** Draws a chart without a browser. The same chart always gives the same text. Sizes in pixels. */
export declare function renderSvg(option: ChartOption, width: number, height: number): string;
