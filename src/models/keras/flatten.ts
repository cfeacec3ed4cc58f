import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { Dialect } from '../layers/spec.ts';
import type { CallConfig, LayerConfig, Topology } from '../build-model.ts';
import type { Net } from './topology.ts';

/** Where a layer of the flat net stands in the nested one, which is how files keep its weights. */
export interface Place {
  /** Names from the outermost net's layer inwards. */
  names: string[];
  /** Its group in Keras 3's own format, which counts classes: `layers/functional/layers/conv2d_1`. */
  group: string;
  /** Whether each Keras counts its weights among those that are trained, which stand first in a net's group. */
  trainable: Record<Dialect, boolean>;
}

/**
 * One flat net that computes what the nested one does. Layers of a net inside are named `outer/inner`; a net that is used
 * twice is its layers used twice. Throws `model-config`.
 */
export function flatten(net: Net, file: string): { topology: Topology; places: Map<string, Place> } {
  const refuse = (cause: string) => failure('model-config', file, { cause });
  const layers: LayerConfig[] = [];
  const places = new Map<string, Place>();
  const dtypes: unknown[] = [];
  const place = (inside: Net, outer: Place): void => {
    dtypes.push(inside.config['dtype']);
    for (const [layer, group] of groups(inside)) {
      const here = {
        names: [...outer.names, layer.name],
        group: `${outer.group}${group}`,
        trainable: {
          keras2: outer.trainable.keras2 && !(layer.net === undefined && layer.config['trainable'] === false),
          keras3: outer.trainable.keras3 && !isFrozenInKeras3(layer, inside === net),
        },
      };
      const name = here.names.join('/');
      if (layer.net !== undefined) place(layer.net, { ...here, group: `${here.group}/` });
      else {
        if (places.has(name)) throw refuse(`two layers are named ${name}`);
        places.set(name, here);
        layers.push({ ...layer, name, trainable: here.trainable[net.dialect] });
      }
    }
  };
  place(net, { names: [], group: '', trainable: { keras2: true, keras3: true } });

  const calls: CallConfig[] = [];
  const entries: { layer: string; tensor: string }[] = [];
  let uses = 0;
  const wire = (inside: Net, layerPrefix: string, prefix: string, source: string | null): string => {
    if (source !== null) entries.push({ layer: `${layerPrefix}${inside.input}`, tensor: source });
    const known = new Map(inside.calls.map((call) => [call.id, call]));
    const nets = new Map(inside.layers.map((layer) => [layer.name, layer.net]));
    const done = new Map<string, string | null>(source === null ? [] : [[inside.input, source]]);
    const tensor = (id: string): string => {
      const found = done.get(id);
      if (found === null) throw refuse(`layer ${layerPrefix}${id} reads its own output`);
      if (found !== undefined) return found;
      const call = known.get(id);
      const inner = call && nets.get(call.layer);
      if (call === undefined || inner === undefined) return `${prefix}${id}`;
      if (call.inputs.length !== 1)
        throw failure('model-shape', file, {
          cause: `a model ${layerPrefix}${call.layer} inside it that takes ${call.inputs.length} inputs`,
        });
      done.set(id, null);
      const output = wire(inner, `${layerPrefix}${call.layer}/`, `${prefix}${id}/`, tensor(call.inputs[0]!));
      done.set(id, output);
      return output;
    };
    for (const call of inside.calls) {
      if (++uses > limits.layerUses) throw refuse(`it uses its layers over ${limits.layerUses} times`);
      if (nets.get(call.layer) !== undefined) tensor(call.id);
      else if (source === null || call.id !== inside.input)
        calls.push({
          id: `${prefix}${call.id}`,
          layer: `${layerPrefix}${call.layer}`,
          inputs: call.inputs.map(tensor),
        });
    }
    return tensor(inside.output);
  };
  const output = wire(net, '', '', null);
  return {
    topology: { name: net.name, dialect: net.dialect, layers, calls, input: net.input, output, dtypes, entries },
    places,
  };
}

/** A net's own `trainable` is read by Keras 3 alone, and only of a Functional net that stands in the outermost one. */
function isFrozenInKeras3({ net, config }: Net['layers'][number], isOutermost: boolean): boolean {
  const counts = net === undefined || (net.className === 'Functional' && isOutermost);
  return counts && config['trainable'] === false;
}

/** Each layer of a net with its group in Keras 3's own format. Source: `_save_container_state` in keras/src/saving/saving_lib.py. */
function groups({ layers }: Net): [Net['layers'][number], string][] {
  const used = new Map<string, number>();
  return layers.map((layer) => {
    const base = snakeCase(layer.net?.className ?? layer.savedAs ?? layer.className);
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    return [layer, `layers/${base}${count === 0 ? '' : `_${count}`}`];
  });
}

/** `SeparableConv2D` to `separable_conv2d`. Source: `to_snake_case` in keras/src/utils/naming.py. */
function snakeCase(className: string): string {
  return className
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
