import type { Elsewhere } from '../engine/evaluator.ts';

/** Evaluators that count a stage: `by 2 of 3 evaluators, 4 tries in vain`. */
export function elsewhereWords({ of, answering, retries }: Omit<Elsewhere, 'chunks'>): string {
  const who = `by ${answering} of ${of} evaluator${of === 1 ? '' : 's'}`;
  return retries === 0 ? who : `${who}, ${retries.toLocaleString('en')} tr${retries === 1 ? 'y' : 'ies'} in vain`;
}
