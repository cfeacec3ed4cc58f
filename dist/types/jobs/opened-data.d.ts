import type { SplitData } from '../data/splits.ts';
import type { DataInput } from '../data/stored.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../engine/split.ts';
import type { Model } from '../models/net.ts';
import type { SplitFiles } from '../settings/split-files.ts';
/** Opens the data of a split for a net. Throws GoodnetError for data that is refused. */
export type OpenSplit = (files: SplitFiles, model: Model) => Promise<SplitData>;
/** The data of some splits for one net: read once, and put in front of the net as often as that is cut in another way. Needs nothing of Node's. */
export declare class OpenedData {
    private readonly files;
    private readonly openSplit;
    private readonly evaluator;
    private readonly splits;
    private readonly opened;
    constructor(files: readonly SplitFiles[], openSplit: OpenSplit, evaluator: Evaluator);
    /** The splits in front of a net, for sums and tallies of all images and answers of few. Throws GoodnetError for data that is refused. */
    open(parts: Parts): Promise<Split[]>;
    /** The same for as long as `use` takes; `long` trainings or searches are made at once. */
    during<T>(parts: Parts, long: number, use: (splits: Split[]) => Promise<T>): Promise<T>;
    /** What was read, once its hashes are known to be of that. Throws `file-unreadable` where it changed meanwhile. */
    inputs(): Promise<DataInput[]>;
    private start;
    /** Releases all that is held. */
    close(): Promise<void>;
}
