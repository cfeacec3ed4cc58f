import { Dataset, File, Group } from 'h5wasm';
import { quietFileSystem } from './hdf5.ts';

/** A group to write: its attributes, its groups and its float32 arrays by name. */
export interface GroupContent {
  attributes: Record<string, string | string[]>;
  groups: Record<string, GroupContent>;
  arrays: Record<string, { shape: readonly number[]; values: Float32Array }>;
}

const mount = '/out';

/** The bytes of an HDF5 file with some arrays replaced, by path; everything else stays as it was. */
export async function replaceArrays(bytes: Uint8Array, edits: ReadonlyMap<string, Float32Array>): Promise<Uint8Array> {
  return written('a', (file) => {
    for (const [path, values] of edits) {
      const dataset = file.get(path);
      if (!(dataset instanceof Dataset)) throw new Error(`No dataset at ${path}`);
      dataset.write_slice(dataset.shape!.map((size) => [0, size]), values);
    }
  }, bytes);
}

/** The bytes of a new HDF5 file. The same content always gives the same bytes. */
export async function createHdf5(root: GroupContent): Promise<Uint8Array> {
  return written('w', (file) => writeGroup(file, '', root));
}

/** The bytes of a file that `write` fills or, with `bytes`, changes. libhdf5 stamps the time into what it writes: for this moment the clock stands still. */
export async function written(mode: 'a' | 'w', write: (file: File) => void, bytes?: Uint8Array): Promise<Uint8Array> {
  const FS = await quietFileSystem();
  if (bytes !== undefined) FS.writeFile(mount, bytes);
  const clock = Date.now;
  Date.now = () => 0;
  try {
    const file = new File(mount, mode);
    try {
      write(file);
    } finally {
      file.close();
    }
    return FS.readFile(mount);
  } finally {
    Date.now = clock;
    FS.unlink(mount);
  }
}

function writeGroup(file: File, path: string, { attributes, groups, arrays }: GroupContent): void {
  const here = path === '' ? file : groupAt(file, path);
  for (const [name, value] of Object.entries(attributes)) {
    const empty = Array.isArray(value) && value.length === 0;
    here.create_attribute(name, empty ? new Float32Array(0) : value, empty ? [0] : null);
  }
  for (const [name, content] of Object.entries(groups)) writeGroup(file, join(path, name), content);
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    const whole = join(path, name);
    groupAt(file, whole.slice(0, whole.lastIndexOf('/')));
    file.create_dataset({ name: whole, data: values, shape: [...shape], dtype: '<f4' });
  }
}

/** The group at `path`, made with all that it stands in. */
function groupAt(file: File, path: string): Group {
  let group: Group = file;
  for (const part of path.split('/').filter(Boolean)) {
    const next = group.keys().includes(part) ? group.get(part) : group.create_group(part);
    if (!(next instanceof Group)) throw new Error(`No group at ${path}`);
    group = next;
  }
  return group;
}

const join = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);
