import { failure } from '../errors.ts';
import type { Place } from './flatten.ts';
import type { Hdf5File } from './hdf5.ts';
import type { Shape } from './layers/spec.ts';
import type { Needs, Weight, WeightSource } from './model.ts';

/** An opened file of weights, the name that messages give it, and where each layer of the net stood in the nested net. */
interface Saved {
  hdf5: Hdf5File;
  file: string;
  places: ReadonlyMap<string, Place>;
}

/** How a file keeps its weights: by layer (`.h5`), by class counter (`.keras`, `.weights.h5`); null if it keeps none. */
export function weightsIn(hdf5: Hdf5File): ((saved: Saved) => WeightSource) | null {
  const groups = hdf5.children('');
  const root = groups.includes('model_weights') ? 'model_weights' : '';
  if (hdf5.attribute(root, 'layer_names') !== null || hdf5.attribute(root, 'layer_names0') !== null) return (saved) => byOrder(saved, root);
  return groups.includes('layers') || groups.includes(earlyName) ? byCounter : null;
}

/** What TensorFlow 2.12 and 2.13 call `layers`. */
const earlyName = '_layer_checkpoint_dependencies';

/** Weights `vars/0`, `vars/1`, ... of each layer's group, in Keras's order. */
function byCounter(saved: Saved): WeightSource {
  const early = !saved.hdf5.children('').includes('layers');
  const groupOf = (layer: string): string => (early ? saved.places.get(layer)!.group.replaceAll(/(^|\/)layers\//g, `$1${earlyName}/`) : saved.places.get(layer)!.group);
  return (needs) => {
    const known = new Set([...needs.keys()].map(groupOf));
    const strange = strangeGroup(saved.hdf5, early ? earlyName : 'layers', known, [...saved.places.keys()].map(groupOf));
    if (strange !== undefined) throw failure('layer-weights', saved.file, { layer: strange, cause: 'the file holds weights for it, the net has no such layer' });
    return new Map([...needs].map(([layer, needed]) => {
      const folder = `${groupOf(layer)}/vars`;
      checkCount(saved, layer, saved.hdf5.children(folder).filter((name) => !isCount(saved, folder, name)).length, needed.length);
      return [layer, needed.map((need, i) => readWeight(saved, layer, `${folder}/${i}`, need))];
    }));
  };
}

/** Groups beside those of the net's own layers that hold weights: a sign that file and net do not belong together. */
function strangeGroup(hdf5: Hdf5File, container: string, known: ReadonlySet<string>, all: readonly string[]): string | undefined {
  const nets = new Set(all.flatMap((group) => group.split('/').map((_, i, parts) => parts.slice(0, i).join('/')).filter((_, i) => i % 2 === 0)));
  const groups = [...nets].flatMap((net) => hdf5.children(join(net, container)).map((name) => join(net, container, name)));
  return groups.find((group) => !known.has(group) && !nets.has(group) && ['vars', container].some((part) => hdf5.children(join(group, part)).length > 0));
}

const join = (...parts: string[]): string => parts.filter(Boolean).join('/');

/** The number of images that a Normalization layer has seen, the one weight without axes: no figure depends on it. */
const isCount = ({ hdf5 }: Saved, folder: string, name: string): boolean => hdf5.array(`${folder}/${name}`)?.shape.length === 0;

/** Weights by their outermost layer, in the order of the layers that have some: Keras goes by that order, whatever the names are. */
function byOrder(saved: Saved, root: string): WeightSource {
  const { hdf5, file, places } = saved;
  const stored = list(hdf5, root, 'layer_names').map((name) =>
    [name, list(hdf5, `${root}/${name}`, 'weight_names').map((weight) => `${root}/${name}/${weight}`).filter((path) => baseName(path) !== 'count')] as const);
  const filled = stored.filter(([, paths]) => paths.length > 0);
  return (needs) => {
    const outermost = new Map<string, Wanted[]>();
    for (const [layer, place] of places) {
      const name = place.names[0]!;
      if (needs.has(layer) && !outermost.has(name)) outermost.set(name, []);
      needs.get(layer)?.forEach((need) => outermost.get(name)!.push({ layer, place, need }));
    }
    if (filled.length !== outermost.size) {
      const names = [...outermost.keys()];
      const layer = names.find((name, i) => filled[i]?.[0] !== name) ?? filled[names.length]![0];
      throw failure('layer-weights', file, { layer, cause: `here file and net part ways: the file holds weights for ${filled.length} layers, the net has ${names.length} that need some` });
    }
    return new Map([...outermost.values()].flatMap((wanted, i) => match(saved, wanted, filled[i]![1])));
  };
}

interface Wanted { layer: string; place: Place; need: Needs[number] }

/**
 * One group's paths to the weights of one outermost layer, a whole net perhaps. The last two parts of a path name a layer and its weight;
 * where these do not say it all, Keras's order does: trainable weights first.
 */
function match(saved: Saved, wanted: Wanted[], paths: readonly string[]): [string, Weight[]][] {
  checkCount(saved, wanted[0]!.layer, paths.length, wanted.length);
  const [first] = wanted[0]!.place.names;
  const inside = wanted[0]!.place.names.length > 1;
  const key = (layer: string | undefined, weight: string): string => `${inside ? `${layer}/` : ''}${plainName(weight)}`;
  const byKey = new Map(paths.map((path) => [key(path.split('/').at(-2), baseName(path)), path]));
  const named = wanted.map(({ place, need }) => byKey.get(key(place.names.at(-1), need[0])));
  const clear = byKey.size === paths.length && named.every((path) => path !== undefined) && new Set(named).size === paths.length;
  const order = clear ? wanted : inKerasOrder(wanted);
  const found = new Map<string, Weight[]>();
  const strayed = clear ? inKerasOrder(wanted).find((weight, i) => named[wanted.indexOf(weight)] !== paths[i]) : undefined;
  if (strayed !== undefined) throw failure('layer-weights', saved.file, { layer: strayed.layer, cause: `its ${strayed.need[0]} stands in another place than Keras, which goes by order, reads it from` });
  for (const [i, { layer, need }] of order.entries()) {
    const path = clear ? named[i]! : paths[i]!;
    if (inside && plainName(baseName(path)) !== plainName(need[0])) throw failure('layer-weights', saved.file, { layer, cause: `in the group of ${first}, ${baseName(path)} stands where its ${need[0]} should` });
    found.set(layer, [...(found.get(layer) ?? []), readWeight(saved, layer, path, need)]);
  }
  return [...found];
}

/** Trainable weights come first. */
const inKerasOrder = (wanted: readonly Wanted[]): Wanted[] => [...wanted.filter(isTrainable), ...wanted.filter((weight) => !isTrainable(weight))];

/** Statistics are never trained, whatever their layer. */
const isTrainable = ({ place, need: [name] }: Wanted): boolean => place.trainable && !/^(moving_)?(mean|variance)$/.test(name);

function checkCount({ file }: Saved, layer: string, stored: number, needed: number): void {
  if (stored !== needed) throw failure('layer-weights', file, { layer, cause: `the file holds ${stored} weights for it, the net needs ${needed}` });
}

/** Keras 3 calls the kernel of a DepthwiseConv2D plainly `kernel`. */
const plainName = (weight: string): string => (weight === 'depthwise_kernel' ? 'kernel' : weight);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/:\d+$/, '');

function readWeight({ hdf5, file }: Saved, layer: string, path: string, [name, shape]: [string, Shape]): Weight {
  const refuse = (cause: string) => failure('layer-weights', file, { layer, cause });
  const array = hdf5.array(path);
  if (array === null) throw refuse(`its weight ${name} is missing`);
  if (array.dtype !== 'float32' && array.dtype !== 'float16') throw refuse(`its weight ${name} has the type ${array.dtype}, only float32 and float16 are supported`);
  if (array.shape.join() !== shape.join()) throw refuse(`its weight ${name} has the shape ${array.shape.join('x')}, the net needs ${shape.join('x')}`);
  const values = array.rows(0, shape[0] ?? 1) as Float32Array;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw refuse(`its weight ${name} holds the value ${values[bad]}`);
  return { name, shape, path, values };
}

/** A list attribute; one over 64 kB is split into `name0`, `name1`, ... */
function list(hdf5: Hdf5File, path: string, name: string): string[] {
  const whole = hdf5.attribute(path, name);
  if (Array.isArray(whole)) return whole;
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = hdf5.attribute(path, `${name}${i}`);
    if (!Array.isArray(part)) return parts;
    parts.push(...part);
  }
}
