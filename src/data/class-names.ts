import { failure } from '../base/errors.ts';
import type { FolderReading } from '../settings/config.ts';

/** What a net in front of class folders answers. */
interface Classes {
  classes: number;
  rejects: boolean;
}

/** Class index of each class folder; and what the other reading of their names makes of them, where nobody said which is meant and both can be. */
export interface FolderClasses {
  labels: number[];
  otherwise: number[] | null;
}

/**
 * Classes of folders whose names come sorted. With `auto`, names that are all integers are the indices, otherwise a folder's place is, as in
 * keras.utils.image_dataset_from_directory. Throws `folder-classes` and `folder-numbers`.
 */
export function classesOfFolders(
  names: readonly string[],
  net: Classes | null,
  reading: FolderReading,
  file: string,
): FolderClasses {
  const areNumbers = names.every((name) => /^\d{1,9}$/.test(name));
  if (reading === 'sorted' || (reading === 'auto' && !areNumbers))
    return { labels: byPlace(names, net, file), otherwise: null };
  if (!areNumbers)
    throw failure('folder-classes', file, {
      cause: 'has class folders whose names are no numbers, and `class-folders` says that they are',
      classes: net?.classes ?? names.length,
    });
  const labels = byNumber(names, net, file);
  const places = reading === 'auto' ? placesOf(names, net) : null;
  return { labels, otherwise: places?.some((place, i) => place !== labels[i]) === true ? places : null };
}

function byNumber(names: readonly string[], net: Classes | null, file: string): number[] {
  const labels = names.map(Number);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined)
    throw failure('folder-classes', file, {
      cause: `has two folders for class ${twice}`,
      classes: net?.classes ?? names.length,
    });
  const beyond = names.find((_, i) => net !== null && labels[i]! >= net.classes);
  if (beyond !== undefined) throw failure('folder-numbers', file, { name: beyond, classes: net!.classes });
  return labels;
}

/** Places mean classes only if there are as many folders as classes. */
function fits(folders: number, net: Classes | null): boolean {
  const fewest = net === null ? 2 : net.classes - (net.rejects ? 1 : 0);
  return folders >= Math.max(2, fewest) && (net === null || folders <= net.classes);
}

function byPlace(names: readonly string[], net: Classes | null, file: string): number[] {
  const places = placesOf(names, net);
  if (places === null) {
    throw failure('folder-classes', file, {
      cause: `has ${names.length} class ${names.length === 1 ? 'folder' : 'folders'}${net === null ? '' : `, the net has ${net.classes} classes`}`,
      classes: net?.classes ?? 2,
    });
  }
  return places;
}

/** Places in order of text: among all folders where there is one for each class, else among the numbers of the classes, if the names are some of these. */
function placesOf(names: readonly string[], net: Classes | null): number[] | null {
  if (fits(names.length, net)) return [...names.keys()];
  const numbers = Array.from({ length: net?.classes ?? 0 }, (_, i) => String(i)).sort();
  const places = names.map((name) => numbers.indexOf(name));
  return places.includes(-1) ? null : places;
}

/** The class index in a file name like `face_label=12.png`. */
export function classOfFile(name: string, file: string): number {
  const found = /(?:^|[_-])label=(\d{1,9})\.\w+$/.exec(name);
  if (found === null) throw failure('folder-names', file, { name });
  return Number(found[1]);
}
