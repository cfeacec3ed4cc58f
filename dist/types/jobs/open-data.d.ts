import type { SplitFiles } from '../settings/split-files.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { OpenedData } from './opened-data.ts';
/** Bytes of the data files of some splits, as far as they are there: they are opened later. */
export declare const dataBytes: (splits: readonly SplitFiles[], cwd: string) => number;
/** The data files of some splits for one net. */
export declare class NetData extends OpenedData {
    constructor(files: readonly SplitFiles[], format: DataFormat, place: DataPlace & {
        evaluator: Evaluator;
    });
}
