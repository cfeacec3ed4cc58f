import { failure } from '../../base/errors.ts';
import type { Needs, WeightSource } from '../build-model.ts';
import type { Weight } from '../net.ts';
import { readWeight, type Saved } from './saved-weights.ts';

/** What TensorFlow 2.12 and 2.13 call `layers`. */
export const earlyName = '_layer_checkpoint_dependencies';

/** Groups that Keras reads after the net, and that no answer depends on: how it was trained. */
const ofTraining = ['optimizer', 'metrics'];

/**
 * Weights `vars/0`, `vars/1`, ... of each layer's group, as `.keras` and `.weights.h5` files keep them: groups count the classes of a net's
 * layers. Source: _load_state in keras/src/saving/saving_lib.py.
 */
export function countedWeights(saved: Saved): WeightSource {
  const { accounts, places } = saved;
  const early = accounts.has(earlyName);
  const groupOf = (layer: string): string =>
    early ? places.get(layer)!.group.replaceAll(/(^|\/)layers\//g, `$1${earlyName}/`) : places.get(layer)!.group;
  for (const name of ofTraining) accounts.takeAll(name);
  for (const layer of places.keys()) takeEmpty(saved, groupOf(layer));
  return (needs) => {
    const own = new Set([...needs.keys()].map((layer) => `${groupOf(layer)}/vars`));
    const strange = accounts
      .leftDatasets()
      .map((path) => path.slice(0, path.lastIndexOf('/')))
      .find((folder) => folder.endsWith('/vars') && !own.has(folder));
    if (strange !== undefined)
      throw failure('layer-weights', saved.file, {
        layer: strange.slice(0, -'/vars'.length),
        cause: 'the file holds weights for it, the net has no such layer',
      });
    return new Map([...needs].map(([layer, needed]) => [layer, weightsOf(saved, layer, groupOf(layer), needed)]));
  };
}

/** A layer's group, the nets around it, and where Keras says their names. */
function takeEmpty({ accounts }: Saved, group: string): void {
  const parts = group.split('/');
  const owners = parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((_, i) => i % 2 === 1);
  for (const owner of ['', ...owners, group]) {
    const vars = owner === '' ? 'vars' : `${owner}/vars`;
    for (const path of [owner, vars].filter((wanted) => accounts.has(wanted)))
      accounts.take(path, path === vars ? ['name'] : []);
  }
}

function weightsOf(saved: Saved, layer: string, group: string, needed: Needs): Weight[] {
  const folder = `${group}/vars`;
  const stored = saved.hdf5.children(folder).filter((name) => !isCount(saved, `${folder}/${name}`, needed)).length;
  if (stored !== needed.length)
    throw failure('layer-weights', saved.file, {
      layer,
      cause: `the file holds ${stored} weights for it, the net needs ${needed.length}`,
    });
  return needed.map((need, i) => {
    saved.accounts.take(`${folder}/${i}`);
    return readWeight(saved, layer, `${folder}/${i}`, need);
  });
}

/** The number of images that a Normalization layer has seen, one number behind its variance: no figure depends on it. */
function isCount({ hdf5, accounts }: Saved, path: string, needed: Needs): boolean {
  const is =
    needed.at(-1)?.[0] === 'variance' &&
    path.endsWith(`/vars/${needed.length}`) &&
    hdf5.array(path)?.shape.length === 0;
  if (is) accounts.take(path);
  return is;
}
