import type { ModelFormat } from './format.ts';
import { onnx } from './onnx/onnx.ts';

/** The formats of model files that are read without Node. Keras's need libhdf5, which a thread with a deadline reads damaged files with. */
export const portableFormats: readonly ModelFormat[] = [onnx];
