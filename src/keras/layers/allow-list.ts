import { Type } from '@sinclair/typebox';
import { failure } from '../../errors.ts';
import { checker } from '../../schema.ts';
import { activationLayers } from './activation.ts';
import { convolutionLayers } from './convolution.ts';
import { denseLayers } from './dense.ts';
import { mergingLayers } from './merging.ts';
import { normalizationLayers } from './normalization.ts';
import { poolingLayers } from './pooling.ts';
import { regularizationLayers } from './regularization.ts';
import { reshapingLayers } from './reshaping.ts';
import { always, type Dialect, layer, type LayerSpec } from './spec.ts';

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
export const layerSpecs: ReadonlyMap<string, LayerSpec> = new Map(Object.entries({
  InputLayer: inputLayer, ...convolutionLayers, ...denseLayers, ...normalizationLayers, ...activationLayers,
  ...poolingLayers, ...reshapingLayers, ...mergingLayers, ...regularizationLayers,
}));

const checkers = new Map([...layerSpecs].map(([name, spec]) => [name, checker(spec.options)]));

/** Keys that say how a layer is trained or built and change nothing in what it answers. */
const irrelevant = /_(initializer|regularizer|constraint)$|^(name|trainable|momentum|seed|noise_shape|sparse|ragged|optional|input_dtype|dtype|data_format|quantization_config|renorm_clipping|renorm_momentum)$/;

/** The options of a layer in one spelling for both dialects. Throws `layer-unsupported` or `layer-option`. */
export function parseOptions(file: string, name: string, className: string, config: Record<string, unknown>, dialect: Dialect): Record<string, unknown> {
  const spec = layerSpecs.get(className);
  const check = checkers.get(className);
  if (spec === undefined || check === undefined) throw failure('layer-unsupported', file, { layer: name, className });
  const refuse = (cause: string) => failure('layer-option', file, { layer: name, className, cause });
  if (config['data_format'] !== undefined && config['data_format'] !== 'channels_last') throw refuse('`data_format` is not channels_last');
  const dtype = dtypeName(config['dtype']);
  if (!computedInFloat32.has(dtype)) throw refuse(`\`dtype\` is ${dtype}, only float32, float16 and mixed precision are supported`);
  if (config['quantization_config'] != null) throw refuse('it is quantized');
  const own = className === 'InputLayer' ? config : without(config, /^batch_(input_)?shape$/);
  const canonical = spec.canonical?.(own, dialect) ?? own;
  const checked = check(without(canonical, irrelevant));
  if ('value' in checked) return checked.value;
  throw refuse(checked.problem);
}

/** Precisions of which every number is a float32 too. */
const computedInFloat32 = new Set(['float32', 'float16', 'mixed_float16', 'mixed_bfloat16']);

/** Policies that a name says all of. */
const namedPolicies = new Set<unknown>(['DTypePolicy', 'FloatDTypePolicy', 'Policy']);

/** `"float32"`, or the name inside Keras 3's DTypePolicy object. */
export function dtypeName(dtype: unknown): string {
  if (dtype === undefined || dtype === null) return 'float32';
  if (typeof dtype === 'string') return dtype;
  const { class_name: kind, config } = dtype as { class_name?: unknown; config?: { name?: unknown } };
  if (!namedPolicies.has(kind)) return `a ${JSON.stringify(kind)}`;
  return typeof config?.name === 'string' ? config.name : 'a policy without a name';
}

function without(config: Record<string, unknown>, keys: RegExp): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !keys.test(key)));
}
