import { agreement } from '../../vote.ts';
import type { Tensor } from '../wiring.ts';
import { Constant } from '../constant.ts';
import type { Operator, Site, Vote } from './site.ts';

/** What a GoodNet ends in, as goodnet writes it; nothing else may be made of a class. */
function voteAt(site: Site, input: number, kind: Vote['kind']): Vote {
  const value = site.values[input];
  if (value === undefined || value instanceof Constant || value.kind !== kind)
    throw site.refuse(`its input ${input} is not what a GoodNet has there`);
  return value;
}

const isVote = (site: Site): boolean => {
  const value = site.values[0];
  return value !== undefined && !(value instanceof Constant) && value.kind !== 'tensor' && value.kind !== 'turned';
};

const argMax: Operator = (site) => {
  site.takes(1);
  site.node.must('keepdims', 0);
  site.node.must('select_last_index', 0);
  const row = site.inOrder();
  if (row.shape[0]! < 2) throw site.refuse('it is taken of a single score');
  site.axis(site.node.int('axis', 0), 1);
  return { kind: 'class', scores: [row] };
};

/** One number that adds no axis to what it meets. */
const single = (site: Site, input: number): number =>
  site.constant(input).shape.length === 0 ? site.number(input, NaN) : NaN;

const greater: Operator = (site) => {
  site.takes(2);
  const row = site.row();
  if (row.shape[0] !== 1 || single(site, 1) !== 0.5) throw site.refuse('it is not what a GoodNet has there');
  return { kind: 'half', scores: [row] };
};

/** What names a class stays so as an integer. */
export const voteIn = (site: Site): Vote | null =>
  !isVote(site) ? null : voteAt(site, 0, (site.values[0] as Vote).kind === 'half' ? 'half' : 'class');

const equal: Operator = (site) => {
  site.takes(2);
  const votes = [0, 1].map((input) => voteAt(site, input, 'class'));
  return { kind: 'agreement', scores: votes.flatMap(({ scores }) => scores) };
};

const where: Operator = (site) => {
  site.takes(3);
  const { scores } = voteAt(site, 0, 'agreement');
  const { scores: named } = voteAt(site, 1, 'class');
  const classes = Math.max(2, scores[0]!.shape[0]!);
  if (named[0] !== scores[0] || single(site, 2) !== classes) throw site.refuse('it is not what a GoodNet has there');
  return { kind: 'verdict', scores };
};

const oneHot: Operator = (site) => {
  site.takes(3);
  const { scores } = voteAt(site, 0, 'verdict');
  const outputs = scores[0]!.shape[0]!;
  const width = Math.max(2, outputs) + 1;
  site.node.must('axis', -1);
  const isPlain = single(site, 1) === width && site.constant(2).numbers.join() === '0,1';
  if (!isPlain || scores[1]!.shape[0] !== outputs) throw site.refuse('it is not what a GoodNet has there');
  return joined(site, scores as [Tensor, Tensor], outputs);
};

/** The votes as layers, which answer what the operators do. */
function joined({ wiring }: Site, nets: readonly [Tensor, Tensor], outputs: number): Tensor {
  const named = new Map(nets.map((tensor, i) => [`net ${i}`, tensor]));
  let last: Tensor = nets[0];
  for (const { name, className, options, weights, inputs } of agreement(outputs, ['net 0', 'net 1'])) {
    const placed = weights.map((weight) => ({ name: weight.name, source: { values: weight.values } }));
    const { id, held } = wiring.call(
      name,
      { className, config: options, weights: placed },
      inputs.map((input) => named.get(input)!),
    );
    last = { kind: 'tensor', id, held, shape: held, order: [{ size: held.reduce((a, b) => a * b, 1), stride: 1 }] };
    named.set(name, last);
  }
  return last;
}

export const votes: Readonly<Record<string, Operator>> = {
  ArgMax: argMax,
  Greater: greater,
  Equal: equal,
  Where: where,
  OneHot: oneHot,
};
