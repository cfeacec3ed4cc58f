import { breathe } from '../../base/breathe.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat, scaleOf } from '../../settings/data-format.ts';
import { pinned } from '../../settings/split-files.ts';
import { type DataFormat, type Dataset, openDataset } from '../../data/dataset.ts';
import type { Layout } from '../../data/layout.ts';
import type { DataPlace } from '../../data/stored.ts';
import { percent, wilsonInterval } from '../../verdict/metrics.ts';
import { splitNet } from '../../engine/parts.ts';
import { openSplit, type SplitData } from '../../data/splits.ts';
import { failure, GoodnetError } from '../../base/errors.ts';
import type { Model } from '../../models/net.ts';
import type { Evaluator, EvaluatorPlace } from '../../engine/evaluator.ts';
import { openEvaluator } from '../../engine/open-evaluator.ts';

/** One way of turning stored pixels into the net's input: (x * scale - mean) / std, or what the settings say. */
export interface Preparation {
  layout: Layout;
  /** As a config has it: a number, or a fraction. */
  scale: number | string;
  mean: readonly number[];
  std: readonly number[];
  /** What it makes of the pixels: `as stored`, `as set`, `0..1`, `-1..1`, `0..255` or `ImageNet`. */
  range: string;
}

/** A preparation and what the net answered on it. Accuracy in percent, on `images` images. */
export interface Trial extends Preparation {
  /** How names of class folders were read, where they can be read in two ways. */
  folders: 'numbers' | 'sorted' | null;
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
export async function probe(model: Model, config: Config, place: DataPlace & EvaluatorPlace): Promise<Probe> {
  const evaluator = await openEvaluator({ engine: config.engine, workers: 1 }, place);
  try {
    return await probeOn(evaluator, model, config, place);
  } finally {
    await evaluator.stop();
  }
}

async function probeOn(evaluator: Evaluator, model: Model, config: Config, place: DataPlace): Promise<Probe> {
  for (const { validation } of Object.values(config.attacks)) {
    if (validation !== undefined) (await openDataset(pinned(validation), dataFormat(config), model, place)).close();
  }
  const layouts = await openLayouts(model, config, place);
  const trials: Trial[] = [];
  try {
    for (const data of layouts) trials.push(...(await scoreAll(evaluator, model, data, config, place)));
  } finally {
    layouts.forEach(({ clean }) => clean.close());
  }
  if (trials.length === 0)
    throw failure('output-not-finite', model.file, { cause: ' for any class at any of the usual pixel ranges' });
  return judged(trials, mostFrequent(layouts.at(-1)!.clean), isSet(config));
}

/** The clean images in each layout that fits the net, their pixels as stored or as the settings say. Where none fits, the error of the first is thrown. */
async function openLayouts(model: Model, config: Config, place: DataPlace): Promise<SplitData[]> {
  const format: DataFormat = { ...dataFormat(config), ...(isSet(config) ? {} : { scale: 1, mean: [0], std: [1] }) };
  const files = { clean: pinned(config.clean!.validation), attacks: [] };
  const opened: SplitData[] = [];
  const refused: unknown[] = [];
  for (const layout of config.layout === 'auto' ? (['NHWC', 'NCHW'] as const) : [config.layout]) {
    try {
      const data = await openSplit(files, place, { ...format, layout }, model);
      // a folder of images has a layout of its own
      if (opened.some(({ clean }) => clean.stored.layout === data.clean.stored.layout)) data.clean.close();
      else opened.push(data);
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

/** Scores the images at each of the pixel ranges. */
async function scoreAll(
  evaluator: Evaluator,
  model: Model,
  { clean, files, format }: SplitData,
  config: Config,
  place: DataPlace,
): Promise<Trial[]> {
  const rows = await rowsOf(clean, place.signal);
  const { scale, mean = [0], std = [1] } = config;
  const channels = model.inputShape.at(-1)!;
  const ways = isSet(config)
    ? [{ scale, mean, std, range: 'as set' }]
    : preparations(
        rows.map(({ pixels }) => pixels),
        channels,
      );
  const trials: Trial[] = [];
  for (const way of ways) {
    const prepared = { ...format, scale: scaleOf(way.scale), mean: [...way.mean], std: [...way.std] };
    const data = await openSplit(files, place, prepared, model);
    try {
      const answers = await answersTo(evaluator, model, data, rows);
      if (answers === null) continue;
      const images = rows.length;
      for (const [folders, labels] of readingsOf(clean)) {
        const correct = rows.filter(({ row }, i) => answers[i] === labels[row]).length;
        const accuracy = percent(correct, images)!;
        trials.push({ layout: clean.stored.layout, ...way, folders, correct, images, accuracy });
      }
    } finally {
      data.clean.close();
    }
  }
  return trials;
}

/** The labels, and what they are in the other reading of class folders' names. */
const readingsOf = ({ labels, stored }: Dataset): [Trial['folders'], Int32Array][] =>
  stored.otherLabels === null
    ? [[null, labels]]
    : [
        ['numbers', labels],
        ['sorted', stored.otherLabels],
      ];

/** The classes that the net answers; null where a score is not finite, which no net answers to pixels that it was trained on. */
async function answersTo(
  evaluator: Evaluator,
  model: Model,
  data: SplitData,
  rows: readonly { row: number }[],
): Promise<Int32Array | null> {
  const { splits, close } = await evaluator.open(splitNet(model, null), [data]);
  try {
    const pieces = rows.map(({ row }) => [row, row + 1] as const);
    const [answers] = await splits[0]!.clean.answers(pieces, new Int32Array(0));
    return answers;
  } catch (error) {
    if (error instanceof GoodnetError && error.code === 'output-not-finite') return null;
    throw error;
  } finally {
    await close();
  }
}

/** Images spread over the data, and their pixels. */
async function rowsOf(
  data: Dataset,
  signal: AbortSignal | undefined,
): Promise<{ row: number; pixels: Float32Array }[]> {
  const images = Math.min(probeImages, data.count);
  const rows: { row: number; pixels: Float32Array }[] = [];
  for (let i = 0; i < images; i++) {
    await breathe(signal);
    const row = Math.floor((i * data.count) / images);
    rows.push({ row, pixels: data.images(row, row + 1) });
  }
  return rows;
}

const way = (range: string, scale: number | string = 1, mean = 0): Omit<Preparation, 'layout'> => ({
  scale,
  mean: [mean],
  std: [1],
  range,
});

/** ImageNet's mean and standard deviation of red, green and blue in 0..1, which torchvision's nets were trained on. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], range: 'ImageNet' };

/** The pixel ranges that nets are usually trained on, for pixels that are stored as 0..255, 0..1 or -1..1. */
function preparations(pixels: readonly Float32Array[], channels: number): Omit<Preparation, 'layout'>[] {
  const largest = pixels.reduce((most, image) => image.reduce((a, b) => Math.max(a, b), most), -Infinity);
  const least = pixels.reduce((most, image) => image.reduce((a, b) => Math.min(a, b), most), Infinity);
  const inColour = (scale: number | string) => (channels === 3 ? [{ ...imageNet, scale }] : []);
  if (largest > 2) return [way('as stored'), way('0..1', '1/255'), way('-1..1', '1/127.5', 1), ...inColour('1/255')];
  if (least < 0) return [way('as stored'), way('0..1', 0.5, -0.5), way('0..255', 127.5, -127.5)];
  return [way('as stored'), way('0..255', 255), way('-1..1', 2, 1), ...inColour(1)];
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
