import { failure } from '../../base/errors.ts';
import type { Dataset } from '../../data/dataset.ts';
import { hasOtherReading } from '../../data/scaled.ts';
import { classesWithout, imagesByClass } from '../../data/labels.ts';
import { pixelsOf } from '../../data/pixels.ts';
import { withIndices } from '../../defense/reversal/anomaly.ts';
import { lookedAt, pixelRange, storedRange } from '../../defense/reversal/range.ts';
import { byPromise, findTriggers, type TriggerStore, works } from '../../defense/reversal/search.ts';
import type { Evaluator } from '../../engine/evaluator.ts';
import { splitNet } from '../../engine/parts.ts';
import { searchedAStep } from '../../engine/training/draw.ts';
import { logitsOf } from '../../engine/training/loss.ts';
import { openModel } from '../../models/find-models.ts';
import { isGoodnet, type Model } from '../../models/net.ts';
import type { Output } from '../../output/output.ts';
import { findingsOfScan } from '../../report/record/scan-findings.ts';
import { limitOn, type ModelScan, type ScannedTrigger, type ScanPictures } from '../../report/record/scan.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import { pinned } from '../../settings/split-files.ts';
import { NetData } from '../open-data.ts';
import type { Listener } from '../listener.ts';
import { progressOf } from '../progress.ts';
import { triggerIdentity, triggersName, triggersText } from '../scanned-triggers.ts';
import type { World } from '../world.ts';
import { type Drawn, picture } from './pictures.ts';

/** What scanning a net needs of the world. */
export type ScanPlace = Pick<World, 'cwd' | 'assets' | 'signal' | 'version'> & {
  evaluator: Evaluator;
  listener: Listener;
  /** Triggers that were found for the net. */
  kept: TriggerStore;
};

/** A scanned net: its record, what was read for it, and its pictures for the page. */
export interface NetScan {
  model: ModelScan;
  inputs: { file: string; bytes: number; sha256: string; samples: number | null }[];
  pictures: ScanPictures;
}

/** Looks for a trigger of each class of one net, stages the pictures of the smallest. Throws GoodnetError for a net or data that cannot be used. */
export async function scanNet(
  name: string,
  folder: string,
  settings: ResolvedConfig,
  output: Output,
  place: ScanPlace,
): Promise<NetScan> {
  const { config } = settings;
  const { model, inputs } = await openModel(name, config, place);
  if (config.clean === undefined) throw failure('no-clean-data', name);
  if (isGoodnet(model)) throw failure('goodnet-scanned', name);
  logitsOf(model); // before images are read, where they are nothing to go by
  const found = await search(model, config, place);
  const text = triggersText(triggerIdentity(place, config, inputs, found.input), found.found);
  if (text !== null) output.stage(`${folder}/${triggersName}`, text);
  const clean = { ...pinned(config.clean.validation), sha256: found.input.sha256 };
  const drawn = await picture({ ...found, model, clean, folder, settings, output, place });
  return {
    model: { name: folder, path: name, ...recordOf(model, found, drawn, config) },
    inputs: [...inputs, found.input],
    pictures: drawn.pictures,
  };
}

/** Triggers in the order of their promise, and what the net answers without them. */
async function search(model: Model, config: Config, place: ScanPlace) {
  const format = dataFormat(config);
  const progress = progressOf(model.file, place);
  const data = new NetData([{ clean: pinned(config.clean!.validation), attacks: [] }], format, place);
  try {
    const found = await data.during(splitNet(model, null), model.classes, async ([split]) => {
      const { clean } = split!;
      checkImages(model, clean.data);
      const answers = await clean.classes(progress('validation', [clean.data]));
      const found = await findTriggers(clean, {
        classes: model.classes,
        range: pixelRange(clean.data, format),
        kept: place.kept,
        progress: (count) => progress('looking for triggers', [{ count }]),
      });
      return {
        answers,
        labels: clean.data.labels,
        found,
        searched: found.searched.toSorted(byPromise),
        triggers: found.triggers,
        range: storedRange(clean.data),
        plain: plainAmong(clean.data),
        foldersByNumber: hasOtherReading(clean.data),
      };
    });
    return { ...found, input: (await data.inputs())[0]! };
  } finally {
    await data.close();
  }
}

type Searched = Awaited<ReturnType<typeof search>>;

/** What is recorded of a net besides how it is called. */
function recordOf(model: Model, found: Searched, drawn: Drawn, config: Config): Omit<ModelScan, 'name' | 'path'> {
  const images = imagesByClass(found.labels, model.classes);
  const facts = {
    classes: model.classes,
    images: found.labels.length,
    fewest: Math.min(...images),
    correct: found.labels.filter((label, i) => found.answers[i] === label).length,
    triggers: triggersOf(found).map((trigger, i) => ({ ...trigger, picture: drawn.triggers[i] ?? null })),
  };
  const { precision } = model;
  const { foldersByNumber, plain } = found;
  const evidence = { precision, foldersByNumber, ...plain, most: Math.max(...images), stamped: drawn.stamped };
  return {
    ...facts,
    sha256: model.sha256,
    accuracy: (100 * facts.correct) / facts.images,
    limit: limitOn(facts.triggers, config['max-anomaly-index']),
    sheet: drawn.sheet,
    attacks: drawn.attacks,
    findings: findingsOfScan(facts, evidence),
  };
}

/** The record of triggers, but for their pictures. */
function triggersOf({ searched, labels, answers }: Searched): Omit<ScannedTrigger, 'picture'>[] {
  return withIndices(searched).map(({ target, steps, l1, success, reached, anomalyIndex }) => {
    const others = [...labels.keys()].filter((image) => labels[image] !== target);
    return {
      target,
      steps,
      l1,
      success,
      reached,
      works: works({ success }),
      anomalyIndex,
      images: others.length,
      before: others.filter((image) => answers[image] === target).length,
    };
  });
}

/** Throws `class-not-scanned` where a class has no images, `few-images` where those of others do not fill a step. */
function checkImages(model: Model, { labels, count }: Dataset): void {
  const images = imagesByClass(labels, model.classes);
  const missing = classesWithout(images);
  if (missing !== null) throw failure('class-not-scanned', model.file, missing);
  const most = Math.max(...images);
  if (count - most < searchedAStep)
    throw failure('few-images', model.file, {
      images: count - most,
      least: searchedAStep,
      target: images.indexOf(most),
    });
}

/** How many of some images have one colour alone. */
function plainAmong(data: Dataset): { plain: number; looked: number } {
  const images = lookedAt(data).map((image) => pixelsOf(data.stored, image).values);
  const plain = images.filter((values) => values.every((value, i) => value === values[i % 3])).length;
  return { plain, looked: images.length };
}
