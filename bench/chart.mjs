import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Cost against the number of images and against the number of channels, as SVG. */
export function drawCost({ images, tenfold, channels }) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 360 });
  const line = (name, index, data) => ({ name, type: 'line', xAxisIndex: index, yAxisIndex: index, data, symbolSize: 8, lineStyle: { width: 2 } });
  const axis = (name, index, more = {}) => ({ type: 'value', gridIndex: index, name, nameLocation: 'middle', min: 0, ...more });
  chart.setOption({
    animation: false,
    color: ['#0072b2', '#d55e00'],
    title: [{ text: 'by images, 60 channels', left: '7%', textStyle: { fontSize: 14 } }, { text: `by channels, ${images.toLocaleString('en')} images`, left: '56%', textStyle: { fontSize: 14 } }],
    legend: { bottom: 0, data: ['whole job', 'one forward pass'] },
    grid: [{ left: '8%', width: '38%', top: 50, bottom: 80 }, { left: '57%', width: '38%', top: 50, bottom: 80 }],
    xAxis: [axis('images', 0, { nameGap: 28, max: 10 * images }), axis('channels', 1, { nameGap: 28 })],
    yAxis: [axis('seconds', 0, { nameGap: 40 }), axis('seconds', 1, { nameGap: 40 })],
    series: [
      line('whole job', 0, [[images, tenfold.one.seconds], [10 * images, tenfold.ten.seconds]]),
      line('whole job', 1, channels.map(({ channels: count, defend }) => [count, defend])),
      line('one forward pass', 1, channels.map(({ channels: count, forward }) => [count, forward])),
    ],
  });
  return chart.renderToSVGString();
}
