import { failure } from '../../base/errors.ts';
import type { Place } from './flatten.ts';
import type { Dialect } from '../layers/spec.ts';
import type { Needs, WeightSource } from '../build-model.ts';
import type { Weight } from '../net.ts';
import { readWeight, type Saved } from './saved-weights.ts';

/**
 * Weights by their outermost layer, as `.h5` files keep them below `root`: in the order of the layers that have some, whatever their names are.
 * Source: load_weights_from_hdf5_group in keras/src/legacy/saving/legacy_h5_format.py and tf_keras/src/saving/legacy/hdf5_format.py.
 */
export function legacyWeights(saved: Saved, root: string): WeightSource {
  const stored = list(saved, root, 'layer_names').map(
    (name) => [name, weightsOf(saved, inside(saved, root, name))] as const,
  );
  saved.accounts.take(root, ['backend', 'keras_version']);
  const named = stored.map(([name]) => name);
  if (new Set(named).size < named.length)
    throw failure('layer-weights', saved.file, {
      layer: named.find((name, i) => named.indexOf(name) < i)!,
      cause: 'the file lists it twice',
    });
  checkTopLevel(saved, root);
  const filled = stored.filter(([, paths]) => paths.length > 0);
  return (needs) => {
    const outermost = new Map<string, Wanted[]>();
    for (const [layer, place] of saved.places) {
      const name = place.names[0]!;
      if (needs.has(layer) && !outermost.has(name)) outermost.set(name, []);
      needs.get(layer)?.forEach((need) => outermost.get(name)!.push({ layer, place, need }));
    }
    if (filled.length !== outermost.size) {
      const names = [...outermost.keys()];
      const layer = names.find((name, i) => filled[i]?.[0] !== name) ?? filled[names.length]![0];
      throw failure('layer-weights', saved.file, {
        layer,
        cause: `here file and net part ways: the file holds weights for ${filled.length} layers, the net has ${names.length} that need some`,
      });
    }
    return new Map([...outermost.values()].flatMap((wanted, i) => match(saved, wanted, filled[i]![1])));
  };
}

/** What Keras since 2.9 calls the group of the weights that belong to no layer: nets of layers have none. */
const topLevel = 'top_level_model_weights';

function checkTopLevel(saved: Saved, root: string): void {
  const group = inside(saved, root, topLevel);
  if (saved.accounts.has(group) && weightsOf(saved, group).length > 0)
    throw failure('model-leftover', saved.file, { what: `weights in ${group}`, cause: 'which belong to no layer' });
}

/** The paths of a group's weights, in the order in which Keras reads them. */
function weightsOf(saved: Saved, group: string): string[] {
  if (!saved.accounts.has(group))
    throw failure('layer-weights', saved.file, { layer: group, cause: 'its group is missing' });
  const paths = list(saved, group, 'weight_names').map((name) => inside(saved, group, name));
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice !== undefined)
    throw failure('layer-weights', saved.file, { layer: group, cause: `the file lists its weight ${twice} twice` });
  for (const path of paths) saved.accounts.take(path);
  return paths;
}

/** A path below a group, as both Keras and h5py would follow it: part by part, none empty or a way elsewhere. */
function inside({ file }: Saved, group: string, name: string): string {
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw failure('layer-weights', file, {
      layer: group || 'its root',
      cause: `the name ${JSON.stringify(name)} is no plain path`,
    });
  return group === '' ? name : `${group}/${name}`;
}

interface Wanted {
  layer: string;
  place: Place;
  need: Needs[number];
}

/**
 * One group's paths to the weights of one outermost layer, a whole net perhaps. Keras goes by order alone, trainable weights first; names that
 * belong elsewhere show that the file was made otherwise.
 */
function match(saved: Saved, wanted: readonly Wanted[], paths: readonly string[]): [string, Weight[]][] {
  const { file } = saved;
  const [first] = wanted[0]!.place.names;
  const nested = wanted[0]!.place.names.length > 1;
  const key = (owner: string | undefined, name: string): string => (nested ? `${owner}/${name}` : name);
  const known = new Set(wanted.map(({ place, need }) => key(place.names.at(-1), need[0])));
  const order = inKerasOrder(wanted, saved.dialect);
  // Keras 3 loads files of Keras 2 too.
  if (inKerasOrder(wanted, 'keras3').some((weight, i) => weight !== order[i]))
    throw failure('layer-weights', file, {
      layer: first!,
      cause:
        'Keras 2 and Keras 3 read its weights in another order each, since it is not trained and only some of its layers are',
    });
  const found = new Map<string, Weight[]>();
  let at = 0;
  for (const { layer, place, need } of order) {
    if (nested && need[0] === 'mean')
      throw failure('layer-weights', file, {
        layer,
        cause:
          'Keras 3 leaves out the mean and variance of a Normalization in a net inside the net that an .h5 file holds; a .keras file keeps them',
      });
    const path = paths[at++];
    if (path === undefined) break;
    const [owner, name = ''] = path.split('/').slice(-2);
    const plain = plainName(name);
    const expected = plainName(need[0]);
    if (nested && plain !== expected)
      throw failure('layer-weights', file, {
        layer,
        cause: `in the group of ${first}, ${plain} stands where its ${need[0]} should`,
      });
    const is = key(owner, plain);
    if (is !== key(place.names.at(-1), expected) && known.has(is))
      throw failure('layer-weights', file, {
        layer,
        cause: `its ${need[0]} stands in another place than Keras, which goes by order, reads it from`,
      });
    found.set(layer, [...(found.get(layer) ?? []), readWeight(saved, layer, path, need)]);
    if (need[0] === 'variance' && isCount(saved, paths[at])) at++;
  }
  const needed = wanted.length;
  if (at !== paths.length)
    throw failure('layer-weights', file, {
      layer: wanted[0]!.layer,
      cause: `the file holds ${paths.length} weights for it, the net needs ${needed}`,
    });
  return [...found];
}

/** Trainable weights come first. */
function inKerasOrder(wanted: readonly Wanted[], dialect: Dialect): Wanted[] {
  const trained = wanted.filter((weight) => isTrainable(weight, dialect));
  return [...trained, ...wanted.filter((weight) => !isTrainable(weight, dialect))];
}

/** Statistics are never trained, whatever their layer. */
const isTrainable = ({ place, need: [name] }: Wanted, dialect: Dialect): boolean =>
  place.trainable[dialect] && !/^(moving_)?(mean|variance)$/.test(name);

/** `conv/depthwise_kernel:0` to `kernel`, as Keras 3 calls the kernel of a DepthwiseConv2D. */
const plainName = (name: string): string => name.replace(/:\d+$/, '').replace(/^depthwise_kernel$/, 'kernel');

/** Whether a path leads to the number of images that a Normalization layer has seen, one number behind its variance: no figure depends on it. */
const isCount = ({ hdf5 }: Saved, path: string | undefined): boolean =>
  path !== undefined && /\/count(:\d+)?$/.test(path) && hdf5.array(path)?.shape.length === 0;

/** A list attribute; one over 64 kB is split into `name0`, `name1`, ... */
function list(saved: Saved, path: string, name: string): string[] {
  const whole = part(saved, path, name);
  if (whole !== null) return whole;
  const parts: string[][] = [];
  for (let next = part(saved, path, `${name}0`); next !== null; next = part(saved, path, `${name}${parts.length}`))
    parts.push(next);
  return parts.flat();
}

function part({ hdf5, file, accounts }: Saved, path: string, name: string): string[] | null {
  const value = hdf5.attribute(path, name);
  if (typeof value === 'string')
    throw failure('hdf5-attribute', file, { at: path, name, cause: 'is one text, not a list' });
  accounts.take(path, [name]);
  return value;
}
