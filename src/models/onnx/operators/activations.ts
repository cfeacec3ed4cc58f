import { isForChannels } from '../constant.ts';
import { ordered } from '../order.ts';
import type { NewLayer, Tensor } from '../wiring.ts';
import type { Operator, Site } from './site.ts';

/** A layer on each number, by what the node tells. */
const onEach =
  (layer: (site: Site) => NewLayer): Operator =>
  (site) => {
    site.takes(1);
    return site.onEach(layer(site));
  };

const activation = (name: string): NewLayer => ({ className: 'Activation', config: { activation: name } });
const named = (name: string): Operator => onEach(() => activation(name));
export const rescaling = (scale: unknown, offset: unknown = 0): NewLayer => ({
  className: 'Rescaling',
  config: { scale, offset },
});
const rectifier = (most: number | null): NewLayer => ({ className: 'ReLU', config: { max_value: most } });

/** Layers one behind the other. */
const inRow = (site: Site, layers: readonly NewLayer[]): Tensor =>
  layers.reduce(
    (tensor, layer, i) => site.onEach(layer, tensor, i === layers.length - 1 ? '' : `/${i + 1}`),
    site.tensor(),
  );

/** A softmax over the channels of a row, or of each position of an image. */
const softmax =
  (name: string): Operator =>
  (site) => {
    site.takes(1);
    const { shape } = site.tensor();
    const axis = site.axis(site.node.int('axis', site.opset < 13 ? 1 : -1), shape.length);
    if (shape.length === 1) return site.onEach(activation(name), site.row());
    if (shape.length !== 3 || axis !== 0 || (site.opset < 13 && shape[1]! * shape[2]! !== 1))
      throw site.refuse('it is not taken over the channels');
    return site.onEach(activation(name), site.image());
  };

const elu: Operator = onEach(({ node }) => ({ className: 'ELU', config: { alpha: node.float('alpha', 1) } }));

const selu: Operator = onEach((site) => {
  const [alpha, gamma] = [site.node.float('alpha', seluAlpha), site.node.float('gamma', seluGamma)];
  if (Math.fround(alpha) !== seluAlpha || Math.fround(gamma) !== seluGamma)
    throw site.refuse(`its alpha and gamma are ${alpha} and ${gamma}, only the usual ones are computed`);
  return activation('selu');
});
const seluAlpha = Math.fround(1.67326319217681884765625);
const seluGamma = Math.fround(1.05070102214813232421875);

const celu: Operator = onEach((site) => {
  const alpha = site.node.float('alpha', 1);
  if (alpha !== 1) throw site.refuse(`its alpha is ${alpha}, only 1 is computed`);
  return { className: 'ELU' };
});

const gelu: Operator = (site) => {
  site.takes(1);
  const how = site.node.text('approximate', 'none');
  if (how === 'none') return site.onEach(activation('gelu'));
  if (how !== 'tanh') throw site.refuse(`its approximate is ${how}`);
  return approximateGelu(site, site.tensor());
};

/** x sigmoid(s x (1 + 0.044715 x^2)), which is half of x (1 + tanh) of half of that. */
function approximateGelu(site: Site, x: Tensor): Tensor {
  const times = (other: Tensor, part: string): Tensor => ({
    ...x,
    ...site.wiring.call(`${site.label}${part}`, { className: 'Multiply' }, [x, other]),
  });
  const bent = site.onEach(rescaling(0.044715 * steepness, steepness), times(x, '/1'), '/2');
  const gate = site.onEach(activation('sigmoid'), times(bent, '/3'), '/4');
  return times(gate, '');
}
const steepness = 2 * Math.sqrt(2 / Math.PI);

/** max(0, min(1, alpha x + beta)); PyTorch's has a sixth and a half. */
const hardSigmoid: Operator = (site) => {
  site.takes(1);
  const [alpha, beta] = [site.node.float('alpha', 0.2), site.node.float('beta', 0.5)];
  if (Math.fround(alpha) === Math.fround(1 / 6) && beta === 0.5) return site.onEach(activation('hard_sigmoid'));
  return inRow(site, [rescaling(alpha, beta), rectifier(1)]);
};

const clip: Operator = (site) => {
  site.takes(3);
  const isTold = site.opset < 11;
  const least = isTold ? site.node.float('min', -Infinity) : site.number(1, -Infinity);
  const most = isTold ? site.node.float('max', Infinity) : site.number(2, Infinity);
  const [isOpenBelow, isOpenAbove] = [least <= -largest, most >= largest];
  if (!(least < most) || least >= largest || most <= -largest)
    throw site.refuse(`it clips between ${least} and ${most}`);
  if (isOpenBelow && isOpenAbove) return site.tensor();
  if (isOpenBelow) return inRow(site, [rescaling(-1, most), rectifier(null), rescaling(-1, most)]);
  const rectified = rectifier(isOpenAbove ? null : most - least);
  return least === 0 ? site.onEach(rectified) : inRow(site, [rescaling(1, -least), rectified, rescaling(1, least)]);
};
/** Float32's largest number, which exporters write for none. */
const largest = 3.4028234663852886e38;

/** One slope for all, or one for each channel. */
const prelu: Operator = (site) => {
  site.takes(2);
  const isImage = site.tensor().shape.length === 3;
  const tensor = isImage ? site.image() : site.row();
  const slope = site.weight(1);
  const [channels] = tensor.shape as [number];
  const isShared = slope.size === 1;
  if (!isForChannels(slope, tensor) || !(isShared || slope.size === channels))
    throw site.refuse(`its slopes have the shape ${slope.shape.join('x')}, its input ${channels} channels`);
  const shared = [...(isImage ? [1, 2] : []), ...(isShared ? [isImage ? 3 : 1] : [])];
  const order = isShared || isImage ? ordered([slope.size], [0]) : tensor.order;
  const weights = [{ name: 'alpha', source: { constant: slope.reshaped([slope.size]), order } }];
  return site.onEach({ className: 'PReLU', config: { shared_axes: shared }, weights }, tensor);
};

/** By each channel's mean and variance. */
const batchNormalization: Operator = (site) => {
  site.takes(5);
  site.node.must('training_mode', 0);
  site.node.must('spatial', 1);
  site.node.float('momentum');
  if (site.node.outputs.length > 1) throw site.refuse('it answers statistics, as one that trains does');
  const isImage = site.tensor().shape.length === 3;
  const tensor = isImage ? site.image() : site.row();
  const [channels] = tensor.shape as [number];
  const order = isImage ? ordered([channels], [0]) : tensor.order;
  const weights = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name, i) => ({
    name,
    source: { constant: site.weight(i + 1, [channels]), order },
  }));
  const config = { axis: -1, epsilon: site.node.float('epsilon', 1e-5) };
  return site.onEach({ className: 'BatchNormalization', config, weights }, tensor);
};

export const activations: Readonly<Record<string, Operator>> = {
  Relu: named('relu'),
  Sigmoid: named('sigmoid'),
  Tanh: named('tanh'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Exp: named('exponential'),
  Mish: named('mish'),
  HardSwish: named('hard_silu'),
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('log_softmax'),
  LeakyRelu: onEach(({ node }) => ({ className: 'LeakyReLU', config: { alpha: node.float('alpha', 0.01) } })),
  Elu: elu,
  Selu: selu,
  Celu: celu,
  Gelu: gelu,
  HardSigmoid: hardSigmoid,
  Clip: clip,
  PRelu: prelu,
  Neg: onEach(() => rescaling(-1)),
  BatchNormalization: batchNormalization,
};
