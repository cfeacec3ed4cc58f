import { BarChart, LineChart } from 'echarts/charts';
import { GridSimpleComponent, LegendPlainComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridSimpleComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export type ChartOption = EChartsCoreOption;

/** Colours that remain apart for colour-blind readers. Source: M. Okabe and K. Ito, "Color Universal Design" (2008). */
export const colors = { accuracy: '#0072B2', asr: ['#D55E00', '#CC79A7', '#E69F00', '#56B4E9'], limit: '#666666', text: '#222222', grid: '#e4e4e4' } as const;

/** Draws a chart without a browser. The same chart always gives the same text. Sizes in pixels. */
export function renderSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ backgroundColor: '#ffffff', animation: false, textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' }, ...option });
    return `${renumbered(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

/** The library numbers ids through the life of the process: here they count from 0 in each picture. */
function renumbered(svg: string): string {
  const numbers = new Map<string, string>();
  return svg.replace(/zr\d+-[\w-]*?\d+/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, `g${numbers.size}`);
    return numbers.get(id)!;
  });
}
