import { light, titleName } from './chart-theme.ts';
import { barsLine, comparisonData, comparisonHeight, comparisonOption } from './comparison-option.ts';
import type { ModelReport } from '../record/report.ts';
import { renderSvg } from './svg.ts';

const width = 480,
  titleHeight = 48;

/** The candidates side by side as a picture that is still legible at the width of a column: 480 pixels wide. */
export function comparisonSvg(model: ModelReport): string {
  const data = comparisonData(model);
  return renderSvg(
    {
      ...comparisonOption(data, light, width, titleHeight),
      title: {
        text: titleName(data.path, width),
        subtext: barsLine(model),
        left: 8,
        top: 4,
        itemGap: 6,
        textStyle: { fontSize: 14, color: light.text },
        subtextStyle: { fontSize: 12, color: light.text },
      },
    },
    width,
    comparisonHeight(data) + titleHeight,
  );
}
