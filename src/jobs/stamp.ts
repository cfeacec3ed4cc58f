import { withinBudget } from './budget.ts';
import type { Config } from '../settings/config.ts';
import { dataFormat, scaleOf } from '../settings/data-format.ts';
import type { StampSetting } from '../settings/split-files.ts';
import { contactSheet } from '../data/contact-sheet.ts';
import { type Dataset, openDataset, stampDataset } from '../data/dataset.ts';
import { asArray } from '../data/labels.ts';
import type { StoredArray } from '../data/stored.ts';
import { failure } from '../base/errors.ts';
import { createDataFile } from '../data/write-data.ts';
import { findModels, openModel } from '../models/find-models.ts';
import { NewFile } from '../output/new-file.ts';
import type { World } from './world.ts';

/** A data file of stamped images, and a picture of the first of them. */
export interface Stamped {
  path: string;
  preview: string;
  attack: string;
  target: number;
  images: number;
  /** Clean images of the target class, which are left out. */
  leftOut: number;
}

/** What to stamp, and the file to write. */
export interface StampOrder {
  clean: string;
  /** Needed where the config has several attacks with a trigger. */
  attack?: string | undefined;
  out: string;
}

type StampPlace = Pick<World, 'cwd' | 'assets' | 'signal'>;

/**
 * Writes the images that an attack with a trigger makes of `clean`, for the config's first model. Throws GoodnetError.
 */
export function stamp(order: StampOrder, config: Config, world: StampPlace): Promise<Stamped> {
  return withinBudget(config, world, (bounded) => stampAll(order, config, bounded));
}

async function stampAll({ clean: file, attack, out }: StampOrder, config: Config, world: StampPlace): Promise<Stamped> {
  const preview = `${out}.png`;
  const [dataFile, previewFile] = [out, preview].map((name) => new NewFile(name, world.cwd));
  const { name, setting } = attackToStamp(config, attack);
  const { model } = await openModel(findModels(config.models, world.cwd)[0]!, config, world);
  const clean = await openDataset({ file }, dataFormat(config), model, world);
  try {
    const made = await stampDataset(clean, setting, dataFormat(config), model, world);
    const sheet = contactSheet(made.stored, 255 * scaleOf(setting.trigger.scale ?? 1));
    dataFile!.write(
      await createDataFile(
        arraysOf(made, config),
        { attack: name, clean_sha256: await clean.inputs[0]!.sha256, trigger_sha256: await made.inputs[0]!.sha256 },
        world.signal,
      ),
    );
    previewFile!.write(sheet);
    return {
      path: out,
      preview,
      attack: name,
      target: setting.target,
      images: made.count,
      leftOut: clean.count - made.count,
    };
  } finally {
    clean.close();
  }
}

function attackToStamp(config: Config, wanted: string | undefined): { name: string; setting: StampSetting } {
  const stampable = Object.entries(config.attacks).flatMap(([name, { target, trigger }]) =>
    trigger === undefined ? [] : [{ name, setting: { target: target!, trigger } }],
  );
  const found = stampable.filter(({ name }) => wanted === undefined || name === wanted);
  const names = stampable.map(({ name }) => name).join(', ');
  if (found.length === 1) return found[0]!;
  if (stampable.length === 0)
    throw failure('usage', 'attacks', {
      cause: 'none has a trigger',
      fix: 'give one a `target` and a `trigger` in the config',
    });
  throw failure('usage', '--attack', {
    cause:
      wanted === undefined ? 'is needed where several attacks have a trigger' : `no attack ${wanted} has a trigger`,
    fix: `name one of ${names}`,
  });
}

/**
 * The arrays of a poisoned data file under the names that the config reads; goodnet finds the true classes in it as
 * well.
 */
function arraysOf({ stored, labels, trueLabels }: Dataset, config: Config): Record<string, StoredArray> {
  return {
    [config['data-name']]: stored.data,
    [config['label-name']]: asArray(labels),
    true_label: asArray(trueLabels!),
  };
}
