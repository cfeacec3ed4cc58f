import { light, textWidth, titleName } from './chart-theme.ts';
import type { ModelReport } from '../record/report.ts';
import { renderSvg } from './svg.ts';
import { plot, sweepData, sweepLines, sweepOption } from './sweep-option.ts';

const width = 480,
  titleHeight = 50,
  lineHeight = 16,
  plotHeight = 250,
  rowHeight = 24,
  fontSize = 13;

/** The sweep as a picture that is still legible at the width of a column: 480 pixels wide. */
export function sweepSvg(model: ModelReport): string {
  const data = sweepData(model);
  const lines = sweepLines(data, light);
  const names = [...new Set(lines.filter(({ thin }) => !thin).map(({ name }) => name))];
  const rows = legendRows(names);
  const thin = lines.some((line) => line.thin);
  const top = plot.top + titleHeight + (thin ? lineHeight : 0),
    bottom = plot.bottom + 8 + rowHeight * rows;
  return renderSvg(
    {
      ...sweepOption(data, light, width),
      title: {
        text: titleName(data.path, width),
        subtext: `${data.clean} clean validation images; solid: pruned net, dashed: GoodNet${thin ? '\nthin: each attack' : ''}`,
        left: 8,
        top: 4,
        itemGap: 6,
        textStyle: { fontSize: 14, color: light.text },
        subtextStyle: { fontSize: 12, ...(thin ? { lineHeight } : {}), color: light.text },
      },
      legend: {
        bottom: 4,
        left: 'center',
        width: width - 16,
        data: names,
        itemWidth: 30,
        itemGap: 10,
        textStyle: { fontSize, color: light.text },
      },
      grid: { ...plot, top, bottom },
    },
    width,
    top + plotHeight + bottom,
  );
}

/** Rows that a legend of these names takes, at most. */
function legendRows(names: readonly string[]): number {
  let rows = 1,
    used = 0;
  for (const name of names) {
    const needed = 30 + 6 + 10 + textWidth(name, fontSize);
    if (used > 0 && used + needed > width - 16) [rows, used] = [rows + 1, 0];
    used += needed;
  }
  return rows;
}
