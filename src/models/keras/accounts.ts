import { failure } from '../../base/errors.ts';
import type { Contents } from '../../formats/hdf5.ts';

/** What of a file has been read, or is known to be harmless: in the end nothing else may be in it. */
export class Accounts {
  private readonly open: Map<string, Set<string>>;
  private readonly settled = new Set<string>();

  constructor(
    private readonly contents: Contents,
    private readonly file: string,
  ) {
    this.open = new Map([...contents].map(([path, { attributes }]) => [path, new Set(attributes)]));
    this.take('');
  }

  has(path: string): boolean {
    return this.contents.has(path);
  }

  /** The names of an object's attributes; none if it is not there. */
  attributes(path: string): string[] {
    return [...(this.contents.get(path)?.attributes ?? [])];
  }

  /** The datasets that are not accounted for yet. */
  leftDatasets(): string[] {
    return [...this.contents]
      .filter(([path, { kind }]) => kind === 'dataset' && !this.settled.has(path))
      .map(([path]) => path)
      .sort();
  }

  /**
   * Accounts for an object and the groups that it stands in; attributes of datasets that only name axes are no matter. Throws `model-leftover` for a
   * dataset that was taken before: it would be two weights, and pruning the one would change the other.
   */
  take(path: string, attributes: readonly string[] = []): void {
    if (this.contents.get(path)?.kind === 'dataset' && this.settled.has(path))
      throw failure('model-leftover', this.file, {
        what: `a dataset ${path}`,
        cause: 'which is a weight of two layers',
      });
    const parts = path.split('/');
    for (let i = 1; i <= parts.length; i++) this.settled.add(parts.slice(0, i).join('/'));
    for (const name of attributes) this.open.get(path)?.delete(name);
  }

  /** Accounts for an object and all that is in it. */
  takeAll(path: string): void {
    for (const other of this.contents.keys()) {
      if (other !== path && !other.startsWith(`${path}/`)) continue;
      this.settled.add(other);
      this.open.get(other)!.clear();
    }
  }

  /** Throws `model-leftover` for the first thing that was not accounted for. */
  close(): void {
    for (const [path, attributes] of this.open) {
      const { kind } = this.contents.get(path)!;
      if (!this.settled.has(path) && !this.isScale(path))
        throw failure('model-leftover', this.file, { what: `a ${kind} ${path}`, cause: 'which is no part of its net' });
      const strange = [...attributes].find(
        (name) => !(kind === 'dataset' && ofAxes.has(name)) && !(path === '' && isUsers(name)),
      );
      if (strange !== undefined)
        throw failure('model-leftover', this.file, {
          what: `an attribute ${strange} at ${path || 'its root'}`,
          cause: 'which Keras does not write there',
        });
    }
  }

  /** HDF5's own names of axes: no Keras reads them. */
  private isScale(path: string): boolean {
    const { kind, attributes } = this.contents.get(path)!;
    return kind === 'dataset' && attributes.has('CLASS') && attributes.has('NAME') && !path.split('/').includes('vars');
  }
}

/** Attributes of HDF5's dimension scales. */
const ofAxes: ReadonlySet<string> = new Set(['CLASS', 'NAME', 'DIMENSION_LIST', 'REFERENCE_LIST', 'DIMENSION_LABELS']);

/** Attributes that some Keras looks for at the root of a file. */
const kerass = [
  'layer_names',
  'weight_names',
  'model_config',
  'training_config',
  'keras_version',
  'backend',
  'nb_layers',
  'config',
];

/** Whether an attribute of the root is a user's own note: no Keras looks for it, nor for a name that one could take for it. */
const isUsers = (name: string): boolean =>
  !kerass.some((known) =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '')
      .startsWith(known.replace('_', '')),
  );
