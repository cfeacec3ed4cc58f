import path from 'node:path';
import { sizeOf } from '../base/files.ts';
import type { SplitFiles } from '../settings/split-files.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import { openSplit } from '../data/splits.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { OpenedData } from './opened-data.ts';

/** Bytes of the data files of some splits, as far as they are there: they are opened later. */
export const dataBytes = (splits: readonly SplitFiles[], cwd: string): number =>
  splits
    .flatMap(({ clean, attacks }) => [clean, ...attacks.flatMap(([, images]) => ('file' in images ? [images] : []))])
    .reduce((sum, { file }) => sum + sizeOf(path.resolve(cwd, file)), 0);

/** The data files of some splits for one net. */
export class NetData extends OpenedData {
  constructor(files: readonly SplitFiles[], format: DataFormat, place: DataPlace & { evaluator: Evaluator }) {
    super(files, (split, model) => openSplit(split, place, format, model), place.evaluator);
  }
}
