import { percentText } from '../verdict/metrics.ts';
import type { Column } from './columns.ts';
import type { ModelReport, Report } from './record/report.ts';
import { candidateName, verdictLine } from './wording.ts';

/** What is said of a model among others: its verdict and the figures behind it. `model` writes its path, `asr` heads its ASR, `mark` is put before the verdict. */
export function modelColumns(
  model: Column<ModelReport>['cell'],
  asr: string,
  mark: (verdict: Report['verdict']) => string = () => '',
): Column<ModelReport>[] {
  return [
    { head: 'model', words: true, cell: model },
    {
      head: 'verdict',
      words: true,
      cell: (each) => `${mark(each.gate.verdict)}${verdictLine(each)}`,
    },
    {
      head: 'figures of',
      words: true,
      cell: (each) => {
        const { candidate, split } = shownOf(each);
        return `${candidateName(candidate)}, ${split}`;
      },
    },
    { head: 'accuracy', cell: (each) => percentText(shownOf(each).figures.accuracy) },
    { head: asr, cell: (each) => percentText(shownOf(each).figures.maxAsr) },
  ];
}

/** The recommended candidate, or the original where none is, on the images that decide. */
function shownOf({ candidates, gate }: ModelReport) {
  const candidate = candidates[gate.recommended ?? 0]!;
  const split = candidate[gate.judgedOn] === null ? ('validation' as const) : gate.judgedOn;
  return { candidate, split, figures: candidate[split]! };
}
