import type { Model } from '../net.ts';
import type { Topology } from '../build-model.ts';
/**
 * Holds the input shapes that a file declares for its layers against those that the layers get. Keras builds a layer by the declared one, whose
 * number of axes and last axis decide its weights; the sizes of images may differ, since a layer may come from another net. A net inside takes its own
 * shape only: Keras takes an axis off a tensor that has one more, or adds one. Throws `layer-option`.
 */
export declare function checkDeclaredShapes({ layers, entries }: Topology, { calls, file }: Pick<Model, 'calls' | 'file'>): void;
