import { failure } from '../../base/errors.ts';
import type { LayerConfig } from '../build-model.ts';

/** Options that Keras 2 gave other names. Source: tf_keras/src/legacy and the release notes of Keras 2.0. */
const ofKeras1 = ['nb_filter', 'nb_row', 'border_mode', 'subsample', 'dim_ordering', 'output_dim', 'W_regularizer'];

/** Wrappers of layers that are trained to be quantized (TensorFlow's model optimization), and the types of layers that are (Keras 3). */
const wrappers = /^(.*\.)?Quantize(WrapperV2|Wrapper|Layer)( \(custom\))?$/;
const types = /"(QuantizedDTypePolicy|QuantizedFloat8DTypePolicy|(u?int[48]|float8)_from_[a-z0-9_]+)"/;

/** Throws where a layer is one of Keras 1, or is quantized: what it lacks is then told better than by its first strange option. */
export function checkForeign({ name, className, config }: LayerConfig, file: string): void {
  const old = className === 'Embedding' ? undefined : ofKeras1.find((key) => config[key] !== undefined);
  if (old !== undefined) throw failure('model-keras1', file, { sign: `layer ${name} has \`${old}\`` });
  if (wrappers.test(className)) throw failure('model-quantized', file, { layer: name, sign: className });
  const type = types.exec(JSON.stringify(config['dtype'] ?? null))?.[1];
  if (type !== undefined) throw failure('model-quantized', file, { layer: name, sign: type });
  if (config['quantization_config'] != null)
    throw failure('model-quantized', file, { layer: name, sign: 'quantization_config' });
}
