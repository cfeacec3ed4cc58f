import type { Config } from '../../settings/config.ts';
import { type Figures, figuresOf } from '../../verdict/figures.ts';
import { checkLimits } from '../../verdict/gate.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Measured } from './pruned.ts';

interface Tried {
  step: number;
  figures: Figures;
}

/**
 * The number of channels, 1 and up to the last checkpoint reached, with the highest defense effectiveness rating of the
 * worst attack on validation, then the fewest channels: of the steps that meet every limit, if there are some. Accuracy
 * alone would choose a step that just meets a limit, and may miss it on other images. Judged are the kinds that are
 * accepted, or else the pruned net. Null where no attack was measured, or no step does any good.
 */
export function bestStep(
  { steps, sizes }: Measured,
  picks: readonly Checkpoint[],
  config: Pick<Config, 'accept'> & Parameters<typeof checkLimits>[1],
): number | null {
  if (Object.keys(sizes.poisoned).length === 0) return null;
  const reached = picks.flatMap(({ step }) => step ?? []);
  const last = reached.length > 0 ? Math.max(...reached) : steps.length - 1;
  const accepted = (['pruned', 'goodnet'] as const).filter((kind) => config.accept.includes(kind));
  const kinds = accepted.length > 0 ? accepted : (['pruned'] as const);
  const tried = steps
    .slice(1, last + 1)
    .flatMap((step) =>
      kinds.map((kind): Tried => ({ step: step.step, figures: figuresOf(step[kind], steps[0]!.pruned, sizes) })),
    );
  const better = tried.filter(({ figures }) => rating(figures) > ratingOfNothing);
  const meeting = better.filter(({ figures }) => checkLimits(figures, config).every(({ met }) => met));
  const byRating = (a: Tried, b: Tried) => rating(b.figures) - rating(a.figures) || a.step - b.step;
  return (meeting.length > 0 ? meeting : better).sort(byRating)[0]?.step ?? null;
}

/** The rating where neither ASR nor accuracy falls. */
const ratingOfNothing = 0.5;

/** The defense effectiveness rating of the attack that is repaired least. */
const rating = ({ der }: Figures): number => Math.min(...Object.values(der).map((each) => each ?? 0));
