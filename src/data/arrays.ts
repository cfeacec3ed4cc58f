import { failure } from '../base/errors.ts';
import type { Bounds } from '../base/limits.ts';
import { openZip } from '../formats/archive.ts';
import { readNpy } from '../formats/npy.ts';
import type { Source, StoredArray } from './stored.ts';

/** How the arrays are called in a data file, and what it may ask for. */
export interface ArrayNames {
  dataName: string;
  labelName: string;
  bounds?: Bounds;
}

/** The arrays of a file by their names. */
export interface NamedArrays {
  names: readonly string[];
  array(name: string): StoredArray | null;
  close(): void;
}

/** The array that holds the true classes of poisoned images. */
export const trueLabelName = 'true_label';

type Chosen = Pick<Source, 'data' | 'label' | 'trueLabel'>;

/** Images and labels of a file. Throws `data-missing`, `data-dtype` or `memory`. */
export function chosenArrays(arrays: NamedArrays, names: ArrayNames, bounds: Bounds, file: string): Chosen {
  return withinBounds(chosen(arrays, names, file), bounds, file);
}

const shownNames = 10;
const listed = (names: readonly string[]): string =>
  [...names.slice(0, shownNames), ...(names.length > shownNames ? [`${names.length - shownNames} more`] : [])].join(
    ', ',
  ) || 'nothing';

function chosen(arrays: NamedArrays, { dataName, labelName }: ArrayNames, file: string): Chosen {
  const array = (name: string, isLabel = true): StoredArray => {
    const found = arrays.array(name);
    if (found === null) throw failure('data-missing', file, { name, near: listed(arrays.names) });
    if (/^(u?int|float)\d+$/.test(found.dtype) || (isLabel && found.dtype === 'bool8')) return found;
    throw failure('data-dtype', file, { name, dtype: found.dtype });
  };
  return {
    data: array(dataName, false),
    label: array(labelName),
    trueLabel: arrays.names.includes(trueLabelName) ? array(trueLabelName) : null,
  };
}

/** Labels are read whole and kept as class indices, images one by one at least. Throws `memory`. */
function withinBounds(stored: Chosen, { memoryBytes }: Bounds, file: string): Chosen {
  const { data, label, trueLabel } = stored;
  const check = (what: string, bytes: number): void => {
    if (bytes > memoryBytes) throw failure('memory', file, { what, bytes, most: memoryBytes });
  };
  check('one image', data.rowBytes + Float32Array.BYTES_PER_ELEMENT * data.shape.slice(1).reduce((a, b) => a * b, 1));
  for (const each of [label, ...(trueLabel === null ? [] : [trueLabel])])
    check('the list of labels', (each.shape[0] ?? 0) * (each.rowBytes + Int32Array.BYTES_PER_ELEMENT));
  return stored;
}

/** The arrays of a .npz file, which is decoded in memory. Throws `memory`, and what a zip is refused for. */
export function npzArrays(content: Uint8Array, { memoryBytes }: Bounds, file: string): NamedArrays {
  const archive = openZip(file, content);
  const bytes = content.length + [...archive.sizes.values()].reduce((a, b) => a + b, 0);
  if (bytes > memoryBytes) throw failure('memory', file, { what: 'the archive', bytes, most: memoryBytes });
  const names = [...archive.sizes.keys()]
    .filter((name) => name.endsWith('.npy'))
    .map((name) => name.slice(0, -'.npy'.length));
  return {
    names,
    array: (name) => (names.includes(name) ? readNpy(archive.bytes(`${name}.npy`), name, file) : null),
    close: () => undefined,
  };
}
