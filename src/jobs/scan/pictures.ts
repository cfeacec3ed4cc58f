import { pictureOf, pngOf, shownIn, stampScale, type TriggerPicture } from '../../data/trigger-picture.ts';
import { type SheetCell, triggerSheet } from '../../data/trigger-sheet.ts';
import { pixelsOf } from '../../data/pixels.ts';
import { type ClassTrigger, works } from '../../defense/reversal/search.ts';
import type { Chunks } from '../../engine/chunks.ts';
import { splitNet } from '../../engine/parts.ts';
import type { Model } from '../../models/net.ts';
import type { Output } from '../../output/output.ts';
import type { ScannedTrigger, ScanPictures, StampedImage } from '../../report/record/scan.ts';
import { dataFormat } from '../../settings/data-format.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import type { ImageFile } from '../../settings/split-files.ts';
import { NetData } from '../open-data.ts';
import { progressOf } from '../progress.ts';
import { triggersName } from '../scanned-triggers.ts';
import { attackOf, attacksText } from './attacks.ts';
import type { ScanPlace } from './net.ts';

/** Triggers that are pictured, the first, and images that each is shown on. */
const mostPictured = 10,
  imagesShown = 6;

const [sheetName, attacksName] = ['triggers.png', 'attacks.yml'];

/** The files of a net that are called the same for each. */
export const netFiles = [sheetName, attacksName, triggersName];

/** What pictures are made of. */
interface Subject {
  model: Model;
  triggers: readonly ClassTrigger[];
  /** Black and white of images as they are stored. */
  range: readonly [number, number];
  clean: ImageFile;
  folder: string;
  settings: ResolvedConfig;
  output: Output;
  place: ScanPlace;
}

/** What was staged of a net. `triggers` are those of the first triggers, in their order. */
export interface Drawn {
  triggers: NonNullable<ScannedTrigger['picture']>[];
  sheet: string;
  attacks: string | null;
  stamped: boolean;
  pictures: ScanPictures;
}

/** A trigger with its pictures and the files that they are in. */
interface Pictured {
  target: number;
  isWorking: boolean;
  picture: TriggerPicture;
  files: { pattern: string; mask: string };
}

/** Stages the pictures of the first triggers, and a sheet and a config of them; what the net answers with them on images is computed from those very files. */
export async function picture(subject: Subject): Promise<Drawn> {
  const { model, triggers, range, folder, settings, output } = subject;
  const [low, white] = range;
  const shown = [Math.min(low, 0), white] as const;
  const [rows, columns, channels] = model.inputShape as [number, number, number];
  const pictured = triggers.slice(0, mostPictured).map((trigger): Pictured => {
    const picture = pictureOf(trigger, [rows, columns], dataFormat(settings.config), shown);
    const fileOf = (part: 'pattern' | 'mask') =>
      output.stage(`${folder}/trigger_${trigger.target}_${part}.png`, pngOf(picture[part])).path;
    const files = { pattern: fileOf('pattern'), mask: fileOf('mask') };
    return { target: trigger.target, isWorking: works(trigger), picture, files };
  });
  const scale = stampScale(shown, channels);
  const stamped = scale === null ? null : await stampAll(pictured, scale, shown, subject);
  const sheet = triggerSheet(pictured.map((each, i) => cellsOf(each, stamped?.[i]?.images ?? [])));
  const working = pictured.filter(({ isWorking }) => isWorking);
  const hasConfig = scale !== null && working.length > 0;
  if (hasConfig) output.stage(`${folder}/${attacksName}`, attacksText(subject, scale, working));
  const base64 = (part: TriggerPicture['mask']): string => Buffer.from(pngOf(part)).toString('base64');
  return {
    triggers: pictured.map(({ files }, i) => ({ ...files, hits: stamped?.[i]?.hits ?? null })),
    sheet: output.stage(`${folder}/${sheetName}`, sheet).path,
    attacks: hasConfig ? `${folder}/${attacksName}` : null,
    stamped: scale !== null,
    pictures: pictured.map(({ target, picture }, i) => ({
      target,
      pattern: base64(picture.pattern),
      mask: base64(picture.mask),
      images: (stamped?.[i]?.images ?? []).map(({ pixels, ...image }) => ({ ...image, png: base64(pixels) })),
    })),
  };
}

/** An image with a trigger on it, in bytes. */
interface Shown extends Omit<StampedImage, 'png'> {
  pixels: TriggerPicture['mask'];
}

/** What the net answers with each trigger on the clean images of other classes, as `attacks` of a config would have it. */
async function stampAll(
  pictured: readonly Pictured[],
  scale: number | string,
  shown: readonly [number, number],
  { model, clean, settings: { config }, output, place }: Subject,
): Promise<{ hits: number; images: Shown[] }[]> {
  const attacks = pictured.map(({ target, files }): [string, ReturnType<typeof attackOf>] => [
    String(target),
    attackOf(target, { pattern: output.staged(files.pattern), mask: output.staged(files.mask) }, scale),
  ]);
  const data = new NetData([{ clean, attacks }], dataFormat(config), place);
  try {
    return await data.during(splitNet(model, null), 0, async ([split]) => {
      const chunks = [...split!.attacks.values()];
      const progress = progressOf(model.file, place)(
        'stamping triggers',
        chunks.map((each) => each.data),
      );
      const found = [];
      for (const [i, each] of chunks.entries())
        found.push(tallied(await each.classes(progress), each, pictured[i]!.target, shown));
      return found;
    });
  } finally {
    await data.close();
  }
}

/** How many stamped images are given the class, and a few of them spread over all. */
function tallied(answers: Int32Array, { data }: Chunks, target: number, range: readonly [number, number]) {
  const few = Math.min(imagesShown, data.count);
  return {
    hits: answers.filter((answer) => answer === target).length,
    images: Array.from({ length: few }, (_, i): Shown => {
      const image = Math.floor((i * data.count) / few);
      const pixels = shownIn(pixelsOf(data.stored, image), range);
      return { label: data.trueLabels![image]!, answer: answers[image]!, pixels };
    }),
  };
}

/** A row of the sheet: the pattern, the mask, and images with the trigger on them. */
const cellsOf = ({ target, picture: { pattern, mask } }: Pictured, images: readonly Shown[]): SheetCell[] => [
  { picture: pattern, caption: String(target), marked: false },
  { picture: mask, caption: '', marked: false },
  ...images.map(({ pixels, label, answer }) => ({
    picture: pixels,
    caption: `${label}>${answer}`,
    marked: answer === target,
  })),
];
