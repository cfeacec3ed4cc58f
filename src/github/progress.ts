import type { ProgressEvent } from '../jobs/listener.ts';
import { elsewhereWords } from '../report/elsewhere-words.ts';

const stages: Record<string, string> = {
  ranking: 'ranked channels',
  sweep: 'swept',
  validation: 'scored on validation',
  test: 'scored on test',
};

/** A line in the log for each stage that a model has finished. */
export function progressLines(log: (line: string) => void, now: () => Date): (event: ProgressEvent) => void {
  let startedAt = now().getTime();
  return ({ model, stage, done, total, elsewhere }) => {
    if (done < total) return;
    const seconds = (now().getTime() - startedAt) / 1000;
    startedAt = now().getTime();
    const by = elsewhere === undefined ? '' : `, ${elsewhereWords(elsewhere)}`;
    log(`${model}: ${stages[stage] ?? stage}, ${total.toLocaleString('en')} images in ${seconds.toFixed(1)} s${by}`);
  };
}
