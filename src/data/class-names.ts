import { failure } from '../base/errors.ts';

/**
 * Class index of each class folder, whose names come sorted. Names that are all integers are the indices; otherwise a folder's
 * place is, as in keras.utils.image_dataset_from_directory. Places mean classes only if there are as many folders as classes.
 */
export function classesOfFolders(
  names: readonly string[],
  net: { classes: number; rejects: boolean } | null,
  file: string,
): number[] {
  const fewest = net === null ? 2 : net.classes - (net.rejects ? 1 : 0);
  if (names.every((name) => /^\d{1,9}$/.test(name))) {
    const labels = names.map(Number);
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    if (twice !== undefined)
      throw failure('folder-classes', file, {
        cause: `has two folders for class ${twice}`,
        classes: net?.classes ?? names.length,
      });
    return labels;
  }
  if (names.length < Math.max(2, fewest) || (net !== null && names.length > net.classes)) {
    throw failure('folder-classes', file, {
      cause: `has ${names.length} class ${names.length === 1 ? 'folder' : 'folders'}${net === null ? '' : `, the net has ${net.classes} classes`}`,
      classes: net?.classes ?? 2,
    });
  }
  return names.map((_, i) => i);
}

/** The class index in a file name like `face_label=12.png`. */
export function classOfFile(name: string, file: string): number {
  const found = /(?:^|[_-])label=(\d{1,9})\.\w+$/.exec(name);
  if (found === null) throw failure('folder-names', file, { name });
  return Number(found[1]);
}
