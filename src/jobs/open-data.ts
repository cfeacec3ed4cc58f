import { failure } from '../base/errors.ts';
import type { SplitFiles } from '../settings/config.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import type { Parts } from '../engine/parts.ts';
import { allOf } from '../data/all-of.ts';
import { openSplit, type SplitData } from '../data/splits.ts';
import type { Evaluator, Opened } from '../engine/evaluator.ts';

/** Opens the data of some splits and puts it in front of a net; all of it is released by `close`, or at once where some of it is refused. Throws GoodnetError. */
export async function openData(
  parts: Parts,
  splits: readonly SplitFiles[],
  format: DataFormat,
  place: DataPlace & { evaluator: Evaluator },
): Promise<Opened> {
  const opened: SplitData[] = [];
  const closeData = (): void => opened.flatMap(allOf).forEach((data) => data.close());
  try {
    for (const files of splits) opened.push(inSeveralClasses(await openSplit(files, place, format, parts.model)));
    const { splits: started, close } = await place.evaluator.open(parts, opened);
    return { splits: started, close: () => close().finally(closeData) };
  } catch (error) {
    closeData();
    throw error;
  }
}

/** Images of one class alone say nothing of accuracy: labels of another kind were stored. Throws `data-one-class`. */
function inSeveralClasses(split: SplitData): SplitData {
  const [first] = split.clean.labels;
  if (split.clean.labels.every((label) => label === first))
    throw failure('data-one-class', split.files.clean.file, { label: first! });
  return split;
}
