import type { SplitFiles } from '../settings/config.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import type { Parts } from '../engine/parts.ts';
import type { Evaluator, Opened } from '../engine/evaluator.ts';
/** Opens the data of some splits and puts it in front of a net; all of it is released by `close`, or at once where some of it is refused. Throws GoodnetError. */
export declare function openData(parts: Parts, splits: readonly SplitFiles[], format: DataFormat, place: DataPlace & {
    evaluator: Evaluator;
}): Promise<Opened>;
