import { percent, percentText } from '../../verdict/metrics.ts';
import type { Column } from '../columns.ts';
import type { ModelScan, ScannedTrigger } from '../record/scan.ts';

const indexText = ({ works, anomalyIndex }: ScannedTrigger): string =>
  works && anomalyIndex !== null ? anomalyIndex.toFixed(2) : '–';

/** What is told of the trigger of each class of a net. */
export function triggerColumns({ triggers, classes }: ModelScan): Column<ScannedTrigger>[] {
  const isHalved = new Set(triggers.map(({ steps }) => steps)).size > 1;
  return [
    { head: 'class', cell: ({ target }) => String(target) },
    { head: 'mask size', cell: ({ l1 }) => l1.toFixed(1) },
    { head: 'success', cell: ({ success }) => percentText(100 * success) },
    { head: 'anomaly index', when: classes > 2, cell: indexText },
    {
      head: 'reversed-trigger rate',
      when: triggers.some(({ picture }) => picture?.hits != null),
      cell: ({ picture, images }) => (picture?.hits == null ? '–' : percentText(percent(picture.hits, images))),
    },
    { head: 'steps', when: isHalved, cell: ({ steps }) => String(steps) },
  ];
}

/** What is told of a net among others: the class with the smallest mask. `name` writes its path. */
export function scannedColumns(name: Column<ModelScan>['cell'], models: readonly ModelScan[]): Column<ModelScan>[] {
  const limited = models.some(({ limit }) => limit !== null);
  return [
    { head: 'model', words: true, cell: name },
    { head: 'class', cell: ({ triggers }) => String(triggers[0]!.target) },
    { head: 'mask size', cell: ({ triggers }) => triggers[0]!.l1.toFixed(1) },
    { head: 'success', cell: ({ triggers }) => percentText(100 * triggers[0]!.success) },
    { head: 'anomaly index', cell: ({ triggers }) => indexText(triggers[0]!) },
    {
      head: 'limit',
      words: true,
      when: limited,
      cell: ({ limit }) => (limit === null ? '–' : limit.met ? 'met' : 'not met'),
    },
  ];
}
