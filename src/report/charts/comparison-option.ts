import { metrics, signOf } from '../../verdict/metric-table.ts';
import { base, type ChartOption, type Theme } from './chart-theme.ts';
import { type ShownLimit, shownLimits } from './chart-marks.ts';
import type { ModelReport } from '../record/report.ts';
import { candidateName } from '../wording.ts';

type Split = 'validation' | 'test';

/** What the candidates are compared by, in percent. */
export interface ComparisonData {
  path: string;
  splits: Split[];
  attacks: number;
  candidates: { name: string; recommended: boolean; accuracy: (number | null)[]; asr: (number | null)[] }[];
  limits: ShownLimit[];
}

export function comparisonData(model: ModelReport): ComparisonData {
  const splits: Split[] = model.candidates.some(({ test }) => test !== null) ? ['validation', 'test'] : ['validation'];
  return {
    path: model.path,
    splits,
    attacks: Object.keys(model.sweep.poisoned).length,
    limits: shownLimits(model),
    candidates: model.candidates.map((candidate, i) => ({
      name: candidateName(candidate),
      recommended: i === model.gate.recommended,
      accuracy: splits.map((split) => candidate[split]?.accuracy ?? null),
      asr: splits.map((split) => candidate[split]?.maxAsr ?? null),
    })),
  };
}

const barHeight = 15,
  rowGap = 10,
  names = 106,
  right = 4,
  figures = 54,
  top = 24,
  bottom = 44;

/** How the bars are to be read. */
export function barsLine({ candidates, gate }: ModelReport): string {
  const bars = candidates.some(({ test }) => test !== null)
    ? 'Upper bar: validation, lower: test'
    : 'Validation images';
  return [
    bars,
    ...(gate.rules.length > 0 ? ['dotted: limit'] : []),
    ...(gate.recommended === null ? [] : ['★ recommended']),
  ].join('; ');
}

/** Height of the chart in pixels, without a title. */
export const comparisonHeight = ({ splits, candidates }: ComparisonData): number =>
  top + bottom + candidates.length * (splits.length * barHeight + rowGap);

/** The candidates below each other: accuracy, and beside it the highest ASR, on validation and, where there is one, on the test split. Sizes in pixels. */
export function comparisonOption(data: ComparisonData, theme: Theme, width: number, titleHeight = 0): ChartOption {
  const { splits, candidates, attacks, limits } = data;
  const panels = [
    { name: 'clean accuracy (%)', shades: theme.accuracy, axis: 'accuracy' as const },
    ...(attacks > 0
      ? [
          {
            name: attacks > 1 ? `highest of ${attacks} ASRs (%)` : 'ASR (%)',
            shades: theme.asr[0],
            axis: 'asr' as const,
          },
        ]
      : []),
  ];
  const panelWidth = (width - names - right) / panels.length - figures;
  const bars = ({ axis, shades: [strong, pale] }: (typeof panels)[number], panel: number) =>
    splits.map((split, i) => ({
      type: 'bar',
      name: split,
      xAxisIndex: panel,
      yAxisIndex: 2 * panel,
      color: splits.length > 1 && i === 0 ? pale : strong,
      barWidth: barHeight - 2,
      barGap: '13%',
      silent: true,
      data: candidates.map((candidate) => candidate[axis][i]!),
      ...(i === 0
        ? {
            markLine: {
              silent: true,
              symbol: 'none',
              precision: 12,
              data: limits
                .filter((limit) => metrics[limit.metric].axis === axis)
                .map((limit) => limitLine(limit, theme)),
            },
          }
        : {}),
    }));
  const column = (gridIndex: number, data: string[], position: 'left' | 'right') => ({
    gridIndex,
    position,
    data,
    type: 'category',
    inverse: true,
    axisTick: { show: false },
    splitLine: { show: false },
    axisLine: { show: position === 'left', lineStyle: { color: theme.mark } },
  });
  return {
    ...base,
    grid: panels.map((_, i) => ({
      left: names + i * (panelWidth + figures),
      width: panelWidth,
      top: top + titleHeight,
      bottom,
      outerBoundsMode: 'none',
    })),
    xAxis: panels.map(({ name }, i) => ({
      gridIndex: i,
      type: 'value',
      min: 0,
      max: 100,
      interval: 50,
      name,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: theme.text, fontSize: 13 },
      axisLabel: { color: theme.text, fontSize: 12 },
      splitLine: { lineStyle: { color: theme.grid } },
    })),
    yAxis: panels.flatMap(({ axis }, i) => [
      {
        ...column(
          i,
          candidates.map(({ name, recommended }) => (recommended ? `★ ${name}` : name)),
          'left',
        ),
        axisLabel: { show: i === 0, interval: 0, color: theme.text, fontSize: 13 },
      },
      {
        ...column(
          i,
          candidates.map((candidate) => candidate[axis].map((value) => value?.toFixed(2) ?? '–').join('\n')),
          'right',
        ),
        axisLabel: { interval: 0, color: theme.text, fontSize: 12, lineHeight: barHeight, margin: 5 },
      },
    ]),
    series: panels.flatMap(bars),
  };
}

const limitLine = ({ metric, limit }: ShownLimit, { text }: Theme): object => ({
  xAxis: limit,
  lineStyle: { color: text, type: 'dotted', width: 1.5 },
  label: {
    position: 'start',
    distance: 4,
    color: text,
    fontSize: 12,
    formatter: `${signOf(metric)} ${limit}`,
  },
});
