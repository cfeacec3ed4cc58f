import type { Chunks, NearTie, Piece, Progress } from '../engine/chunks.ts';
import { streamOf } from '../engine/rounding/salt.ts';
import type { Split } from '../engine/split.ts';

/** How many images of a dataset a net gives another class, or may give it, where its sums are rounded otherwise. */
export interface Rounded {
  /** Which net: the original with so many channels pruned. */
  channelsPruned: number;
  /** What a net is called that was trained besides. */
  stage?: string;
  split: 'validation' | 'test';
  /** Null for the clean images. */
  attack: string | null;
  images: number;
  changed: number;
}

/** A net that is rounded otherwise: the splits that it stands in front of, and the channels that are off. */
export interface RoundedNet extends Pick<Rounded, 'channelsPruned' | 'stage'> {
  validation: Split;
  test: Split | null;
  off: Int32Array;
}

/** Who may end the looking, and who waits for it: told how many images are looked at, and then of each that was. */
export interface Watching {
  signal?: AbortSignal | undefined;
  progress?: (images: number) => Progress;
}

/** How many images of a dataset are looked at; and of the attacks on whose images a net would pass if nothing is found. */
export const looked = 48,
  lookedToPass = 96;

/** Where images that seem to hinge on rounding are no more than so many, or one of so many, chance may have it so. */
const few = 3,
  fewOf = 16;

/** How often these are drawn again, and how often they hinge then at least. */
const draws = 15,
  leastHits = 7;

/** A trial is summed in one other order: there are enough for all of them. */
const imagesPerTrial = 6;

/**
 * Every net on up to 48 images of every dataset, and on up to 96 of each attack on the split `passesOn`. `sha256` is the
 * model file's: which images are looked at follows from it, so that who makes a net can only try for others. Throws the
 * reason of a signal that is aborted.
 */
export async function roundOtherwise(
  nets: readonly RoundedNet[],
  sha256: string,
  passesOn: Rounded['split'] | null,
  { signal, progress = () => () => undefined }: Watching = {},
): Promise<Rounded[]> {
  const found: Rounded[][] = nets.map(() => []);
  const looks = bySplits(nets).flatMap(([alike, net]) =>
    datasetsOf(net).map(({ split, attack, chunks }) => {
      const most = split === passesOn && attack !== null ? lookedToPass : looked;
      const images = drawn(chunks.data.count, most, sha256);
      return { alike, split, attack, chunks, images, trials: dealt(images, most / imagesPerTrial) };
    }),
  );
  const told = progress(looks.reduce((sum, { images }) => sum + images.length, 0));
  for (const { alike, split, attack, chunks, images, trials } of looks) {
    const offs = alike.map((net) => nets[net]!.off);
    const changed = await chunks.changed(trials, offs, 0, told);
    for (const [i, net] of alike.entries()) {
      const { channelsPruned, stage, off } = nets[net]!;
      const near = changed[i]!.map(({ image }) => image);
      const mayBeChance = near.length > 0 && near.length <= Math.max(few, images.length / fewOf);
      const hinging = mayBeChance ? await drawnAgain(chunks, trials, off, near, signal) : near.length;
      const which = { channelsPruned, ...(stage !== undefined && { stage }) };
      found[net]!.push({ ...which, split, attack, images: images.length, changed: hinging });
    }
    signal?.throwIfAborted();
  }
  return found.flat();
}

const datasetsOf = ({ validation, test }: RoundedNet) =>
  [['validation', validation] as const, ['test', test] as const].flatMap(([split, opened]) =>
    opened === null
      ? []
      : [[null, opened.clean] as const, ...opened.attacks].map(([attack, chunks]) => ({ split, attack, chunks })),
  );

/**
 * How many of the images that hinge on rounding as they are drawn first, or once more, do so in a good part of other
 * draws, too. Errors drawn by Cauchy's distribution are large now and then, and where the two best scores of an image
 * lie near each other, one of a few draws parts them; where rounding decides, most do.
 */
async function drawnAgain(
  chunks: Chunks,
  trials: readonly Piece[][],
  off: Int32Array,
  near: readonly number[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const found = async (own: readonly Piece[][], draw: number): Promise<number[]> => {
    const [ties] = await chunks.changed(own, [off], draw);
    signal?.throwIfAborted();
    return ties!.map(({ image }) => image);
  };
  const hits = new Map([...near, ...(await found(trials, 1))].map((image) => [image, 0]));
  for (let left = draws; left > 0; left--) {
    const open = [...hits].filter(([, count]) => count < leastHits && count + left >= leastHits);
    if (open.length === 0) break;
    const images = new Set(open.map(([image]) => image));
    const own = trials.map((pieces) => pieces.filter(([image]) => images.has(image)));
    for (const image of await found(own, 1 + left)) hits.set(image, hits.get(image)! + 1);
  }
  return [...hits.values()].filter((count) => count >= leastHits).length;
}

/** All images of a dataset whose class hinges on rounding, with each list of `offs` pruned. */
export const nearTies = (chunks: Chunks, offs: readonly Int32Array[]): Promise<NearTie[][]> =>
  chunks.changed(
    dealt(
      Array.from({ length: chunks.data.count }, (_, i) => i),
      looked / imagesPerTrial,
    ),
    offs,
  );

/** Nets, by number, that are the same net in front of the same data, but for the channels that are off. */
function bySplits(nets: readonly RoundedNet[]): [alike: number[], net: RoundedNet][] {
  const groups = new Map<Split, number[]>();
  nets.forEach(({ validation }, i) => groups.set(validation, [...(groups.get(validation) ?? []), i]));
  return [...groups.values()].map((alike) => [alike, nets[alike[0]!]!]);
}

/** One image of each of `most` equal parts of a dataset; all images where there are no more. */
function drawn(count: number, most: number, sha256: string): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const next = streamOf(sha256, 0);
  return Array.from({ length: most }, (_, part) => {
    const [first, end] = [part, part + 1].map((each) => Math.floor((each * count) / most)) as [number, number];
    return first + Math.floor((next() / 2 ** 32) * (end - first));
  });
}

/** Each trial has images of all parts. */
const dealt = (images: readonly number[], trials: number): Piece[][] =>
  Array.from({ length: Math.min(trials, images.length) }, (_, trial) =>
    images.filter((__, i) => i % trials === trial).map((image) => [image, image + 1] as const),
  );
