import type { SplitFiles, StampSetting } from './config.ts';
import { type DataFormat, type Dataset, openDataset, stampDataset } from './data/dataset.ts';
import type { DataPlace } from './data/source.ts';
import type { Split } from './defense/sweep.ts';
import type { Network } from './engine/network.ts';
import { Shard } from './engine/shard.ts';
import { failure } from './errors.ts';
import type { PinnedFile } from './files.ts';
import type { Model } from './keras/model.ts';

/** Opens and checks all data of a split, stamps the triggers, and sets it up in front of the network. Closes what is open if any of it is refused. */
export async function openSplit(files: SplitFiles, place: DataPlace, format: DataFormat, model: Model, network: Network): Promise<Split> {
  const opened: Dataset[] = [];
  const shard = async (open: Promise<Dataset>): Promise<Shard> => {
    const dataset = await open;
    opened.push(dataset);
    return new Shard(network, dataset);
  };
  const read = (file: PinnedFile): Promise<Dataset> => openDataset(file, format, model, place);
  try {
    const clean = await shard(read(files.clean));
    const { stored, labels } = clean.data;
    if (stored.isFolder && new Set(labels).size === 1) throw failure('folder-one-class', stored.file, { label: labels[0]! });
    const poisoned = (images: PinnedFile | StampSetting): Promise<Dataset> => ('trigger' in images ? stampDataset(clean.data, images, format, model, place) : read(images));
    const attacks = new Map<string, Shard>();
    for (const [name, images] of files.attacks) attacks.set(name, await shard(poisoned(images)));
    return { clean, attacks };
  } catch (error) {
    opened.forEach((dataset) => dataset.close());
    throw error;
  }
}
