import type { SplitFiles } from '../settings/split-files.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataInput, DataPlace } from '../data/stored.ts';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../engine/split.ts';
import type { Evaluator } from '../engine/evaluator.ts';
/** Bytes of the data files of some splits, as far as they are there: they are opened later. */
export declare const dataBytes: (splits: readonly SplitFiles[], cwd: string) => number;
/** The data of some splits for one net: read once, and put in front of the net as often as that is cut in another way. */
export declare class NetData {
    private readonly files;
    private readonly format;
    private readonly place;
    private readonly splits;
    private readonly opened;
    constructor(files: readonly SplitFiles[], format: DataFormat, place: DataPlace & {
        evaluator: Evaluator;
    });
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
