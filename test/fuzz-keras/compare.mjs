// Whether goodnet and a real Keras say the same of the images.

/** Scores may differ by rounding, and by this share of the largest of them. */
const rounding = 1e-3;

/** What differs between goodnet's answers and a loader's, in a few words; null where nothing does. Images that either finds tied are passed over. */
export function difference(ours, theirs) {
  if (theirs.loaded) return theirs.failed;
  if (theirs.failed !== undefined || theirs.ended !== undefined) return null;
  const tied = new Set([...ours.tied, ...theirs.tied]);
  const others = ours.classes.flatMap((one, i) => (one === theirs.classes[i] || tied.has(i) ? [] : [i]));
  if (others.length > 0) return `${others.length} of ${ours.classes.length} classes differ`;
  if (ours.scores.length !== theirs.scores.length) return `${ours.scores.length} and ${theirs.scores.length} scores`;
  const largest = Math.max(...ours.scores.map(Math.abs), ...theirs.scores.map(Math.abs));
  const gap = Math.max(...ours.scores.map((score, i) => Math.abs(score - theirs.scores[i])));
  return gap > rounding * largest ? `the same classes, scores up to ${gap.toPrecision(2)} apart` : null;
}

/** Images passed over because their best scores are tied. */
export const tiedImages = (ours, theirs) => (theirs.classes === undefined ? 0 : new Set([...ours.tied, ...theirs.tied]).size);
