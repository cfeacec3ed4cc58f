import type { SplitFiles } from './config.ts';
import { type DataFormat, type Dataset, openDataset } from './data/dataset.ts';
import type { Split } from './defense/sweep.ts';
import type { Network } from './engine/network.ts';
import { Shard } from './engine/shard.ts';
import type { PinnedFile } from './files.ts';
import type { Model } from './keras/model.ts';

/** Opens and checks every file of a split, and sets it up in front of the network. Closes what is open if one of them is refused. */
export async function openSplit(files: SplitFiles, resolve: (file: string) => string, format: DataFormat, model: Model, network: Network): Promise<Split> {
  const opened: Dataset[] = [];
  const open = async (file: PinnedFile): Promise<Shard> => {
    const dataset = await openDataset(resolve(file.file), file, format, model);
    opened.push(dataset);
    return new Shard(network, dataset);
  };
  try {
    const clean = await open(files.clean);
    const attacks = new Map<string, Shard>();
    for (const [name, file] of files.attacks) attacks.set(name, await open(file));
    return { clean, attacks };
  } catch (error) {
    opened.forEach((dataset) => dataset.close());
    throw error;
  }
}
