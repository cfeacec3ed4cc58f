import { type Json, object, type Refuse } from './inbound-nodes.ts';
import type { Dialect } from '../layers/spec.ts';
import { type NetClass, netClasses } from './net-classes.ts';
import { arithmeticModule, isOperation, lambda, lambdaModules } from './operations.ts';

/** What the entry of a net or a layer says besides its options. */
export interface Entry {
  name: string;
  /** The class, or words that no class bears where it is not one of Keras's own. */
  className: string;
  config: Json;
  /** The shapes that the file gives for its input, batch axis first. */
  declaredShapes: unknown[];
  /** The class by which Keras saves its state, where it is none of its own. */
  savedAs?: string;
}

const ofEntry = ['class_name', 'config', 'module', 'registered_name', 'build_config'];
const ofNetEntry = [...ofEntry, 'compile_config'];
const inFunctional = ['name', 'inbound_nodes'];
const ofRoot = [...ofNetEntry, 'keras_version', 'backend'];
const ofNet = ['name', 'trainable', 'dtype', 'layers'];
const ofFunctional = [...ofNet, 'input_layers', 'output_layers'];
const ofSequential = [...ofNet, 'build_input_shape'];

/** Where each Keras has its classes: other modules have classes of the same names. `null`: files without modules, which go by the name alone. */
const layerModules: ReadonlySet<unknown> = new Set([null, 'keras.layers', 'tf_keras.layers']);
const netModules: ReadonlySet<unknown> = new Set([
  null,
  'keras',
  'tf_keras',
  'keras.models',
  'keras.src.models.functional',
  'tf_keras.src.engine.functional',
  'keras.src.engine.functional',
  'keras.engine.functional',
]);

/** Reads the entry of a layer, or of the root net, whose name may be missing. Whether Keras writes all that stands there is left to `checkEntry`. */
export function readEntry(entry: Json, isRoot: boolean, refuse: Refuse): Entry {
  const { class_name: given, module = null, registered_name: registered = null } = entry;
  const config = Array.isArray(entry['config']) ? { layers: entry['config'] } : object(entry['config']);
  const name = entry['name'] ?? config['name'] ?? (isRoot ? 'model' : undefined);
  if (typeof name !== 'string' || typeof given !== 'string') throw refuse('a layer has no name or class');
  if (name.includes('\0')) throw refuse(`the name ${JSON.stringify(name)} holds a NUL, where names in files end`);
  const className = classIn(given, module, registered);
  if (given === 'Concatenate' && module === arithmeticModule && config['axis'] === undefined)
    throw refuse(`the operation ${name} does not say its axis, which is the batch then`);
  const build = object(entry['build_config']);
  const first = className === 'InputLayer' ? [] : [config['batch_input_shape']];
  const declaredShapes = [build['input_shape'], ...Object.values(object(build['shapes_dict'])), ...first].filter(
    (shape) => shape != null,
  );
  return { name, className, config, declaredShapes };
}

/** The class that an entry names, or words that no class bears. */
export function classIn(given: string, module: unknown, registered: unknown): string {
  const quoted = (text: unknown): string => JSON.stringify(text).slice(1, -1);
  const isLambda = given === lambda && lambdaModules.has(module);
  const isNet = netClasses.has(given);
  // Keras registers its nets and operations under their own names; a class of somebody else's may bear the same.
  const isOwn =
    registered === null ||
    (registered === given &&
      (isOperation(given, module) || isLambda || (isNet && module !== null && netModules.has(module))));
  if (!isOwn) return `${quoted(registered)} (custom)`;
  return isOperation(given, module) || isLambda || (isNet ? netModules : layerModules).has(module)
    ? given
    : `${quoted(module)}.${given}`;
}

/** Throws where an entry has a key that Keras does not write there, or calls its layer by two names. */
export function checkEntry(
  entry: Json,
  { name, className, config }: Entry,
  role: 'root' | NetClass,
  refuse: Refuse,
): void {
  if (config['name'] !== undefined && config['name'] !== name)
    throw refuse(`the layer ${name} is named ${JSON.stringify(config['name'])} in its own config`);
  const known =
    role === 'root'
      ? ofRoot
      : [...(netClasses.has(className) ? ofNetEntry : ofEntry), ...(role === 'Functional' ? inFunctional : [])];
  checkKeys(entry, known, `the entry of ${name}`, refuse);
  if (!isObject(entry['build_config'])) throw refuse(`the build_config of ${name} is none`);
  checkKeys(object(entry['build_config']), ['input_shape', 'shapes_dict'], `the build_config of ${name}`, refuse);
}

/** Checks that a net's own config holds nothing but what Keras writes there. */
export function checkNetKeys(name: string, className: NetClass, config: Json, refuse: Refuse): void {
  checkKeys(config, className === 'Sequential' ? ofSequential : ofFunctional, `the config of ${name}`, refuse);
  if (config['trainable'] != null && typeof config['trainable'] !== 'boolean')
    throw refuse(`\`trainable\` of ${name} is neither true nor false`);
}

function checkKeys(value: Json, known: readonly string[], where: string, refuse: Refuse): void {
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange !== undefined)
    throw refuse(`${where} has the key ${JSON.stringify(strange)}, which Keras does not write there`);
}

/**
 * The family of Keras that wrote a config, by the form of its input layers and calls. `version` is what the file says of itself, null where it
 * says nothing. A net without such signs is loaded by both, and passes for one of Keras 2, which Keras 3 loads too. Throws where the two disagree, or
 * the config is of both families.
 */
export function dialectOf(root: Json, version: string | null, refuse: Refuse): Dialect {
  const signs = new Map<Dialect, string>();
  const open: Json[] = [root];
  while (open.length > 0) {
    const { class_name: className, config, inbound_nodes: nodes } = open.pop()!;
    const inner = Array.isArray(config) ? config : object(config)['layers'];
    if (Array.isArray(inner)) open.push(...inner.map(object));
    if (className === 'InputLayer')
      for (const [key, dialect] of shapeKeys) if (object(config)[key] !== undefined) signs.set(dialect, key);
    for (const node of Array.isArray(nodes) ? nodes : [])
      signs.set(Array.isArray(node) ? 'keras2' : 'keras3', Array.isArray(node) ? 'calls as lists' : 'calls as objects');
  }
  if (signs.size > 1)
    throw refuse(`it has both ${signs.get('keras2')}, as Keras 2 writes, and ${signs.get('keras3')}, as Keras 3 does`);
  const [found] = signs.keys();
  const said = version === null ? undefined : families.get(version.split('.')[0]!);
  if (version !== null && said === undefined)
    throw refuse(`it says that Keras ${JSON.stringify(version).slice(1, -1)} wrote it; 2.x and 3.x are read`);
  if (found !== undefined && said !== undefined && found !== said)
    throw refuse(
      `it says that Keras ${version} wrote it, and has ${signs.get(found)} as Keras ${found.slice(-1)} writes`,
    );
  return found ?? 'keras2';
}

const shapeKeys: readonly [string, Dialect][] = [
  ['batch_input_shape', 'keras2'],
  ['batch_shape', 'keras3'],
];
const families: ReadonlyMap<string, Dialect> = new Map([
  ['2', 'keras2'],
  ['3', 'keras3'],
]);

/** Whether a value is a JSON object, or is not there. */
const isObject = (value: unknown): boolean => value == null || (typeof value === 'object' && !Array.isArray(value));
