import type { Dialect } from '../layers/spec.ts';
import { goodnetName } from '../net.ts';
import type { FlatLayer } from './goodnet.ts';
import { arithmeticModule, lambda } from './operations.ts';

/** The config of a net that is written, as one Keras writes it; that of Keras 2 is read by both. */
export function flatConfig(layers: readonly FlatLayer[], dialect: Dialect): object {
  const entry = dialect === 'keras2' ? entryOfKeras2 : entryOfKeras3;
  return {
    class_name: 'Functional',
    config: {
      name: goodnetName,
      layers: layers.map(entry),
      input_layers: [[layers[0]!.name, 0, 0]],
      output_layers: [[layers.at(-1)!.name, 0, 0]],
    },
  };
}

const configOf = ({ name, options }: FlatLayer): object => ({ name, dtype: 'float32', ...options });

function entryOfKeras2(layer: FlatLayer): object {
  const { name, className, inputs } = layer;
  if (className === 'Divide') return quotientOfKeras2(layer);
  return {
    class_name: className,
    name,
    config: configOf(layer),
    inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  };
}

function quotientOfKeras2({ name, inputs }: FlatLayer): object {
  const [above, below] = inputs.map((input) => [input, 0, 0] as const);
  return {
    class_name: lambda,
    name,
    config: { name, trainable: true, dtype: 'float32', function: 'math.truediv' },
    inbound_nodes: [[...above!, { y: below, name: null }]],
  };
}

function entryOfKeras3(layer: FlatLayer): object {
  const { name, className, inputs } = layer;
  const tensors = inputs.map((input) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null], dtype: 'float32', keras_history: [input, 0, 0] }, // Keras goes by the history alone
  }));
  const called = (args: unknown[]) => ({ inbound_nodes: [{ args, kwargs: {} }] });
  if (className === 'Divide') {
    const ofClass = { module: arithmeticModule, class_name: 'TrueDivide', registered_name: 'TrueDivide' };
    return { ...ofClass, name, config: { name }, ...called(tensors) };
  }
  const { batch_input_shape: shape, ...config } = configOf(layer) as Record<string, unknown>;
  const own = { class_name: className, name };
  if (inputs.length === 0) return { ...own, config: { ...config, batch_shape: shape }, inbound_nodes: [] };
  return { ...own, config, ...called(tensors.length === 1 ? tensors : [tensors]) };
}
