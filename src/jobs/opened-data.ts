import { allOf } from '../data/all-of.ts';
import type { SplitData } from '../data/splits.ts';
import type { DataInput } from '../data/stored.ts';
import type { Evaluator, Load, Opened } from '../engine/evaluator.ts';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../engine/split.ts';
import { failure } from '../base/errors.ts';
import type { Model } from '../models/net.ts';
import type { SplitFiles } from '../settings/split-files.ts';

/** Opens the data of a split for a net. Throws GoodnetError for data that is refused. */
export type OpenSplit = (files: SplitFiles, model: Model) => Promise<SplitData>;

/** The data of some splits for one net: read once, and put in front of the net as often as that is cut in another way. Needs nothing of Node's. */
export class OpenedData {
  private readonly splits: SplitData[] = [];
  private readonly opened: Opened[] = [];

  constructor(
    private readonly files: readonly SplitFiles[],
    private readonly openSplit: OpenSplit,
    private readonly evaluator: Evaluator,
  ) {}

  /** The splits in front of a net, for sums and tallies of all images and answers of few. Throws GoodnetError for data that is refused. */
  async open(parts: Parts): Promise<Split[]> {
    const opened = await this.start(parts, { isCounted: true });
    this.opened.push(opened);
    return opened.splits;
  }

  /** The same for as long as `use` takes; `long` trainings or searches are made at once. */
  async during<T>(parts: Parts, long: number, use: (splits: Split[]) => Promise<T>): Promise<T> {
    const { splits, close } = await this.start(parts, { long });
    try {
      return await use(splits);
    } finally {
      await close();
    }
  }

  /** What was read, once its hashes are known to be of that. Throws `file-unreadable` where it changed meanwhile. */
  async inputs(): Promise<DataInput[]> {
    const inputs = this.splits.flatMap(allOf).flatMap((data) => data.inputs);
    return Promise.all(inputs.map(async (input) => ({ ...input, sha256: await input.sha256 })));
  }

  private async start(parts: Parts, load: Load): Promise<Opened> {
    for (const files of this.files.slice(this.splits.length))
      this.splits.push(inSeveralClasses(await this.openSplit(files, parts.model)));
    return this.evaluator.open(parts, [...this.splits], load);
  }

  /** Releases all that is held. */
  async close(): Promise<void> {
    try {
      for (const { close } of this.opened.splice(0)) await close();
    } finally {
      this.splits
        .splice(0)
        .flatMap(allOf)
        .forEach((data) => data.close());
    }
  }
}

/** Images of one class alone say nothing of accuracy: labels of another kind were stored. Throws `data-one-class`. */
function inSeveralClasses(split: SplitData): SplitData {
  const [first] = split.clean.labels;
  if (split.clean.labels.every((label) => label === first))
    throw failure('data-one-class', split.files.clean.file, { label: first! });
  return split;
}
