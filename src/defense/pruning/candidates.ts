import type { Kind } from '../../settings/config.ts';
import type { KeptStep, Measured } from './pruned.ts';
import { type Candidate, type Figures, figuresOf } from '../../verdict/figures.ts';

/** The original, then the pruned net and the GoodNet of each step that is kept. */
export function listCandidates(kept: readonly KeptStep[], validation: Measured, test: Measured | null): Candidate[] {
  const figures = (kind: Kind, step: number) => ({
    validation: measured(validation, kind, step),
    test: test && measured(test, kind, step),
  });
  return [
    { kind: 'original', checkpoint: null, channelsPruned: 0, ...figures('original', 0) },
    ...(['pruned', 'goodnet'] as const).flatMap((kind) =>
      kept.map(({ step, ...stage }): Candidate => ({
        kind,
        ...stage,
        channelsPruned: step,
        ...figures(kind, step),
      })),
    ),
  ];
}

function measured({ steps, sizes }: Measured, kind: Kind, step: number): Figures {
  const found = steps.find((other) => other.step === step)!;
  return figuresOf(kind === 'goodnet' ? found.goodnet : found.pruned, steps[0]!.pruned, sizes);
}
