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
    return { files: heldBy(files, clean, attacks), format, clean, attacks };
  } catch (error) {
    opened.forEach((dataset) => dataset.close());
    throw error;
  }
}

/** The same files by their open descriptors and hashes: whoever opens them again reads the same bytes, or none. */
function heldBy(files: SplitFiles, clean: Dataset, attacks: ReadonlyMap<string, Dataset>): SplitFiles {
  const same = (file: ImageFile, { inputs, held }: Dataset): ImageFile => ({
    ...file,
    sha256: inputs[0]!.sha256,
    ...(held === null ? {} : { held }),
  });
  return {
    clean: same(files.clean, clean),
    attacks: files.attacks.map(([name, images]) => {
      const data = attacks.get(name)!;
      if (!('trigger' in images)) return [name, same(images, data)];
      const [image, mask] = data.inputs.map(({ file, sha256 }) => ({ file, sha256 }));
      return [
        name,
        { ...images, trigger: { ...images.trigger, image: image!, ...(mask === undefined ? {} : { mask }) } },
      ];
    }),
  };
}
