import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { failure } from '../../base/errors.ts';
import { checker } from '../../base/schema.ts';
import { activationLayers } from './activation.ts';
import { convolutionLayers } from './convolution.ts';
import { denseLayers } from './dense.ts';
import { mergingLayers } from './merging.ts';
import { normalizationLayers } from './normalization.ts';
import { poolingLayers } from './pooling.ts';
import { regularizationLayers } from './regularization.ts';
import { reshapingLayers } from './reshaping.ts';
import { always, isSubnormal, type Language, layer, type LayerSpec } from './spec.ts';

const axis = Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]);
const inputLayer = layer({
  options: Type.Object({ batch_shape: Type.Array(axis, { minItems: 2 }) }, { additionalProperties: false }),
  canonical: ({ batch_input_shape, ...config }) => ({ batch_shape: batch_input_shape, ...config }),
  output: (o) => {
    const shape = o.batch_shape.slice(1);
    if (shape.some((size) => size === null)) throw new Error('its size is open; goodnet needs a fixed image size');
    return shape as number[];
  },
  perChannel: always,
});

/** Every layer class that goodnet reads; a class that is not here is refused by name. */
export const layerSpecs: ReadonlyMap<string, LayerSpec> = new Map(
  Object.entries({
    InputLayer: inputLayer,
    ...convolutionLayers,
    ...denseLayers,
    ...normalizationLayers,
    ...activationLayers,
    ...poolingLayers,
    ...reshapingLayers,
    ...mergingLayers,
    ...regularizationLayers,
  }),
);

const checkersFor = (optionsOf: (spec: LayerSpec) => TObject) =>
  new Map([...layerSpecs].map(([name, spec]) => [name, checker(optionsOf(spec))]));
const keras = checkersFor(({ options, ofOnnx, inKeras }) => {
  const own = Type.Object({ ...options.properties, ...inKeras }, { additionalProperties: false });
  return Array.isArray(ofOnnx) ? Type.Omit(own, ofOnnx as string[], { additionalProperties: false }) : own;
});
const checkers: Record<Language, typeof keras> = {
  keras2: keras,
  keras3: keras,
  onnx: checkersFor(({ options }) => options),
};

/** Objects that say how a layer is trained; which of them a file may hold is checked for all of it (carried.ts). */
const objects = /_(initializer|regularizer|constraint)$/;
const absent = Type.Null();
const off = Type.Union([Type.Literal(false), Type.Literal(0), Type.Null()]);

/** Keys that say how a layer is trained or built and change nothing in what it answers, with the values that Keras writes there. */
const irrelevant: Record<string, TSchema> = {
  name: Type.String(),
  trainable: Type.Boolean(),
  dtype: Type.Unknown(),
  input_dtype: Type.Literal('float32'),
  data_format: Type.Literal('channels_last'),
  momentum: Type.Number(),
  renorm_momentum: Type.Number(),
  renorm_clipping: Type.Union([Type.Object({}), absent]),
  seed: Type.Union([Type.Integer(), Type.Object({}), absent]),
  noise_shape: Type.Union([Type.Array(Type.Unknown()), absent]),
  sparse: off,
  ragged: off,
  optional: off,
  quantization_config: absent,
};
const irrelevantChecks = new Map(
  Object.entries(irrelevant).map(([key, schema]) => [key, checker(Type.Object({ [key]: schema }))]),
);

/** The options of a layer in one spelling for all languages. Throws `layer-unsupported` or `layer-option`. */
export function parseOptions(
  file: string,
  name: string,
  className: string,
  config: Record<string, unknown>,
  language: Language,
): Record<string, unknown> {
  const spec = layerSpecs.get(className);
  const check = checkers[language].get(className);
  const isForeign = spec?.ofOnnx === 'all' && language !== 'onnx';
  if (spec === undefined || check === undefined || isForeign)
    throw failure('layer-unsupported', file, { layer: name, className });
  const refuse = (cause: string) => failure('layer-option', file, { layer: name, className, cause });
  const own = inLowerCase(className === 'InputLayer' ? config : without(config, (key) => key === 'batch_input_shape'));
  if (own['data_format'] !== undefined && own['data_format'] !== 'channels_last')
    throw refuse('`data_format` is not channels_last');
  const dtype = dtypeName(config['dtype']);
  if (!computedInFloat32.has(dtype))
    throw refuse(`\`dtype\` is ${dtype}, only float32, float16 and mixed precision are supported`);
  if (config['quantization_config'] != null) throw refuse('it is quantized');
  const twice = synonyms.find((words) => words.filter((word) => config[word] !== undefined).length > 1);
  if (twice !== undefined) throw refuse(`it has both \`${twice.join('` and `')}\`, which mean the same`);
  const canonical = spec.canonical?.(own, language) ?? own;
  for (const [key, value] of Object.entries(canonical)) {
    const checked = irrelevantChecks.get(key)?.({ [key]: value });
    if (checked !== undefined && 'problem' in checked) throw refuse(checked.problem);
  }
  const relevant = without(canonical, (key) => irrelevantChecks.has(key) || objects.test(key));
  const checked = check(withFlags(spec.options, relevant));
  if ('problem' in checked) throw refuse(checked.problem);
  const [tiny] = Object.entries(checked.value).filter(
    ([key, value]) => !heldElsewhere.has(key) && [value].flat(Infinity).some(isSubnormal),
  );
  if (tiny !== undefined) throw refuse(`\`${tiny[0]}\` holds a number so near 0 that libraries compute with 0`);
  return checked.value;
}

/** Words that Keras takes in capitals, too. */
const words = new Set(['data_format', 'padding', 'interpolation']);

const inLowerCase = (config: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      words.has(key) && typeof value === 'string' ? value.toLowerCase() : value,
    ]),
  );

/** An epsilon is held against its variances; what a Rescaling adds counts as flushed where rounding is tried. */
const heldElsewhere = new Set(['epsilon', 'offset']);

/** Options that are true or false where they stand as 1 or 0, which Python takes for the same. */
function withFlags({ properties }: LayerSpec['options'], config: Record<string, unknown>): Record<string, unknown> {
  const isFlag = (key: string): boolean => {
    const { type, const: only } = (properties[key] ?? {}) as { type?: string; const?: unknown };
    return type === 'boolean' || only === false;
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      isFlag(key) && (value === 0 || value === 1) ? value === 1 : value,
    ]),
  );
}

/** Words of Keras 2 and Keras 3 for the same option: where both stand, each reads its own. */
const synonyms = [
  ['alpha', 'negative_slope'],
  ['batch_input_shape', 'batch_shape'],
];

/** Precisions of which every number is a float32 too. */
const computedInFloat32 = new Set(['float32', 'float16', 'mixed_float16', 'mixed_bfloat16']);

/** `"float32"`, or the name inside Keras 3's DTypePolicy object. */
export function dtypeName(dtype: unknown): string {
  if (dtype === undefined || dtype === null) return 'float32';
  if (typeof dtype === 'string') return dtype;
  const {
    class_name: kind,
    config,
    module = null,
    registered_name: registered = null,
    shared_object_id: _,
    ...others
  } = dtype as Record<string, unknown>;
  if (!policies.has(kind)) return `a ${JSON.stringify(kind)}`;
  const { name, ...more } = (config ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string') return 'a policy without a name';
  const isPlain = policyModules.has(module) && registered === null && Object.keys({ ...others, ...more }).length === 0;
  return isPlain ? name : `the policy ${JSON.stringify(dtype)}`;
}

const policies: ReadonlySet<unknown> = new Set(['DTypePolicy', 'FloatDTypePolicy', 'Policy', 'PolicyV1']);
const policyModules: ReadonlySet<unknown> = new Set([
  null,
  'keras',
  'keras.dtype_policies',
  'keras.mixed_precision',
  'tf_keras.mixed_precision',
]);

function without(config: Record<string, unknown>, unwanted: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !unwanted(key)));
}
