import { textWidth, type Theme } from './chart-theme.ts';
import { type Metric, metricNames, metrics, signOf } from '../../verdict/metric-table.ts';
import type { ModelReport } from '../record/report.ts';

/** A limit with a place on an axis of accuracy or ASR: drops and changes have none. */
export interface ShownLimit {
  metric: Metric;
  limit: number;
}

/** The limits that the gate holds the candidates against, as far as charts show them. */
export function shownLimits({ gate }: Pick<ModelReport, 'gate'>): ShownLimit[] {
  return metricNames
    .filter((metric) => metrics[metric].axis !== null)
    .flatMap((metric) => gate.rules.find((rule) => rule.metric === metric) ?? [])
    .map(({ metric, limit }) => ({ metric, limit }));
}

/** Points between two labels that do not touch. */
const labelPoints = 14;

/** Dotted lines at the limits, each with its label on the side where curves seldom are. */
export function limitLines(limits: readonly ShownLimit[], { text, background, accuracy, asr }: Theme): object[] {
  const close = limits.length === 2 && limits[0]!.limit - limits[1]!.limit < labelPoints;
  return limits.map(({ metric, limit }) => {
    const { axis, bound, short } = metrics[metric];
    const below = (bound === 'least') !== close ? limit > 8 : limit > 92;
    return {
      yAxis: limit,
      lineStyle: { color: (axis === 'accuracy' ? accuracy : asr[0])[0], type: 'dotted', width: 1.5 },
      label: {
        formatter: `${short} ${signOf(metric)} ${limit}`,
        position: below ? 'insideStartBottom' : 'insideStartTop',
        color: text,
        fontSize: 12,
        textBorderColor: background,
        textBorderWidth: 3,
      },
    };
  });
}

export interface Checkpoint {
  dropPoints: number;
  step: number | null;
}

const fontSize = 12,
  gap = 10;

/** Dashed lines at the checkpoints of a net with `channels` channels on a plot `width` pixels wide. Those too near for labels of their own share one. */
export function checkpointLines(
  checkpoints: readonly Checkpoint[],
  channels: number,
  width: number,
  { mark, text }: Theme,
): object[] {
  const groups: { steps: number[]; drops: number[] }[] = [];
  const reached = checkpoints
    .filter((point): point is { dropPoints: number; step: number } => point.step !== null)
    .sort((a, b) => a.step - b.step || a.dropPoints - b.dropPoints);
  let end = -Infinity;
  for (const { dropPoints, step } of reached) {
    const x = (width * step) / channels;
    const half = textWidth(labelOf([dropPoints], [step]), fontSize) / 2;
    const last = groups.at(-1);
    if (last !== undefined && x - half < end + gap) {
      last.drops.push(dropPoints);
      if (last.steps.at(-1) !== step) last.steps.push(step);
    } else groups.push({ steps: [step], drops: [dropPoints] });
    const group = groups.at(-1)!;
    end = (width * group.steps[0]!) / channels + textWidth(labelOf(group.drops, group.steps), fontSize) / 2;
  }
  return groups.flatMap(({ steps, drops }) =>
    steps.map((step, i) => ({
      xAxis: step / channels,
      lineStyle: { color: mark, type: 'dashed', width: 1 },
      label: i === 0 ? labelAt(labelOf(drops, steps), (width * step) / channels, width, text) : { show: false },
    })),
  );
}

const labelOf = (drops: readonly number[], steps: readonly number[]): string =>
  `X=${drops.join(', ')} (${steps.join(', ')})`;

/** Centred over the line, but within the plot. */
function labelAt(formatter: string, x: number, width: number, color: string): object {
  const half = textWidth(formatter, fontSize) / 2;
  const shift = Math.min(0, width - x - half) + Math.max(0, half - x);
  return { formatter, position: 'end', distance: 4, color, fontSize, offset: [shift, 0] };
}
