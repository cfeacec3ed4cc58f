import { label } from './escape.ts';
import type { ModelReport } from './report.ts';
import { colors, renderSvg } from './svg.ts';
import { limitLines } from './sweep-chart.ts';
import { candidateName } from './wording.ts';

const barWidth = 130, margin = 230, height = 460;

/** The candidates side by side: accuracy and highest ASR in percent, on validation and, where there is one, on the test split. */
export function comparisonSvg(model: ModelReport): string {
  const { candidates, gate } = model;
  const splits = candidates.some(({ test }) => test !== null) ? (['validation', 'test'] as const) : (['validation'] as const);
  const bars = (name: string, [strong, pale]: readonly [string, string], value: (figures: (typeof candidates)[number]['validation']) => number | null) => splits.map((split, i) => ({
    type: 'bar', name: `${name}, ${split}`, color: i === 0 && splits.length > 1 ? pale : strong,
    label: { show: true, position: 'top', fontSize: 10, color: colors.text, formatter: ({ value: shown }: { value: number | null }) => (shown === null ? '' : shown.toFixed(1)) },
    data: candidates.map((candidate) => (candidate[split] === null ? null : value(candidate[split]))),
  }));
  const attacks = Object.keys(model.sweep.poisoned).length;
  const [first, ...others] = [...bars('accuracy', [colors.accuracy, '#9CC8E3'], (figures) => figures.accuracy), ...(attacks > 0 ? bars(attacks > 1 ? 'highest ASR' : 'ASR', [colors.asr[0], '#F0B48A'], (figures) => figures.maxAsr) : [])];
  const names = candidates.map((candidate, i) => `${candidateName(candidate).replace(' ', '\n')}${i === gate.recommended ? '\n★ recommended' : ''}`);
  return renderSvg({
    title: { text: label(model.path, 50), subtext: 'candidates side by side, percent', left: 12, top: 8, textStyle: { fontSize: 16, color: colors.text } },
    legend: { bottom: 8, itemGap: 24 },
    grid: { left: 56, right: 100, top: 80, bottom: 104 },
    xAxis: { type: 'category', data: names, axisLabel: { interval: 0, lineHeight: 15, color: colors.text } },
    yAxis: { type: 'value', min: 0, max: 100, splitLine: { lineStyle: { color: colors.grid } } },
    series: [{ ...first!, markLine: { silent: true, symbol: 'none', data: limitLines(model) } }, ...others],
  }, Math.max(620, margin + barWidth * candidates.length), height);
}
