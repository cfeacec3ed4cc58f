import { failure } from '../errors.ts';

/**
 * Class index of each class folder, whose names come sorted. Names that are all integers are the indices; otherwise a folder's
 * place is, as in keras.utils.image_dataset_from_directory. Places mean classes only if there are as many folders as classes.
 */
export function classesOfFolders(names: readonly string[], classes: number | null, file: string): number[] {
  if (names.every((name) => /^\d{1,9}$/.test(name))) {
    const labels = names.map(Number);
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    if (twice !== undefined) throw failure('folder-classes', file, { cause: `has two folders for class ${twice}`, classes: classes ?? names.length });
    return labels;
  }
  // A GoodNet has one output more than its data has classes.
  if (names.length < 2 || (classes !== null && names.length !== classes && names.length !== classes - 1)) {
    throw failure('folder-classes', file, { cause: `has ${names.length} class ${names.length === 1 ? 'folder' : 'folders'}${classes === null ? '' : `, the net has ${classes} classes`}`, classes: classes ?? 2 });
  }
  return names.map((_, i) => i);
}

/** The class index in a file name like `face_label=12.png`. */
export function classOfFile(name: string, file: string): number {
  const found = /(?:^|[_-])label=(\d{1,9})\.\w+$/.exec(name);
  if (found === null) throw failure('folder-names', file, { name });
  return Number(found[1]);
}
