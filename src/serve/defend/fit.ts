import { failure } from '../../base/errors.ts';
import { allOf } from '../../data/all-of.ts';
import type { SplitData } from '../../data/splits.ts';
import { chooseTarget } from '../../defense/pruning/default-layer.ts';
import { chunkSize } from '../../engine/chunks.ts';
import { livingBytesAnImage, operationsAnImage } from '../../engine/cost.ts';
import { batchImages } from '../../engine/network.ts';
import { type Parts, splitNet } from '../../engine/parts.ts';
import type { Model } from '../../models/net.ts';
import type { Config } from '../../settings/config.ts';

/** What one job may ask of a thread that nobody stops: more than ten times what the lab's net and images take. */
const mostOperations = 2 ** 44;

/** What libhdf5 has of memory once it has read the files of a job, and keeps. */
export const hdf5Bytes = 3 * 2 ** 23;

/** A job as it was read: `readsHdf5` says whether libhdf5 had part in that. */
export interface ReadJob {
  model: Model;
  splits: readonly SplitData[];
  readsHdf5: boolean;
}

/** Throws `memory`, with the estimate, for a job that takes more than there is, and `defend-unfit` for one that takes too long. */
export function checkFit({ model, splits, readsHdf5 }: ReadJob, config: Config, most: number): void {
  const parts = splitNet(model, chooseTarget(model, config).target.cut);
  const images = splits.flatMap(allOf).reduce((sum, { count }) => sum + count, 0);
  const operations = images * operationsAnImage(parts);
  if (operations > mostOperations)
    throw failure('defend-unfit', 'request', {
      cause: `asks for ${operations} operations, at most ${mostOperations} are done`,
      fix: 'send fewer images, or run `goodnet defend`',
    });
  const bytes = jobBytes(parts, splits) + (readsHdf5 ? hdf5Bytes : 0);
  if (bytes > most) throw failure('memory', 'request', { what: 'its job', bytes, most });
}

/**
 * Bytes of memory that a job takes beside its request, about: images as they are stored, weights twice, the features
 * of clean images that wait for the sweep, one chunk, and what is computed at once.
 */
function jobBytes(parts: Parts, splits: readonly SplitData[]): number {
  const datasets = splits.flatMap(allOf);
  const sum = (bytes: readonly number[]): number => bytes.reduce((a, b) => a + b, 0);
  const stored = datasets.map(({ stored: { data } }) => data.shape[0]! * data.rowBytes);
  const layers = [...new Set(parts.model.calls.map(({ layer }) => layer))];
  const weights = layers.flatMap((layer) => layer.weights).map(({ values }) => 2 * values.byteLength);
  const features = (splits[0]?.clean.count ?? 0) * parts.featureBytes;
  const chunks = datasets.map(
    (data) => Math.min(data.count, chunkSize(parts, data)) * (data.imageBytes + parts.featureBytes),
  );
  return sum(stored) + sum(weights) + features + Math.max(0, ...chunks) + batchImages * livingBytesAnImage(parts);
}
