import type { ImageFile, SplitFiles, StampSetting } from '../settings/split-files.ts';
import { type DataFormat, type Dataset, openDataset, stampDataset } from './dataset.ts';
import type { DataPlace } from './stored.ts';
import type { Model } from '../models/net.ts';

/** The open data of one split, and how to open the same in another thread. */
export interface SplitData {
  files: SplitFiles;
  format: DataFormat;
  clean: Dataset;
  attacks: Map<string, Dataset>;
}

/** Opens every file of a split and checks it against the net. Closes what is open if one of them is refused. */
export async function openSplit(
  files: SplitFiles,
  place: DataPlace,
  format: DataFormat,
  model: Model,
): Promise<SplitData> {
  const opened: Dataset[] = [];
  const open = async (images: ImageFile | StampSetting): Promise<Dataset> => {
    const dataset =
      'trigger' in images
        ? await stampDataset(opened[0]!, images, format, model, place)
        : await openDataset(images, format, model, place);
    opened.push(dataset);
    return dataset;
  };
  try {
    const clean = await open(files.clean);
    const attacks = new Map<string, Dataset>();
    for (const [name, images] of files.attacks) attacks.set(name, await open(images));
    return { files: await heldBy(files, clean, attacks), format, clean, attacks };
  } catch (error) {
    opened.forEach((dataset) => dataset.close());
    throw error;
  }
}

/** The same files by their open descriptors, or else their hashes: whoever opens them again reads the same bytes, or none. */
async function heldBy(files: SplitFiles, clean: Dataset, attacks: ReadonlyMap<string, Dataset>): Promise<SplitFiles> {
  const pinnedBy = ({ inputs }: Dataset) =>
    Promise.all(inputs.map(async ({ file, sha256 }) => ({ file, sha256: await sha256 })));
  const same = async (file: ImageFile, data: Dataset): Promise<ImageFile> =>
    data.held === null ? { ...file, ...(await pinnedBy(data))[0]! } : { ...file, held: data.held };
  const held: SplitFiles = { clean: await same(files.clean, clean), attacks: [] };
  for (const [name, images] of files.attacks) {
    const data = attacks.get(name)!;
    if ('trigger' in images) {
      const [image, mask] = await pinnedBy(data);
      const trigger = { ...images.trigger, image: image!, ...(mask === undefined ? {} : { mask }) };
      held.attacks.push([name, { ...images, trigger }]);
    } else held.attacks.push([name, await same(images, data)]);
  }
  return held;
}
