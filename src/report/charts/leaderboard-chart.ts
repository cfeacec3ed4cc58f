import { middle } from '../escape.ts';
import { figuresOf, type Leaderboard } from '../record/leaderboard.ts';
import { base, fitted, light as colors, textWidth } from './chart-theme.ts';
import { renderSvg } from './svg.ts';
import { candidateName } from '../wording.ts';

const width = 960,
  rowHeight = 58,
  mostModels = 40,
  longestName = 36,
  widestName = 456,
  fontSize = 12;

/** The models best first: accuracy and highest ASR in percent, a pair of bars each. */
export function leaderboardSvg({ standings }: Leaderboard): string {
  const shown = standings.slice(0, mostModels);
  const reports = new Set(standings.map(({ report }) => report)).size > 1;
  const names = shown.map(({ model, report, verdict, candidate, split, notComparable }) => [
    short(model),
    ...(reports ? [short(report)] : []),
    `${candidate === null ? 'not evaluated' : `${verdict}: ${candidateName(candidate)}, ${split}`}${notComparable === null ? '' : ' *'}`,
  ]);
  const widest = Math.max(...names.flat().map((line) => textWidth(line, fontSize)));
  const bars = (name: string, color: string, values: (number | null)[]) => ({
    type: 'bar',
    name,
    color,
    barMaxWidth: 16,
    data: values,
    label: {
      show: true,
      position: 'right',
      fontSize: 11,
      color: colors.text,
      formatter: ({ value }: { value: number | null }) => (value === null ? '' : value.toFixed(2)),
    },
  });
  const left = standings.length - shown.length;
  const starred = shown.some(({ notComparable }) => notComparable !== null);
  return renderSvg(
    {
      ...base,
      title: {
        text: 'Models compared',
        subtext: `percent, best first${left > 0 ? `; ${left} more are not drawn` : ''}${starred ? '; * measured on other data than the first' : ''}`,
        left: 12,
        top: 8,
        textStyle: { fontSize: 16, color: colors.text },
        subtextStyle: { fontSize: 12, color: colors.text },
      },
      legend: { bottom: 8, itemGap: 24, textStyle: { color: colors.text } },
      grid: { left: widest + 20, right: 60, top: 64, bottom: 86, outerBoundsMode: 'none' },
      xAxis: {
        type: 'value',
        min: 0,
        max: 100,
        axisLabel: { color: colors.text },
        splitLine: { lineStyle: { color: colors.grid } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.map((lines) => lines.join('\n')),
        axisTick: { show: false },
        axisLabel: { interval: 0, fontSize, lineHeight: 14, color: colors.text },
      },
      series: [
        bars(
          'accuracy',
          colors.accuracy[0],
          shown.map((standing) => figuresOf(standing)?.accuracy ?? null),
        ),
        bars(
          'highest ASR',
          colors.asr[0][0],
          shown.map((standing) => figuresOf(standing)?.maxAsr ?? null),
        ),
      ],
    },
    width,
    150 + rowHeight * shown.length,
  );
}

/** A name of a model or a report; in some scripts a character takes the room of many. */
const short = (name: string): string => fitted(middle(name, longestName), fontSize, widestName);
