import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const ink = '#333',
  faint = '#ddd',
  font = 'system-ui, sans-serif';

/** Cost against the number of images and against the number of channels, as SVG on white. */
export function drawCost({ amounts, channels }) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 400 });
  const line = (name, index, data) => ({
    name,
    type: 'line',
    xAxisIndex: index,
    yAxisIndex: index,
    data,
    symbol: 'circle',
    symbolSize: 7,
    lineStyle: { width: 2 },
  });
  const axis = (name, index, more) => ({
    type: 'value',
    gridIndex: index,
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: ink, fontSize: 13 },
    min: 0,
    axisLine: { show: true, lineStyle: { color: ink } },
    axisTick: { show: true },
    axisLabel: { color: ink, fontSize: 12, formatter: (value) => value.toLocaleString('en') },
    splitLine: { lineStyle: { color: faint } },
    ...more,
  });
  const title = (text, left, subtext) => ({
    text,
    subtext,
    left,
    top: 8,
    textStyle: { fontSize: 15, color: ink },
    subtextStyle: { fontSize: 12, color: ink },
  });
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    textStyle: { fontFamily: font },
    color: ['#0072b2', '#d55e00'],
    title: [
      title('Cost by number of images', '7%', '60 channels'),
      title('Cost by number of channels', '56%', `${amounts[0].images.toLocaleString('en')} images`),
    ],
    legend: {
      bottom: 4,
      itemGap: 28,
      textStyle: { color: ink, fontSize: 13 },
      data: ['whole job', 'one forward pass'],
    },
    grid: [
      { left: '7.5%', width: '39%', top: 66, bottom: 88 },
      { left: '56.5%', width: '39%', top: 66, bottom: 88 },
    ],
    xAxis: [
      axis('images, clean and poisoned', 0, { nameGap: 28, splitNumber: 4 }),
      axis('channels of the pruned layer', 1, { nameGap: 28, max: 240, interval: 60 }),
    ],
    yAxis: [0, 1].map((index) => axis('seconds, 2 workers', index, { nameGap: 42 })),
    series: [
      line(
        'whole job',
        0,
        amounts.map(({ images: count, defend }) => [count, defend.seconds]),
      ),
      line(
        'one forward pass',
        0,
        amounts.map(({ images: count, forward }) => [count, forward.seconds]),
      ),
      line(
        'whole job',
        1,
        channels.map(({ channels: count, defend }) => [count, defend.seconds]),
      ),
      line(
        'one forward pass',
        1,
        channels.map(({ channels: count, forward }) => [count, forward.seconds]),
      ),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose(); // its timer would keep the process alive
  return svg;
}
