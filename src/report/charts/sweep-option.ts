import { base, type ChartOption, fitted, type Shades, textWidth, type Theme } from './chart-theme.ts';
import { type Checkpoint, checkpointLines, limitLines, type ShownLimit, shownLimits } from './chart-marks.ts';
import { label } from '../escape.ts';
import { metrics } from '../../verdict/metric-table.ts';
import type { ModelReport } from '../record/report.ts';

/** Counts at every step of one net: images given their label, clean and by attack. */
export interface StepCounts {
  correct: number[];
  hits: number[][];
}

/** What the chart of a sweep is drawn from: counts, and what they are divided by. */
export interface SweepData {
  path: string;
  layer: string;
  channels: number;
  clean: number;
  attacks: { name: string; images: number }[];
  pruned: StepCounts;
  goodnet: StepCounts;
  checkpoints: Checkpoint[];
  limits: ShownLimit[];
}

export function sweepData(model: ModelReport): SweepData {
  const { steps, clean, poisoned } = model.sweep;
  const attacks = Object.entries(poisoned).map(([name, images]) => ({ name, images }));
  const counts = (
    net: (step: (typeof steps)[number]) => { correct: number; hits: Record<string, number> },
  ): StepCounts => ({
    correct: steps.map((step) => net(step).correct),
    hits: attacks.map(({ name }) => steps.map((step) => net(step).hits[name]!)),
  });
  return {
    path: model.path,
    layer: model.prunes === 'inputs' ? `inputs of ${model.layer}` : model.layer,
    channels: steps.length - 1,
    clean,
    attacks,
    pruned: counts((step) => step),
    goodnet: counts((step) => step.goodnet),
    checkpoints: model.checkpoints,
    limits: shownLimits(model).filter(({ metric }) => metrics[metric].images === 'clean' || attacks.length > 0),
  };
}

/** A line of the chart, for both nets: accuracy, an attack's ASR, or the highest of all. `thin` lines are those behind the highest. */
export interface SweepLine {
  name: string;
  shades: Shades;
  thin: boolean;
  pruned: (number | null)[];
  goodnet: (number | null)[];
}

/** Accuracy, and every attack's ASR in a colour of its own; where there are more attacks than colours, the highest ASR before thin lines of all. */
export function sweepLines({ clean, attacks, pruned, goodnet }: SweepData, { accuracy, asr }: Theme): SweepLine[] {
  const rates = (counts: readonly number[], images: number) =>
    counts.map((count) => (images === 0 ? null : (100 * count) / images));
  const many = attacks.length > asr.length;
  const all = attacks.map(({ name, images }, i): SweepLine => ({
    name: attacks.length === 1 ? 'ASR' : `ASR ${label(name, 24)}`,
    shades: asr[many ? 0 : i]!,
    thin: many,
    pruned: rates(pruned.hits[i]!, images),
    goodnet: rates(goodnet.hits[i]!, images),
  }));
  const highest = (of: 'pruned' | 'goodnet') =>
    pruned.correct.map((_, k) =>
      all.reduce<number | null>(
        (most, line) => (line[of][k] === null ? most : Math.max(most ?? 0, line[of][k]!)),
        null,
      ),
    );
  return [
    {
      name: 'accuracy',
      shades: accuracy,
      thin: false,
      pruned: rates(pruned.correct, clean),
      goodnet: rates(goodnet.correct, clean),
    },
    ...(many
      ? [
          {
            name: `highest ASR of ${attacks.length} attacks`,
            shades: asr[0],
            thin: false,
            pruned: highest('pruned'),
            goodnet: highest('goodnet'),
          },
        ]
      : []),
    ...all,
  ];
}

/** Room around the plot, in pixels; what is drawn over it must find it where it is. */
export const plot = { left: 58, right: 14, top: 26, bottom: 46, outerBoundsMode: 'none' };
const shapes = ['circle', 'triangle', 'rect', 'diamond', 'roundRect'],
  symbolsPerLine = 8,
  manySteps = 2000;
/** Accuracy and ASR in percent over the fraction of channels pruned: solid for the pruned net, dashed for the GoodNet. `width` in pixels. */
export function sweepOption(
  data: SweepData,
  theme: Theme,
  width: number,
  lines = sweepLines(data, theme),
): ChartOption {
  const { channels } = data;
  const bold = sweepLines(data, theme)
    .filter(({ thin }) => !thin)
    .map(({ name }) => name);
  const series = [...lines].reverse().flatMap(({ name, shades, thin, pruned, goodnet }) => {
    const order = Math.max(0, bold.indexOf(name));
    const every = Math.max(1, Math.ceil(channels / symbolsPerLine));
    const line = (values: (number | null)[], dashed: boolean) => ({
      type: 'line',
      name,
      color: shades[0],
      data: values.map((value, k) => [k / channels, value]),
      silent: true,
      symbol: thin
        ? 'none'
        : (_: unknown, { dataIndex }: { dataIndex: number }) =>
            (dataIndex + (dashed ? every >> 1 : 0) + 2 * order) % every === 0 ? shapes[order % shapes.length] : 'none',
      showAllSymbol: true,
      symbolSize: 6,
      lineStyle: { width: thin ? 1 : 2, type: dashed ? [5, 4] : 'solid', opacity: thin ? 0.35 : 1 },
      z: thin ? 2 : dashed ? 3 : 4,
      ...(channels > manySteps ? { sampling: 'minmax' } : {}),
    });
    return [line(pruned, false), ...(thin ? [] : [line(goodnet, true)])];
  });
  const marks = [
    ...checkpointLines(data.checkpoints, channels, width - plot.left - plot.right, theme),
    ...limitLines(data.limits, theme),
  ];
  return {
    ...base,
    grid: plot,
    xAxis: {
      type: 'value',
      name: axisName(data, width),
      nameLocation: 'middle',
      nameGap: 26,
      min: 0,
      max: 1,
      interval: 0.2,
      nameTextStyle: { color: theme.text, fontSize: 13 },
      axisLabel: { color: theme.text, fontSize: 13 },
      axisLine: { lineStyle: { color: theme.mark } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: data.attacks.length === 0 ? 'accuracy (%)' : 'accuracy, ASR (%)',
      nameLocation: 'middle',
      nameRotate: 90,
      nameGap: 34,
      min: 0,
      max: 100,
      interval: 20,
      nameTextStyle: { color: theme.text, fontSize: 13 },
      axisLabel: { color: theme.text, fontSize: 13 },
      splitLine: { lineStyle: { color: theme.grid } },
    },
    series: series.concat([
      {
        type: 'line',
        name: '',
        data: [],
        silent: true,
        markLine: { silent: true, symbol: 'none', precision: 12, data: marks },
      } as never,
    ]),
  };
}

const nameSize = 13,
  narrowest = 60;

/** What the fraction is of; no wider than twice the way from the middle of the plot to the edge, without the layer where hardly any of its name fits. */
function axisName({ layer, channels }: SweepData, width: number): string {
  const words = (of: string): string =>
    `fraction of the ${channels} ${channels === 1 ? 'channel' : 'channels'}${of} pruned`;
  const room = width - plot.left + plot.right - textWidth(words(' of '), nameSize);
  const name = fitted(layer, nameSize, room);
  return words(name === layer || room >= narrowest ? ` of ${name}` : '');
}
