import type { SplitFiles } from '../settings/split-files.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../engine/split.ts';
import type { Evaluator } from '../engine/evaluator.ts';
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
    /** The splits in front of a net. Throws GoodnetError for data that is refused. */
    open(parts: Parts): Promise<Split[]>;
    /** Releases all that is held. */
    close(): Promise<void>;
}
