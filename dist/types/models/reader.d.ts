import { GoodnetError } from '../base/errors.ts';
import { type HeldFile } from '../base/files.ts';
import { type ModelBytes, type ModelFile } from './keras/read-model.ts';
/** What this thread is to read: a model, or the arrays of an open HDF5 file. */
export type ReaderTask = {
    model: ModelBytes;
} | {
    data: OpenData;
    arrays: readonly string[];
};
/** A data file that is open in the process. */
export type OpenData = HeldFile & {
    name: string;
};
/** What it answers: the model, null for data that can be read, what is wrong with the file, or a bug. */
export type ReaderAnswer = {
    read: ModelFile | null;
} | {
    refused: Pick<GoodnetError, 'code' | 'subject' | 'reason' | 'hint'>;
} | {
    bug: string;
};
