import { type Edits, type Model, type Weight } from '../net.ts';
import { agreement, type VoteLayer } from '../vote.ts';
import { placeholders, plainLayers } from './plain-layers.ts';

/** One node of a flat graph in the dialect that Keras 2 and Keras 3 both read. */
export type FlatLayer = VoteLayer;

/**
 * GoodNet(B, B'): the class of B where B and the pruned B' agree, else class N. One flat Functional graph of ordinary layers:
 * both nets, a one-hot vote for the first maximum of each, their product, and one more output that is 1 where the product is empty.
 * Source: the CSAW-HackML-2020 lab's definition of the repaired network.
 */
export function goodnetLayers(model: Model, edits: Edits): FlatLayer[] {
  const input: FlatLayer = {
    name: 'goodnet_input',
    className: 'InputLayer',
    options: { batch_input_shape: [null, ...model.inputShape] },
    weights: [],
    inputs: [],
  };
  const [original, pruned] = [
    branch(model, 'original', new Map(), input.name),
    branch(model, 'pruned', edits, input.name),
  ];
  const scores = [original, pruned].map((flat) => flat.at(-1)!.name) as [string, string];
  return named([input, ...original, ...pruned, ...agreement(model.outputs, scores)]);
}

/** Gives the layers of the two nets, whose names have a `/` until then, names that every Keras takes and that no other layer has. */
function named(layers: FlatLayer[]): FlatLayer[] {
  const taken = new Set(layers.map(({ name }) => name).filter((name) => !name.includes('/')));
  const names = new Map(
    layers.map(({ name }) => {
      if (taken.has(name)) return [name, name];
      const plain = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
      let free = plain;
      for (let i = 2; taken.has(free); i++) free = `${plain}_${i}`;
      taken.add(free);
      return [name, free];
    }),
  );
  return layers.map((layer) => ({
    ...layer,
    name: names.get(layer.name)!,
    inputs: layer.inputs.map((input) => names.get(input)!),
  }));
}

/** The layers of one net, named `prefix/...`, its weights changed by `edits`. Layers that only work in training are left out. */
function branch(model: Model, prefix: string, edits: Edits, input: string): FlatLayer[] {
  const produced = new Map([[model.input, input]]);
  const flat: FlatLayer[] = [];
  for (const call of model.calls) {
    if (call.id === model.input) continue;
    const given = call.inputs.map((id) => produced.get(id)!);
    const names: string[] = [];
    const weights = call.layer.weights.map((weight): Weight => ({
      ...weight,
      values: edits.get(weight.path) ?? weight.values,
    }));
    for (const [i, { alsoReads, ...plain }] of plainLayers({ ...call.layer, weights }, call.shape.length).entries()) {
      const name = `${prefix}/${call.id}${i === 0 ? '' : `/${i}`}`;
      const also = alsoReads === undefined ? [] : [names[i - 1 - alsoReads] ?? given[0]!];
      flat.push({ ...plain, name, inputs: i === 0 ? given : [names[i - 1]!, ...also] });
      names.push(name);
    }
    produced.set(call.id, names.at(-1) ?? given[0]!);
  }
  return flat.length > 0 ? flat : [{ ...placeholders.identity, name: `${prefix}/output`, inputs: [input] }];
}
