import type { SplitFiles, StampSetting } from './config.ts';
import { type DataFormat, type Dataset, openDataset, stampDataset } from './data/dataset.ts';
import type { DataPlace } from './data/source.ts';
import type { Split } from './defense/sweep.ts';
import type { Network } from './engine/network.ts';
import { Shard } from './engine/shard.ts';
import { failure } from './errors.ts';
import type { PinnedFile } from './files.ts';
import type { Model } from './keras/model.ts';

/** Opens and checks every file of a split, and sets it up in front of the network. Closes what is open if one of them is refused. */
export async function openSplit(files: SplitFiles, place: DataPlace, format: DataFormat, model: Model, network: Network): Promise<Split> {
  const opened: Dataset[] = [];
  const open = async (images: PinnedFile | StampSetting): Promise<Shard> => {
    const dataset = 'trigger' in images ? await stampDataset(opened[0]!, images, format, model, place) : await openDataset(images, format, model, place);
    opened.push(dataset);
    return new Shard(network, dataset);
  };
  try {
    const clean = await open(files.clean);
    const [first] = clean.data.labels;
    if (clean.data.labels.every((label) => label === first)) throw failure('data-one-class', files.clean.file, { label: first! });
    const attacks = new Map<string, Shard>();
    for (const [name, images] of files.attacks) attacks.set(name, await open(images));
    return { clean, attacks };
  } catch (error) {
    opened.forEach((dataset) => dataset.close());
    throw error;
  }
}
