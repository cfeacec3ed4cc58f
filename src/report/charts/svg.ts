import { BarChart, LineChart } from 'echarts/charts';
import { GridSimpleComponent, LegendPlainComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ChartOption, light } from './chart-theme.ts';

use([BarChart, LineChart, GridSimpleComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

/** Draws a chart without a browser. The same chart always gives the same text. Sizes in pixels. */
export function renderSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ ...option, backgroundColor: light.background });
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
