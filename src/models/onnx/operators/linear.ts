import { type Constant, isForChannels } from '../constant.ts';
import { ordered, stridesOf } from '../order.ts';
import { type PlacedWeight, type Tensor, within } from '../wiring.ts';
import { rescaling } from './activations.ts';
import type { Operator, Site } from './site.ts';

/** A product of a row and a matrix, whose rows follow the order in which the row stands in memory; `featuresAt`: the matrix's axis of features. */
function product(
  site: Site,
  row: Tensor,
  matrix: Constant,
  featuresAt: 0 | 1,
  bias: Constant | null,
  part = '',
): Tensor {
  const features = row.shape[0]!;
  const units = matrix.shape[1 - featuresAt]!;
  if (matrix.shape.length !== 2 || matrix.shape[featuresAt] !== features)
    throw site.refuse(
      `its weight ${matrix.name} has the shape ${matrix.shape.join('x')}, its input ${features} features`,
    );
  const order = [
    ...within(row.order, matrix.shape, featuresAt),
    { size: units, stride: stridesOf(matrix.shape)[1 - featuresAt]! },
  ];
  const weights: PlacedWeight[] = [{ name: 'kernel', source: { constant: matrix, order } }];
  if (bias !== null) weights.push({ name: 'bias', source: { constant: bias, order: ordered([units], [0]) } });
  const layer = { className: 'Dense', config: { units, use_bias: bias !== null }, weights };
  const { id } = site.wiring.call(`${site.label}${part}`, layer, [row]);
  return { kind: 'tensor', id, held: [units], shape: [units], order: [{ size: units, stride: 1 }] };
}

/** alpha A B + beta C, as beta (alpha / beta A B + C): the weights stay as the file has them. */
const gemm: Operator = (site) => {
  site.takes(3);
  const { node } = site;
  const isTurned = node.flag('transA', false);
  const matrix = site.weight(1);
  const featuresAt = node.flag('transB', false) ? 1 : 0;
  const [alpha, beta] = [node.float('alpha', 1), node.float('beta', 1)];
  const row = isTurned ? site.turned(0) : site.row();
  const units = matrix.shape[1 - featuresAt];
  const bias = site.has(2) && beta !== 0 ? site.weight(2) : null;
  if (bias !== null && !(bias.size === units && isForChannels(bias, { shape: [units] })))
    throw site.refuse(`its weight ${bias.name} has the shape ${bias.shape.join('x')}, its answer ${units} numbers`);
  const [before, after] = bias === null ? [alpha, 1] : [alpha / beta, beta];
  const scaled = before === 1 ? row : site.onEach(rescaling(before), row, '/alpha');
  const answer = product(site, scaled, matrix, featuresAt, bias?.reshaped([units!]) ?? null);
  return after === 1 ? answer : site.onEach(rescaling(after), answer, '/beta');
};

const matMul: Operator = (site) => {
  site.takes(2);
  return product(site, site.row(), site.weight(1), 0, null);
};

export const products: Readonly<Record<string, Operator>> = { Gemm: gemm, MatMul: matMul };
