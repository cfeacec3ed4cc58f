import { base, type ChartOption, type Theme } from './chart-theme.ts';
import { type Checkpoint, checkpointLines } from './chart-marks.ts';
import { plot } from './sweep-option.ts';

/** Mean activation of the channels in the order in which they are pruned, on the axis of the sweep's chart. `width` in pixels. */
export function activationOption(
  means: readonly number[],
  checkpoints: readonly Checkpoint[],
  theme: Theme,
  width: number,
): ChartOption {
  const channels = means.length;
  const axis = { type: 'value', nameTextStyle: { color: theme.text, fontSize: 13 } };
  return {
    ...base,
    grid: plot,
    xAxis: {
      ...axis,
      name: 'fraction of the channels pruned',
      nameLocation: 'middle',
      nameGap: 26,
      min: 0,
      max: 1,
      interval: 0.2,
      axisLabel: { color: theme.text, fontSize: 13 },
      axisLine: { lineStyle: { color: theme.mark } },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      splitNumber: 3,
      axisLabel: {
        color: theme.text,
        fontSize: 12,
        formatter: (value: number) => String(Number(value.toPrecision(3))),
      },
      splitLine: { lineStyle: { color: theme.grid } },
    },
    series: [
      {
        type: 'line',
        step: 'start',
        symbol: 'none',
        silent: true,
        color: theme.accuracy[0],
        areaStyle: { opacity: 0.25 },
        lineStyle: { width: 1.5 },
        data: [[0, means[0] ?? 0], ...means.map((mean, i) => [(i + 1) / channels, mean])],
        markLine: {
          silent: true,
          symbol: 'none',
          precision: 12,
          data: checkpointLines(checkpoints, channels, width - plot.left - plot.right, theme),
        },
      },
    ],
  };
}
