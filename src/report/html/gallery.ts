import { code } from '../escape.ts';
import { channelsText } from '../../verdict/metrics.ts';
import type { Gallery, GalleryPicture, GallerySet, TriggerPicture } from '../record/gallery.ts';
import { escaped } from './elements.ts';

/** Bytes of all pictures of a gallery inside a page. */
export const galleryBytes = ({ sets, triggers = [] }: Gallery): number =>
  [...sets.flatMap(({ pictures }) => pictures.map(({ png }) => png)), ...triggers.flatMap(pngs)].reduce(
    (sum, { length }) => sum + length,
    0,
  );

const pngs = ({ mask, stamped }: TriggerPicture): string[] => [mask, stamped];

/** The triggers that were unlearned, each as its mask and on an image; before them an image of each attack. */
export const triggerPictures = ({ sets, triggers = [] }: Gallery): string =>
  `<ul class="pictures">\n${sets
    .flatMap(({ attack, pictures: [first] }) =>
      attack === null || first === undefined
        ? []
        : [
            `<li><figure><img alt="an image poisoned by ${escaped(attack, 60)}" src="data:image/png;base64,${first.png}">` +
              `<figcaption>poisoned by ${code(attack, 24)}: class ${first.label}</figcaption></figure></li>`,
          ],
    )
    .concat(
      triggers.map(
        ({ round, target, mask, stamped }) =>
          `<li><figure><img alt="mask of the trigger for class ${target}, round ${round}" src="data:image/png;base64,${mask}">` +
          `<img alt="an image with the trigger for class ${target}, round ${round}" src="data:image/png;base64,${stamped}">` +
          `<figcaption>class ${target}, round ${round}</figcaption></figure></li>`,
      ),
    )
    .join('\n')}\n</ul>`;

/** The pictures as figures with the answers below. */
export function gallery({ split, channelsPruned, stage, sets, attacksLeftOut }: Gallery): string {
  const repaired = stage ?? 'pruned';
  const nets =
    stage === undefined
      ? `original and pruned net (${channelsText(channelsPruned)} pruned)`
      : `original net and ${stage}`;
  return [
    `<p>Images of the ${split} split, first those on which ${nets} differ: those the GoodNet calls “backdoored”. ` +
      `✓ is the true class, ⚑ the class that the attacker wants.${attacksLeftOut > 0 ? ` ${attacksLeftOut} more attacks are not shown.` : ''}</p>`,
    ...sets.map((set) => pictureSet(set, split, repaired)),
  ].join('\n');
}

function pictureSet(
  { attack, images, looked, differing, pictures }: GallerySet,
  split: string,
  repaired: string,
): string {
  const name = attack === null ? 'Clean images' : `Poisoned by ${code(attack, 60)}`;
  const seen = looked === images ? `${images} images` : `the ${looked} images looked at, out of ${images}`;
  return `<h4>${name}</h4>\n<p class="quiet">The two nets differ on ${differing} of ${seen}.</p>\n<ul class="pictures">\n${pictures.map((picture) => figure(picture, attack, split, repaired)).join('\n')}\n</ul>`;
}

function figure(
  { image, label, trueLabel, original, pruned, png }: GalleryPicture,
  attack: string | null,
  split: string,
  repaired: string,
): string {
  const truth = attack === null ? label : trueLabel;
  const answer = (name: string, value: number | null): string => {
    const mark =
      value === null
        ? ''
        : value === truth
          ? ' <span class="good">✓</span>'
          : attack !== null && value === label
            ? ' <span class="bad">⚑</span>'
            : '';
    return `<dt>${name}</dt><dd>${value === null ? 'backdoored' : value}${mark}</dd>`;
  };
  const what =
    attack === null ? `clean ${split} image ${image}` : `${split} image ${image} poisoned by ${escaped(attack, 60)}`;
  const known = [
    ...(truth === null ? [] : [`class ${truth}`]),
    ...(attack === null ? [] : [`attacker’s class ${label}`]),
  ].join(', ');
  return `<li><figure><img alt="${what}, ${known}" src="data:image/png;base64,${png}"><figcaption>image ${image}: ${known}<dl>${answer('original', original)}${answer(repaired, pruned)}${answer('GoodNet', original === pruned ? pruned : null)}</dl></figcaption></figure></li>`;
}
