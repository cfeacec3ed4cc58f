import { label } from './escape.ts';
import type { ModelReport } from './report.ts';
import { colors, renderSvg } from './svg.ts';

const width = 960, height = 540;

/** The sweep as a picture: accuracy and ASR in percent over channels pruned, solid for the pruned net, dashed for the GoodNet. */
export function sweepSvg(model: ModelReport): string {
  const { steps } = model.sweep;
  const attacks = Object.keys(model.sweep.poisoned);
  const line = (name: string, color: string, dashed: boolean, value: (step: (typeof steps)[number]) => number) => ({
    type: 'line', name, color, symbol: 'none', lineStyle: { width: 2.5, type: dashed ? 'dashed' : 'solid' },
    data: steps.map((step) => [step.step, value(step)]),
  });
  const pair = (name: string, color: string, value: (counts: { accuracy: number; asr: Record<string, number> }) => number) => [
    line(`${name}, pruned`, color, false, (step) => value(step)),
    line(`${name}, GoodNet`, color, true, (step) => value(step.goodnet)),
  ];
  const series = [
    ...pair('accuracy', colors.accuracy, (counts) => counts.accuracy),
    ...attacks.flatMap((attack, i) => pair(attacks.length === 1 ? 'ASR' : `ASR ${label(attack, 20)}`, colors.asr[i % colors.asr.length]!, (counts) => counts.asr[attack]!)),
  ];
  const [first, ...others] = series;
  return renderSvg({
    title: { text: label(model.path, 70), subtext: `${label(model.prunes === 'inputs' ? `inputs of ${model.layer}` : model.layer, 50)} on validation images; dashed verticals: checkpoints X`, left: 12, top: 8, textStyle: { fontSize: 16, color: colors.text } },
    legend: { bottom: 8, itemWidth: 36, itemGap: 24, itemStyle: { opacity: 0 } },
    grid: { left: 64, right: 110, top: 104, bottom: 64 + 22 * Math.ceil(series.length / 4) },
    xAxis: { type: 'value', name: 'channels pruned', nameLocation: 'middle', nameGap: 28, min: 0, max: steps.length - 1, minInterval: 1, splitLine: { show: false } },
    yAxis: { type: 'value', name: 'percent', min: 0, max: 100, splitLine: { lineStyle: { color: colors.grid } } },
    series: [{ ...first!, markLine: { silent: true, symbol: 'none', data: [...checkpointLines(model), ...limitLines(model)] } }, ...others],
  }, width, height);
}

/** Checkpoints that share a step share a line. */
function checkpointLines({ checkpoints }: ModelReport): object[] {
  const steps = new Set(checkpoints.flatMap(({ step }) => step ?? []));
  return [...steps].map((step, i) => ({
    xAxis: step,
    lineStyle: { color: colors.limit, type: 'dashed', width: 1 },
    label: { formatter: `X=${checkpoints.filter((other) => other.step === step).map(({ dropPoints }) => dropPoints).join(', ')}`, position: 'end', distance: 4 + 13 * (i % 2), color: colors.text },
  }));
}

/** Points between two labels that do not touch. */
const labelPoints = 5;

/** The limits of accuracy and ASR that the gate holds the candidates against. */
export function limitLines({ gate }: ModelReport): object[] {
  const limits = new Map(gate.rules.filter(({ metric }) => metric !== 'accuracy-drop').map(({ metric, limit }) => [metric, limit]));
  const [low, high] = [...limits.values()].sort((a, b) => a - b);
  const apart = high === undefined || high - low! > labelPoints;
  return [...limits].map(([metric, limit]) => ({
    yAxis: limit,
    lineStyle: { color: metric === 'accuracy' ? colors.accuracy : colors.asr[0], type: 'dotted', width: 1.5 },
    label: { formatter: metric === 'accuracy' ? `accuracy ≥ ${limit}` : `ASR ≤ ${limit}`, position: 'end', color: colors.text, fontSize: 11, verticalAlign: apart ? 'middle' : limit === high ? 'bottom' : 'top' },
  }));
}
