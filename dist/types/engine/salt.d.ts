import type { Model } from '../models/keras/model.ts';
/** A number of the net's weights, mixed so often that to try many nets until their errors cancel takes long. */
export declare function saltOf(model: Model): number;
