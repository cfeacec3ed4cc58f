import path from 'node:path';
import { subset } from '../data/gather.ts';
import { readLabels } from '../data/labels.ts';
import { narrowed } from '../data/narrow.ts';
import type { ArrayNames } from '../data/arrays.ts';
import { openSource } from '../data/source.ts';
import { stratified } from '../data/stratify.ts';
import { failure } from '../base/errors.ts';
import { createDataFile } from '../data/write-data.ts';
import { NewFile } from '../output/new-file.ts';
import type { World } from './world.ts';

/** What to draw, and the file to write. */
export interface SampleOrder extends ArrayNames {
  file: string;
  images: number;
  /** 0..2^31-1 */
  seed: number;
  out: string;
}

/** A data file of some images of another. */
export interface Sample {
  path: string;
  bytes: number;
  images: number;
  /** Number of images it was drawn from. */
  of: number;
  classes: number;
  dtype: string;
}

/**
 * Writes some images of a data set, drawn so that the classes keep their shares, in the order in which they stand there: small enough to commit.
 * Numbers that are all integers 0..255 become uint8; the source's name and SHA-256 and the seed are written beside them. Throws GoodnetError.
 */
export async function sample(
  { file, images, seed, out, ...names }: SampleOrder,
  world: Pick<World, 'cwd' | 'assets' | 'signal'>,
): Promise<Sample> {
  const target = new NewFile(out, world.cwd);
  const source = await openSource({ file }, names, null, world);
  try {
    const of = source.data.shape[0] ?? 0;
    if (of === 0) throw failure('data-empty', file);
    if (images > of) throw failure('sample-size', file, { count: of, images });
    const [, columns = 1] = source.label.shape;
    const labels = readLabels(source.label, of, columns > 1 ? columns : 2 ** 31, false, file);
    const chosen = stratified(labels, images, seed);
    const data = await narrowed(subset(source.data, chosen), world.signal);
    const label = await narrowed(subset(source.label, chosen), world.signal);
    const trueLabel = source.trueLabel && (await narrowed(subset(source.trueLabel, chosen), world.signal));
    const content = await createDataFile(
      { [names.dataName]: data, [names.labelName]: label, ...(trueLabel && { true_label: trueLabel }) },
      { source: path.basename(file), source_sha256: (await source.sha256)!, seed },
      world.signal,
    );
    target.write(content);
    return { path: out, bytes: content.length, images, of, classes: new Set(labels).size, dtype: data.dtype };
  } finally {
    source.close();
  }
}
