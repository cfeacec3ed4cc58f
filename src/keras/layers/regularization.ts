import { Type } from '@sinclair/typebox';
import { always, layer, type LayerSpec } from './spec.ts';

/** Layers that work in training only: in a finished net they hand their input on, whatever their options. */
const identity: LayerSpec = layer({ options: Type.Object({}), output: (_, [input]) => input!, perChannel: always });

export const regularizationLayers: Record<string, LayerSpec> = {
  Dropout: identity,
  SpatialDropout2D: identity,
  GaussianDropout: identity,
  GaussianNoise: identity,
  AlphaDropout: identity,
  ActivityRegularization: identity,
};
