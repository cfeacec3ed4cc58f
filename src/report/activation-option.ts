import { base, type ChartOption, type Theme } from './chart-theme.ts';
import { type Checkpoint, checkpointLines } from './chart-marks.ts';
import { label } from './escape.ts';
import { plot } from './sweep-option.ts';

/** Mean activation of the channels in the order in which they are pruned, on the axis of the sweep's chart. `width` in pixels. */
export function activationOption(means: readonly number[], checkpoints: readonly Checkpoint[], rankLayer: string, theme: Theme, width: number): ChartOption {
  const channels = means.length;
  const axis = { nameTextStyle: { color: theme.text, fontSize: 13 }, axisLabel: { color: theme.text, fontSize: 13 }, nameLocation: 'middle' };
  return {
    ...base,
    grid: { ...plot, top: activationTop },
    xAxis: { ...axis, type: 'value', name: 'fraction of the channels pruned', nameGap: 26, min: 0, max: 1, interval: 0.2, axisLine: { lineStyle: { color: theme.mark } }, splitLine: { show: false } },
    yAxis: { type: 'value', name: `mean activation at ${label(rankLayer, 20)}`, ...axis, nameRotate: 90, nameGap: 32, axisLabel: { show: false }, splitNumber: 3, splitLine: { lineStyle: { color: theme.grid } } },
    series: [{
      type: 'line', step: 'end', symbol: 'none', silent: true, color: theme.accuracy[0], areaStyle: { opacity: 0.25 }, lineStyle: { width: 1.5 },
      data: [[0, means[0] ?? 0], ...means.map((mean, i) => [(i + 1) / channels, mean])],
      markLine: { silent: true, symbol: 'none', data: checkpointLines(checkpoints, channels, width - plot.left - plot.right, theme) },
    }],
  };
}

/** Room above the plot, in pixels. */
export const activationTop = 30;
