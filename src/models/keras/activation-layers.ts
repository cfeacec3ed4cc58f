import { failure } from '../../base/errors.ts';
import type { CallConfig, LayerConfig, Topology } from '../build-model.ts';
import { layerSpecs } from '../layers/allow-list.ts';
import type { Dialect } from '../layers/spec.ts';
import { innerId } from '../net.ts';
import { classIn } from './config-entries.ts';
import type { Place } from './flatten.ts';
import { type Json, object } from './inbound-nodes.ts';
import { approximateGelu } from './same-layer.ts';

interface Flat {
  topology: Topology;
  places: Map<string, Place>;
}

/**
 * A layer behind the one that has the activation, which is number 0; it reads the one before it, or those that it names.
 * `objects`: where it is itself an object in the config, the configs of the objects down to its own.
 */
type Step = Omit<LayerConfig, 'name'> & { reads?: readonly number[]; objects?: readonly Json[] };

const step = (className: string, config: Json = {}, reads?: readonly number[]): Step => ({
  className,
  config,
  ...(reads && { reads }),
});
const negated = step('Rescaling', { scale: -1 });
const atMostOne = step('ReLU', { max_value: 1, negative_slope: 1 });

/** Of the GELU that tanh approximates, which is x sigmoid(steepness (x + 0.044715 x^3)). */
const steepness = 2 * Math.sqrt(2 / Math.PI);

/** Activations by name that are layers with these options. */
const named: ReadonlyMap<unknown, readonly Step[]> = new Map<unknown, readonly Step[]>([
  ['leaky_relu', [step('LeakyReLU', { negative_slope: 0.2 })]],
  ['celu', [step('ELU')]],
  ['hard_tanh', [atMostOne, negated, atMostOne, negated]],
  ['log_sigmoid', [negated, step('Activation', { activation: 'softplus' }), negated]],
  ['sparse_sigmoid', [step('Rescaling', { scale: 0.5, offset: 0.5 }), step('ReLU', { max_value: 1 })]],
  ['tanh_shrink', [step('Activation', { activation: 'tanh' }), step('Subtract', {}, [0, 1])]],
  [
    approximateGelu,
    [
      step('Multiply', {}, [0, 0]),
      step('Rescaling', { scale: 0.044715 * steepness, offset: steepness }),
      step('Multiply', {}, [2, 0]),
      step('Activation', { activation: 'sigmoid' }),
      step('Multiply', {}, [4, 0]),
    ],
  ],
  [
    'hard_shrink',
    [
      step('ReLU', { threshold: 0.5 }),
      step('Rescaling', { scale: -1 }, [0]),
      step('ReLU', { threshold: 0.5 }),
      step('Subtract', {}, [1, 3]),
    ],
  ],
  [
    'soft_shrink',
    [
      step('Rescaling', { scale: 1, offset: -0.5 }),
      step('ReLU'),
      step('Rescaling', { scale: -1, offset: -0.5 }, [0]),
      step('ReLU'),
      step('Subtract', {}, [2, 4]),
    ],
  ],
  [
    'sparse_plus',
    [
      step('Rescaling', { scale: 0.5, offset: 0.5 }),
      step('ReLU', { max_value: 1 }),
      step('Multiply', {}, [2, 2]),
      step('Rescaling', { scale: 1, offset: -1 }, [0]),
      step('ReLU'),
      step('Add', {}, [3, 5]),
    ],
  ],
]);

/** Names that Keras 3 alone knows: a file of Keras 2 that holds one is read by Keras 3, and not by Keras 2. */
const ofKeras3: ReadonlySet<unknown> = new Set([
  'celu',
  'hard_tanh',
  'hard_silu',
  'hard_swish',
  'log_sigmoid',
  'sparse_sigmoid',
  'tanh_shrink',
  'hard_shrink',
  'soft_shrink',
  'sparse_plus',
  'squareplus',
]);

/** Names that Keras 3 knows and that are not computed, with the reason. */
const refused: ReadonlyMap<unknown, string> = new Map([
  ['glu', 'answers half as many channels as Keras 3 declares, so that it builds no layer behind it'],
  ['sparsemax', 'is computed by Keras 3 otherwise than it is defined: its answers do not add up to 1; use softmax'],
]);

/** Layers that stand as objects where an activation's name stands otherwise. */
export const activationClasses: ReadonlySet<string> = new Set([
  'Activation',
  'LeakyReLU',
  'ReLU',
  'ELU',
  'PReLU',
  'Softmax',
]);
const ofObject: ReadonlySet<string> = new Set(['config', 'shared_object_id', 'build_config']);

/** The same net with each activation that is a layer as a layer of its own behind the one that has it. Throws `layer-option`. */
export function withActivationLayers({ topology, places }: Flat, file: string): Flat {
  const split = new Map(
    topology.layers.map((layer) => [layer.name, parts(layer, stepsOf(layer, topology.dialect, file))]),
  );
  const names = new Set<string>();
  for (const { name, className } of [...split.values()].flat().map(({ layer }) => layer))
    if (names.size === names.add(name).size)
      throw failure('layer-option', file, { layer: name, className, cause: 'two layers would have this name' });
  const placed = [...places].flatMap(([name, place]): [string, Place][] => [
    [name, place],
    ...split
      .get(name)!
      .flatMap(({ layer, objects }): [string, Place][] =>
        objects === undefined ? [] : [[layer.name, placeInside(place, objects)]],
      ),
  ]);
  return {
    topology: {
      ...topology,
      layers: topology.layers.flatMap(({ name }) => split.get(name)!.map(({ layer }) => layer)),
      calls: topology.calls.flatMap((call) => chained(call, split.get(call.layer)!)),
    },
    places: new Map(placed),
  };
}

/** Where Keras saves the state of a layer that is another's activation, or the activation of that. */
function placeInside({ names, group, trainable }: Place, objects: readonly Json[]): Place {
  const isTrained = objects.every((config) => config['trainable'] !== false);
  return {
    names: [...names, ...objects.map((config) => String(config['name']))],
    group: `${group}${'/activation'.repeat(objects.length)}`,
    trainable: { keras2: trainable.keras2 && isTrained, keras3: trainable.keras3 && isTrained },
  };
}

/** The layers that compute an activation; null for one that its own layer computes. */
function stepsOf({ name, className, config }: LayerConfig, dialect: Dialect, file: string): readonly Step[] | null {
  const { activation } = config;
  if (layerSpecs.get(className)?.options.properties['activation'] === undefined) return null;
  const refuse = (cause: string) => failure('layer-option', file, { layer: name, className, cause });
  if (ofKeras3.has(activation) && dialect === 'keras2')
    throw refuse(`its activation ${activation as string} is none of Keras 2, which wrote the file`);
  if (refused.has(activation)) throw refuse(`its activation ${activation as string} ${refused.get(activation)!}`);
  if (typeof activation !== 'object' || activation === null) return named.get(activation) ?? null;
  const { class_name: given, module = null, registered_name: registered = null, ...others } = activation as Json;
  const kind = classIn(String(given), module, registered);
  if (!activationClasses.has(kind)) throw refuse(`its activation is a ${kind}, which is not supported`);
  const strange = Object.keys(others).find((key) => !ofObject.has(key));
  if (strange !== undefined) throw refuse(`its activation has the key ${JSON.stringify(strange)}`);
  const built = object(others['build_config'])['input_shape'];
  const inner = object(others['config']);
  const declaredShapes = built == null ? [] : [built];
  const behind = stepsOf({ name, className: kind, config: inner }, dialect, file);
  const own: Step = { className: kind, config: behind === null ? inner : linear(inner), declaredShapes };
  return [
    { ...own, objects: [inner] },
    ...(behind ?? []).map(({ reads, objects, ...rest }): Step => ({
      ...rest,
      ...(reads && { reads: reads.map((part) => part + 1) }),
      ...(objects && { objects: [inner, ...objects] }),
    })),
  ];
}

const linear = (config: Json): Json => ({ ...config, activation: 'linear' });

/** One of the layers that stand for one, and which of them it reads. */
interface Part {
  layer: LayerConfig;
  reads: readonly number[];
  objects?: readonly Json[];
}

/** The layer without its activation, and the steps behind it. */
function parts(layer: LayerConfig, steps: readonly Step[] | null): Part[] {
  if (steps === null) return [{ layer, reads: [] }];
  const behind = steps.map(({ reads, objects, ...rest }, i): Part => ({
    layer: { ...rest, name: `${layer.name}/activation${i === 0 ? '' : `_${i + 1}`}` },
    reads: reads ?? [i],
    ...(objects && { objects }),
  }));
  return [{ layer: { ...layer, config: linear(layer.config) }, reads: [] }, ...behind];
}

/** A call of the first part, and of each of the others on those that it reads; the last answers for all of them. */
function chained(call: CallConfig, layers: readonly Part[]): CallConfig[] {
  const ids = layers.map((_, i) => (i === layers.length - 1 ? call.id : innerId(call.id, `part ${i}`)));
  return layers.map(({ layer: { name }, reads }, i) => ({
    id: ids[i]!,
    layer: name,
    inputs: i === 0 ? call.inputs : reads.map((part) => ids[part]!),
  }));
}
