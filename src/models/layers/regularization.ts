import { always, layer, type LayerSpec, options } from './spec.ts';

/** What these layers are told of training; none of it counts in a finished net. */
const ofTraining = [
  'rate',
  'stddev',
  'l1',
  'l2',
  'mode',
  'factor',
  'height_factor',
  'width_factor',
  'fill_mode',
  'fill_value',
  'interpolation',
  'value_range',
  'rng_type',
  'bounding_box_format',
];

const identity: LayerSpec = layer({
  options: options({}),
  canonical: (config) => Object.fromEntries(Object.entries(config).filter(([key]) => !ofTraining.includes(key))),
  output: (_, [input]) => input!,
  perChannel: always,
});

/** Layers that work in training only: in a finished net they hand their input on, whatever their options. */
export const trainingOnly: ReadonlySet<string> = new Set([
  'Dropout',
  'SpatialDropout2D',
  'GaussianDropout',
  'GaussianNoise',
  'AlphaDropout',
  'ActivityRegularization',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomBrightness',
]);

/** Whether a layer changes images at random. Keras does so in `net(images)`, which is no training, and does not in `predict`. */
export const augments = (className: string): boolean => trainingOnly.has(className) && className.startsWith('Random');

export const regularizationLayers: Record<string, LayerSpec> = Object.fromEntries(
  [...trainingOnly].map((name) => [name, identity]),
);
