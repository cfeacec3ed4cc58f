import { failure } from '../../base/errors.ts';
import type { Accounts } from './accounts.ts';
import type { Place } from './flatten.ts';
import type { Hdf5File } from '../../formats/hdf5.ts';
import type { Dialect } from '../layers/spec.ts';
import { areAlike, type Edits, type Shape, type Weight } from '../net.ts';

/** An opened file of weights, the name that messages give it, what of it has been read, and where each layer of the net stood in the nested net. */
export interface Saved {
  hdf5: Hdf5File;
  file: string;
  accounts: Accounts;
  places: ReadonlyMap<string, Place>;
  /** The family of Keras that the net is of. */
  dialect: Dialect;
  /** Values that weights may have, by path. */
  known: Edits;
}

/** Reads one weight of a layer. Throws `layer-weights` for another type or shape than Keras writes, and for numbers that are none. */
export function readWeight(
  { hdf5, file, known }: Saved,
  layer: string,
  path: string,
  [name, shape]: [string, Shape],
): Weight {
  const refuse = (cause: string) => failure('layer-weights', file, { layer, cause });
  const array = hdf5.array(path);
  if (array === null) throw refuse(`its weight ${name} is missing`);
  if (array.dtype !== 'float32' && array.dtype !== 'float16')
    throw refuse(`its weight ${name} has the type ${array.dtype}, only float32 and float16 are supported`);
  if (array.shape.join() !== shape.join())
    throw refuse(`its weight ${name} has the shape ${array.shape.join('x')}, the net needs ${shape.join('x')}`);
  const values = array.rows(0, shape[0] ?? 1) as Float32Array;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw refuse(`its weight ${name} holds the value ${values[bad]}`);
  if (/variance$/.test(name) && values.some((value) => value < 0))
    throw refuse(`its weight ${name} is negative, which is no variance`);
  const same = known.get(path);
  return { name, shape, path, values: same !== undefined && areAlike(same, values) ? same : values };
}
