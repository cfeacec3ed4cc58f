import { failure } from '../../base/errors.ts';
import { layerSpecs } from './layers/allow-list.ts';

/**
 * Checks the JSON that a repaired model carries on from its input though no figure depends on it: initializers, regularizers,
 * constraints, and how the model was compiled. Keras builds every object that stands there when it loads the file, so only its own are let through.
 * Objects of one `shared_object_id` are one object for Keras, the first: they must be alike. `where` names the JSON in messages. Throws `model-carried`.
 */
export function checkCarried(json: string, where: string, file: string): void {
  const open: unknown[] = [parsed(json, where, file)];
  const shared = new Map<unknown, string>();
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const { class_name: className, module, shared_object_id: id } = value as Record<string, unknown>;
    if (id !== undefined) {
      const text = inOrder(value);
      if ((shared.get(id) ?? text) !== text)
        throw failure('model-carried', file, {
          where,
          what: `two objects said to be one (shared_object_id ${JSON.stringify(id)})`,
        });
      shared.set(id, text);
    }
    if (typeof className === 'string' && !isKnown(className, module))
      throw failure('model-carried', file, {
        where,
        what: `${typeof module === 'string' && !isKeras(module) ? `${module}.` : ''}${className}`,
      });
    for (const part of Object.values(value)) open.push(part);
  }
}

/** The text of a value, keys in order. */
const inOrder = (value: unknown): string =>
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

function isKnown(className: string, module: unknown): boolean {
  if (module === 'builtins') return className === 'function'; // the name of one of Keras's own functions
  return (
    (module === undefined || module === null || (typeof module === 'string' && isKeras(module))) &&
    (layerSpecs.has(className) || known.has(className.replace(/^Custom>/, '')))
  );
}

/** Source: the classes of keras.initializers, regularizers, constraints, optimizers, losses, metrics and dtype_policies in Keras 3.15 and tf-keras 2.21. */
const known = new Set(
  [
    'Functional Model Sequential __keras_tensor__ __tensor__ __numpy__ __tuple__',
    'Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros',
    'L1 L1L2 L2 OrthogonalRegularizer MaxNorm MinMaxNorm NonNeg RadialConstraint UnitNorm',
    'Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer Muon Nadam RMSprop SGD ScheduleFreeAdamW',
    'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay',
    'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge CosineSimilarity Dice Hinge Huber KLDivergence',
    'LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky',
    'AUC Accuracy BinaryAccuracy BinaryIoU CategoricalAccuracy F1Score FBetaScore FalseNegatives FalsePositives IoU LogCoshError Mean MeanIoU MeanMetricWrapper Precision PrecisionAtRecall Recall RecallAtPrecision',
    'RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity Sum TopKCategoricalAccuracy TrueNegatives TruePositives',
    'DTypePolicy FloatDTypePolicy Policy',
  ].flatMap((names) => names.split(' ')),
);
