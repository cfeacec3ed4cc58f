import type { Dialect } from '../layers/spec.ts';

/** Other names that both Kerases have for a class. In an `.h5` file Keras 3 reads none of them, and loads no net then. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['Convolution2D', 'Conv2D'],
  ['Convolution2DTranspose', 'Conv2DTranspose'],
  ['SeparableConvolution2D', 'SeparableConv2D'],
  ['MaxPool2D', 'MaxPooling2D'],
  ['AvgPool2D', 'AveragePooling2D'],
  ['GlobalMaxPool1D', 'GlobalMaxPooling1D'],
  ['GlobalMaxPool2D', 'GlobalMaxPooling2D'],
  ['GlobalAvgPool1D', 'GlobalAveragePooling1D'],
  ['GlobalAvgPool2D', 'GlobalAveragePooling2D'],
]);

/** What TensorFlow 1.13 to 1.15 calls a class. Source: populate_deserializable_objects in tf_keras/src/layers/serialization.py. */
const ofKeras2: ReadonlyMap<string, string> = new Map([
  ['BatchNormalizationV1', 'BatchNormalization'],
  ['BatchNormalizationV2', 'BatchNormalization'],
]);

/** The name that Keras itself gives a class in the files that it writes. */
export const classNameOf = (given: string, dialect: Dialect): string =>
  aliases.get(given) ?? (dialect === 'keras2' ? ofKeras2.get(given) : undefined) ?? given;
