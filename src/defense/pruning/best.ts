import type { Config } from '../../settings/config.ts';
import { type Candidate, type Figures, figuresOf } from '../../verdict/figures.ts';
import { checkLimits, preference } from '../../verdict/gate.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Measured } from './pruned.ts';

type Tried = Pick<Candidate, 'kind' | 'channelsPruned' | 'validation'>;

/**
 * The number of channels, 1 and up to the last checkpoint reached, whose nets a gate would choose on validation: of
 * those that meet every limit, as `gate` does; where none does or no limit is set, the highest defense effectiveness
 * rating of the worst attack, then the fewest channels. Judged are the kinds that are accepted, or else the pruned net.
 * Null where no attack was measured, or no step does any good.
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
  const tried = steps.slice(1, last + 1).flatMap((step) =>
    kinds.map((kind): Tried => ({
      kind,
      channelsPruned: step.step,
      validation: figuresOf(step[kind], steps[0]!.pruned, sizes),
    })),
  );
  const meeting = tried.filter(({ validation }) => {
    const rules = checkLimits(validation, config);
    return rules.length > 0 && rules.every(({ met }) => met);
  });
  const better = tried.filter(({ validation }) => rating(validation) > ratingOfNothing);
  const byRating = (a: Tried, b: Tried) =>
    rating(b.validation) - rating(a.validation) || a.channelsPruned - b.channelsPruned;
  const sorted = meeting.length > 0 ? meeting.sort(preference) : better.sort(byRating);
  return sorted[0]?.channelsPruned ?? null;
}

/** The rating where neither ASR nor accuracy falls. */
const ratingOfNothing = 0.5;

/** The defense effectiveness rating of the attack that is repaired least. */
const rating = ({ der }: Figures): number => Math.min(...Object.values(der).map((each) => each ?? 0));
