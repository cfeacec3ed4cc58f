import { type Pixels, pixelsOf, shownRange } from '../../data/pixels.ts';
import { thumbnail } from '../../data/thumbnail.ts';
import { type Answer, sampledAnswers } from '../../engine/sampled-answers.ts';
import type { Net, ShownTrigger } from '../../defense/defense.ts';
import type { Chunks } from '../../engine/chunks.ts';
import type { Split } from '../../engine/split.ts';
import type { GateResult } from '../../verdict/gate.ts';
import { maskPicture, stampedPicture } from '../../data/shown-trigger.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Size } from '../../data/resize.ts';
import type { Gallery, GalleryPicture, GallerySet, TriggerPicture } from '../../report/record/gallery.ts';

const picturesPerSet = 6,
  differingPerSet = 4,
  mostAttacks = 8;

/** What is shown of a net: on which split, and the triggers that were found. */
interface Shown extends Pick<GateResult, 'judgedOn'> {
  triggers: readonly ShownTrigger[];
}

/** A few clean images and a few of each attack, with what the original and `net` say of them: the same for the same data. */
export async function pickGallery(
  original: Net,
  net: Net,
  { judgedOn, triggers }: Shown,
  signal?: AbortSignal,
): Promise<Gallery> {
  const [before, split] = [await splitOf(original, judgedOn), await splitOf(net, judgedOn)];
  const datasets: [string | null, Chunks][] = [[null, split.clean], ...[...split.attacks].slice(0, mostAttacks)];
  const chosen: { attack: string | null; data: Chunks['data']; all: Answer[]; shown: Answer[]; pixels: Pixels[] }[] =
    [];
  for (const [attack, chunks] of datasets) {
    const { data } = chunks;
    const whole = attack === null ? before.clean : before.attacks.get(attack)!;
    const all = await sampledAnswers(whole, chunks, net.off, signal);
    const shown = choose(all);
    chosen.push({ attack, data, all, shown, pixels: shown.map(({ image }) => pixelsOf(data.stored, image)) });
  }
  const range = shownRange(
    chosen.flatMap(({ pixels }) => pixels),
    split.clean.data.stored.byteUnits,
  );
  const sets = chosen.map(({ attack, data, all, shown, pixels }): GallerySet => ({
    attack,
    images: data.count,
    looked: all.length,
    differing: all.filter(differs).length,
    pictures: shown.map(({ image, original, pruned }, i): GalleryPicture => ({
      image,
      label: data.labels[image]!,
      trueLabel: attack === null ? data.labels[image]! : (data.trueLabels?.[image] ?? null),
      original,
      pruned,
      png: Buffer.from(thumbnail(pixels[i]!, range)).toString('base64'),
    })),
  }));
  return {
    split: judgedOn,
    channelsPruned: net.off.length,
    ...(net.stage !== undefined && { stage: net.stage }),
    ...(triggers.length > 0 && { triggers: triggers.map((trigger) => pictureOf(trigger, before.clean.data)) }),
    sets,
    attacksLeftOut: split.attacks.size - (sets.length - 1),
  };
}

/** A trigger on the first image of another class. */
function pictureOf(trigger: ShownTrigger, data: Dataset): TriggerPicture {
  const { labels, stored } = data;
  const { round, target, mask, range } = trigger;
  const other = Math.max(
    labels.findIndex((label) => label !== target),
    0,
  );
  const [, ...shape] = stored.data.shape;
  const size: Size = stored.layout === 'NCHW' ? [shape[1]!, shape[2]!] : [shape[0]!, shape[1]!];
  const inText = (png: Uint8Array): string => Buffer.from(png).toString('base64');
  return {
    round,
    target,
    mask: inText(maskPicture(mask, size)),
    stamped: inText(stampedPicture(data.images(other, other + 1), trigger, size, [range.least, range.most])),
  };
}

const splitOf = async ({ opened }: Net, judgedOn: GateResult['judgedOn']): Promise<Split> => {
  const splits = await opened();
  return splits[judgedOn] ?? splits.validation;
};

const differs = ({ original, pruned }: Answer): boolean => original !== pruned;

/** Images on which the nets differ first, evenly spread over those looked at, then others. */
function choose(all: readonly Answer[]): Answer[] {
  const [different, same] = [all.filter(differs), all.filter((answer) => !differs(answer))];
  const first = Math.min(different.length, Math.max(differingPerSet, picturesPerSet - same.length));
  return [...evenly(different, first), ...evenly(same, Math.min(same.length, picturesPerSet - first))];
}

const evenly = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
