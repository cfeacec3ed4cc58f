import { Type } from '@sinclair/typebox';
import { always, layer, type LayerSpec } from './spec.ts';

const identity: LayerSpec = layer({ options: Type.Object({}), output: (_, [input]) => input!, perChannel: always });

/** Layers that work in training only: in a finished net they hand their input on, whatever their options. */
export const trainingOnly: ReadonlySet<string> = new Set([
  'Dropout', 'SpatialDropout2D', 'GaussianDropout', 'GaussianNoise', 'AlphaDropout', 'ActivityRegularization',
  'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomContrast', 'RandomBrightness',
]);

export const regularizationLayers: Record<string, LayerSpec> = Object.fromEntries([...trainingOnly].map((name) => [name, identity]));
