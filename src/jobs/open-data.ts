import type { SplitFiles } from '../settings/config.ts';
import type { DataFormat } from '../data/dataset.ts';
import type { DataPlace } from '../data/stored.ts';
import type { Parts } from '../engine/parts.ts';
import { allOf, openSplit, type SplitData } from '../data/splits.ts';
import type { Started, Threads } from '../engine/threads/threads.ts';

/** Opens the data of some splits and puts it in front of a net; all of it is released by `close`, or at once where some of it is refused. Throws GoodnetError. */
export async function openData(
  parts: Parts,
  splits: readonly SplitFiles[],
  format: DataFormat,
  place: DataPlace & { threads: Threads },
): Promise<Started> {
  const opened: SplitData[] = [];
  const closeData = (): void => opened.flatMap(allOf).forEach((data) => data.close());
  try {
    for (const files of splits) opened.push(await openSplit(files, place, format, parts.model));
    const { splits: started, close } = await place.threads.start(parts, opened);
    return { splits: started, close: () => close().finally(closeData) };
  } catch (error) {
    closeData();
    throw error;
  }
}
