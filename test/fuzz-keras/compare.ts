import type { Answers } from './answers.ts';

/** What a real Keras says of a file: its answers, why it does not load (`failed`), or why it loads and cannot be compared; `ended` if it broke. */
export type Loaded = Partial<Answers> & { failed?: string; loaded?: boolean; ended?: string };

/** Scores may differ by rounding: by this share of the largest of them, or of `least` where all are tiny, as a sigmoid's may be. */
const rounding = 1e-3;
const least = 0.1;

/** What differs between goodnet's answers and a loader's, in a few words; null where nothing does. Images that either finds tied are passed over. */
export function difference(ours: Answers, { classes, scores = [], tied = [], failed, loaded }: Loaded): string | null {
  if (loaded === true) return failed ?? 'it cannot be compared';
  if (classes === undefined) return null;
  const passed = new Set([...ours.tied, ...tied]);
  const others = ours.classes.filter((one, i) => one !== classes[i] && !passed.has(i));
  if (others.length > 0) return `${others.length} of ${classes.length} classes differ`;
  if (ours.scores.length !== scores.length) return `${ours.scores.length} and ${scores.length} scores`;
  const largest = Math.max(least, ...ours.scores.map(Math.abs), ...scores.map(Math.abs));
  const gap = Math.max(...ours.scores.map((score, i) => Math.abs(score - scores[i]!)));
  return gap > rounding * largest ? `the same classes, scores up to ${gap.toPrecision(2)} apart` : null;
}

/** How many images are passed over because their best scores are tied. */
export const tiedImages = (ours: Answers, { classes, tied = [] }: Loaded): number =>
  classes === undefined ? 0 : new Set([...ours.tied, ...tied]).size;
