import { failure } from '../../base/errors.ts';
import { activationClasses } from './activation-layers.ts';
import { layerSpecs } from '../layers/allow-list.ts';
import { classNameOf } from './class-names.ts';
import { lambda, operations } from './operations.ts';
import { netClasses } from './net-classes.ts';

/** Where an object stands in a config, which says what it may be: a layer or net, its config, an activation, one of the objects that train it, a value of those, or anything else. */
type Place = 'layer' | 'config' | 'activation' | Trainer | 'value' | 'other';
type Trainer = 'initializer' | 'regularizer' | 'constraint';

/**
 * Checks the JSON that a repaired model carries on from its input though no figure depends on it: initializers, regularizers,
 * constraints, and how the model was compiled. Keras builds every object that stands there when it loads the file, a layer or a net too, and calls it; so
 * only its own are let through, each kind in its place. Objects of one `shared_object_id` are one object for Keras, the first: they must be alike,
 * and none with weights, which would be those of all.
 * `where` names the JSON in messages. Throws `model-carried`.
 */
export function checkCarried(json: string, where: 'config' | 'training_config', file: string): void {
  const refuse = (what: string, among = '') => failure('model-carried', file, { where: `${where}${among}`, what });
  const open: [unknown, Place][] = [[parsed(json, where, file), where === 'config' ? 'layer' : 'other']];
  /** The first object of each id, not its text: those of objects inside each other would be many times as long as the file. */
  const shared = new Map<unknown, { first: object; hasWeights: boolean }>();
  while (open.length > 0) {
    const [value, place] = open.pop()!;
    if (typeof value !== 'object' || value === null) continue;
    const { class_name: className, module, shared_object_id: id } = value as Record<string, unknown>;
    if (id !== undefined && id !== null && !Number.isInteger(id))
      throw refuse(`an object with the shared_object_id ${JSON.stringify(id)}, which is no integer`);
    if (id !== undefined) {
      const text = inOrder(value);
      const known = shared.get(id);
      const hasWeights = place === 'layer' || (place === 'activation' && withWeights.test(text));
      if (known !== undefined && (inOrder(known.first) !== text || known.hasWeights || hasWeights))
        throw refuse(`two objects said to be one (shared_object_id ${JSON.stringify(id)})`);
      shared.set(id, { first: value, hasWeights });
    }
    if (Object.hasOwn(value, passive)) throw refuse(`an object that Keras builds within a config (${passive})`);
    if (typeof className === 'string' && !isKnown(className, module, place))
      throw refuse(`${typeof module === 'string' && !isKeras(module) ? `${module}.` : ''}${className}`, among(place));
    for (const [key, part] of Object.entries(value))
      open.push([part, Array.isArray(value) ? inList(place) : below(key, place)]);
  }
}

/** A class of activations that have weights. */
const withWeights = /PReLU/;

/** The key by which Keras 2 and its `.h5` files mark an object of any class for building. */
const passive = '__passive_serialization__';
const trainers = /_(initializer|regularizer|constraint)$/;

const among = (place: Place): string => (place === 'other' || place === 'value' ? '' : `, among its ${place}s`);

/** Keras of old keeps the layers of a Sequential as its config. */
const inList = (place: Place): Place => (place === 'config' ? 'layer' : place);

function below(key: string, place: Place): Place {
  if (place === 'layer' || place === 'activation') return key === 'config' ? 'config' : 'other';
  if (place === 'config' && key === 'layers') return 'layer';
  if (place === 'config' && key === 'activation') return 'activation';
  if (place === 'config' || place === 'other') return (trainers.exec(key)?.[1] as Trainer | undefined) ?? 'other';
  return 'value';
}

/** The text of a value, keys in order. */
export const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function parsed(json: string, where: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw failure('model-carried', file, { where, what: 'text that is no JSON' });
  }
}

const isKeras = (module: string): boolean => /^(tf_)?keras(\.|$)/.test(module);

function isKnown(className: string, module: unknown, place: Place): boolean {
  if (module === 'builtins') return place === 'other' && className === 'function'; // the name of one of Keras's own functions
  if (!(module === undefined || module === null || (typeof module === 'string' && isKeras(module)))) return false;
  if (place === 'layer')
    return (
      [layerSpecs, netClasses, operations].some((known) => known.has(classNameOf(className, 'keras2'))) ||
      className === lambda
    );
  if (place === 'activation') return activationClasses.has(className);
  return place !== 'config' && classes[place].has(className.replace(/^Custom>/, ''));
}

const words = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

/** Source: the classes of keras.initializers, regularizers, constraints, optimizers, losses, metrics and dtype_policies in Keras 3.15 and tf-keras 2.21. */
const classes: Record<Trainer | 'value' | 'other', ReadonlySet<string>> = {
  initializer: words(
    'Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer',
    'RandomNormal RandomUniform STFT STFTInitializer TruncatedNormal VarianceScaling Zeros',
  ),
  regularizer: words('L1 L1L2 L2 OrthogonalRegularizer'),
  constraint: words('MaxNorm MinMaxNorm NonNeg RadialConstraint UnitNorm'),
  value: words('__numpy__ __tensor__ __tuple__'),
  other: words(
    '__keras_tensor__ __tensor__ __numpy__ __tuple__',
    'Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer Muon Nadam RMSprop SGD ScheduleFreeAdamW',
    'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay',
    'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge CosineSimilarity Dice Hinge Huber KLDivergence',
    'LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky',
    'AUC Accuracy BinaryAccuracy BinaryIoU CategoricalAccuracy F1Score FBetaScore FalseNegatives FalsePositives IoU LogCoshError Mean MeanIoU MeanMetricWrapper Precision PrecisionAtRecall Recall RecallAtPrecision',
    'RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity Sum TopKCategoricalAccuracy TrueNegatives TruePositives',
    'DTypePolicy FloatDTypePolicy Policy',
  ),
};
