import type { NewLayer } from '../wiring.ts';
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

export const activations: Readonly<Record<string, Operator>> = {
  Relu: named('relu'),
  Sigmoid: named('sigmoid'),
  Tanh: named('tanh'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Exp: named('exponential'),
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('log_softmax'),
};
