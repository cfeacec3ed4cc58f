import { type Call, innerId, type Layer, type Weight } from '../../models/net.ts';
import type { ActivationName } from '../../models/layers/activation.ts';
import { alone, clamped } from '../kernels/convolution.ts';

/** Layers that compute these activations along with their products. */
const clamping: ReadonlySet<string> = new Set(['Conv2D', 'DepthwiseConv2D', 'Dense']);

/** The calls of a net as ones that do one thing each. Weights keep the path that they have in the file. */
export const elementary = (calls: readonly Call[]): Call[] => calls.flatMap(separate).flatMap(unactivated);

/** A separable convolution as two. */
function separate(call: Call): Call[] {
  const { id, layer, inputs, shape } = call;
  if (layer.className !== 'SeparableConv2D') return [call];
  const { depth_multiplier: _, ...options } = layer.options;
  const [spatial, pointwise, ...bias] = layer.weights as [Weight, Weight, ...Weight[]];
  const multiplied = spatial.shape[2]! * spatial.shape[3]!;
  const first: Layer = {
    ...layer,
    className: 'DepthwiseConv2D',
    options: { ...options, activation: 'linear' },
    weights: [spatial],
  };
  const second: Layer = {
    ...layer,
    className: 'Conv2D',
    options: { ...options, ...alone, groups: 1 },
    weights: [{ ...pointwise, name: 'kernel' }, ...bias],
  };
  const between = innerId(id, 'spatial');
  return [
    { id: between, layer: first, inputs, shape: [...shape.slice(0, 2), multiplied] },
    { id, layer: second, inputs: [between], shape },
  ];
}

/** A layer and its activation as two, where the activation is not computed along. */
function unactivated(call: Call): Call[] {
  const { id, layer, inputs, shape } = call;
  const { activation } = layer.options as { activation?: ActivationName };
  const isPlain = layer.className === 'Activation' || activation === undefined || activation === 'linear';
  if (isPlain || (clamping.has(layer.className) && clamped[activation] !== undefined)) return [call];
  const plain: Layer = { ...layer, options: { ...layer.options, activation: 'linear' } };
  const own: Layer = { ...layer, className: 'Activation', options: { activation }, weights: [] };
  const between = innerId(id, 'linear');
  return [
    { id: between, layer: plain, inputs, shape },
    { id, layer: own, inputs: [between], shape },
  ];
}
