import { breathe } from '../../base/breathe.ts';
import { type Config, dataFormat, pinned, scaleOf } from '../../settings/config.ts';
import { type DataFormat, type Dataset, openDataset } from '../../data/dataset.ts';
import type { Layout } from '../../data/layout.ts';
import type { DataPlace } from '../../data/stored.ts';
import { percent, wilsonInterval } from '../../verdict/metrics.ts';
import { splitNet } from '../../engine/parts.ts';
import { failure, GoodnetError } from '../../base/errors.ts';
import type { Model } from '../../models/keras/model.ts';
import { openThreads, type StartedNet, type Threads, type ThreadsPlace } from '../../engine/threads/threads.ts';

/** One way of turning stored pixels into the net's input: x * scale - mean, or what the settings say. */
export interface Preparation {
  layout: Layout;
  /** As a config has it: a number, or a fraction. */
  scale: number | string;
  mean: readonly number[];
  std: readonly number[];
  /** What it makes of the pixels: `as stored`, `as set`, `0..1`, `-1..1` or `0..255`. */
  range: string;
}

/** A preparation and what the net answered on it. Accuracy in percent, on `images` images. */
export interface Trial extends Preparation {
  correct: number;
  images: number;
  accuracy: number;
}

/**
 * What the trials say. `right`: one preparation fits best; `close`: others that cannot be told from it; `set`: only what the settings say
 * was tried; `none`: no trial is better than
 * answering the most frequent class always.
 */
export interface Probe {
  trials: Trial[];
  /** Index of the most accurate trial. */
  best: number;
  /** Indices of trials inside the best one's 95% interval. */
  close: number[];
  verdict: 'right' | 'close' | 'set' | 'none';
}

const probeImages = 256;

/** Scores up to 256 clean images, spread over the file, at the usual pixel ranges and in each layout that fits; checks that the poisoned images fit the net too. Throws GoodnetError. */
export async function probe(model: Model, config: Config, place: DataPlace & ThreadsPlace): Promise<Probe> {
  const threads = await openThreads({ engine: config.engine, workers: 1 }, place);
  try {
    return await probeOn(threads, model, config, place);
  } finally {
    await threads.stop();
  }
}

async function probeOn(threads: Threads, model: Model, config: Config, place: DataPlace): Promise<Probe> {
  for (const { validation } of Object.values(config.attacks)) {
    if (validation !== undefined) (await openDataset(pinned(validation), dataFormat(config), model, place)).close();
  }
  const net = await threads.startNet(splitNet(model, null));
  try {
    const trials: Trial[] = [];
    let chancePercent = 0;
    for (const [layout, data] of await openLayouts(model, config, place)) {
      try {
        chancePercent = mostFrequent(data);
        trials.push(...(await scoreAll(net, data, layout, config, place.signal)));
      } finally {
        data.close();
      }
    }
    if (trials.length === 0)
      throw failure('output-not-finite', model.file, { cause: ' for any class at any of the usual pixel ranges' });
    return judged(trials, chancePercent, isSet(config));
  } finally {
    await net.close();
  }
}

/** The file in each layout that fits the net. Where none does, the error of the first is thrown. */
async function openLayouts(model: Model, config: Config, place: DataPlace): Promise<[Layout, Dataset][]> {
  const format: DataFormat = { ...dataFormat(config), ...(isSet(config) ? {} : { scale: 1, mean: [0], std: [1] }) };
  const opened: [Layout, Dataset][] = [];
  const refused: unknown[] = [];
  for (const layout of config.layout === 'auto' ? (['NHWC', 'NCHW'] as const) : [config.layout]) {
    try {
      const data = await openDataset(pinned(config.clean!.validation), { ...format, layout }, model, place);
      const own = data.stored.layout; // a folder of images has a layout of its own
      if (opened.some(([known]) => known === own)) data.close();
      else opened.push([own, data]);
    } catch (error) {
      if (!(error instanceof GoodnetError)) throw error;
      refused.push(error);
    }
  }
  if (opened.length === 0) throw refused[0];
  return opened;
}

/** The accuracy of always answering the most frequent class, in percent. */
function mostFrequent({ labels }: Dataset): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return percent(Math.max(...counts.values()), labels.length)!;
}

/** Whether the settings say how pixels are prepared: then nothing else is tried. */
const isSet = (config: Config): boolean => config.scale !== 1 || config.mean !== undefined || config.std !== undefined;

async function scoreAll(
  net: StartedNet,
  data: Dataset,
  layout: Layout,
  config: Config,
  signal: AbortSignal | undefined,
): Promise<Trial[]> {
  const images = Math.min(probeImages, data.count);
  const rows = Array.from({ length: images }, (_, i) => Math.floor((i * data.count) / images));
  const pixels: Float32Array[] = [];
  for (const row of rows) {
    await breathe(signal);
    pixels.push(data.images(row, row + 1));
  }
  const { scale, mean = [0], std = [1] } = config;
  const ways = isSet(config) ? [{ scale, mean, std, range: 'as set' }] : preparations(pixels);
  const trials: Trial[] = [];
  for (const way of ways) {
    const [factor, shift] = isSet(config) ? [1, 0] : [scaleOf(way.scale), way.mean[0]!];
    const answers = await answersTo(
      net,
      pixels.map((image) => image.map((value) => value * factor - shift)),
      signal,
    );
    if (answers === null) continue;
    const correct = answers.filter((answer, i) => answer === data.labels[rows[i]!]).length;
    trials.push({ layout, ...way, correct, images, accuracy: percent(correct, images)! });
  }
  return trials;
}

/** Numbers to give to the net at once: one large image, or many small ones. */
const batchPixels = 1 << 16;

/** The classes that the net answers; null where a score is not finite, which no net answers to pixels that it was trained on. */
async function answersTo(
  net: StartedNet,
  images: readonly Float32Array[],
  signal: AbortSignal | undefined,
): Promise<number[] | null> {
  const size = images[0]!.length;
  const batch = Math.max(1, Math.floor(batchPixels / size));
  const answers: number[] = [];
  try {
    for (let start = 0; start < images.length; start += batch) {
      await breathe(signal);
      const some = images.slice(start, start + batch);
      const input = new Float32Array(some.length * size);
      some.forEach((image, i) => input.set(image, i * size));
      answers.push(...(await net.classes(input, some.length)));
    }
    return answers;
  } catch (error) {
    if (error instanceof GoodnetError && error.code === 'output-not-finite') return null;
    throw error;
  }
}

const way = (range: string, scale: number | string = 1, mean = 0): Omit<Preparation, 'layout'> => ({
  scale,
  mean: [mean],
  std: [1],
  range,
});

/** The pixel ranges that nets are usually trained on, for pixels that are stored as 0..255, 0..1 or -1..1. */
function preparations(pixels: readonly Float32Array[]): Omit<Preparation, 'layout'>[] {
  const largest = pixels.reduce((most, image) => image.reduce((a, b) => Math.max(a, b), most), -Infinity);
  const least = pixels.reduce((most, image) => image.reduce((a, b) => Math.min(a, b), most), Infinity);
  if (largest > 2) return [way('as stored'), way('0..1', '1/255'), way('-1..1', '1/127.5', 1)];
  if (least < 0) return [way('as stored'), way('0..1', 0.5, -0.5), way('0..255', 127.5, -127.5)];
  return [way('as stored'), way('0..255', 255), way('-1..1', 2, 1)];
}

function judged(trials: Trial[], chancePercent: number, set: boolean): Probe {
  const best = trials.reduce((most, trial, i) => (trial.accuracy > trials[most]!.accuracy ? i : most), 0);
  const [low] = wilsonInterval(trials[best]!.correct, trials[best]!.images)!;
  const close = [...trials.keys()].filter((i) => i !== best && trials[i]!.accuracy >= low);
  return {
    trials,
    best,
    close,
    verdict: low <= chancePercent ? 'none' : set ? 'set' : close.length > 0 ? 'close' : 'right',
  };
}
