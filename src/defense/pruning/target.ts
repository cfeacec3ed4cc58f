import { failure } from '../../base/errors.ts';
import { nearestFew } from '../../base/schema.ts';
import { type Cut, type CutNames, dependents } from '../../engine/parts.ts';
import { type Call, innerId, type Layer, type Model } from '../../models/net.ts';
import { mixesChannels } from '../../models/layers/activation.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';

/** Which channels are pruned, where they are ranked, and where the net is cut for that. */
export interface Target {
  /** The layer whose weights are zeroed. */
  layer: Layer;
  /** Its output channels, or the rows that read each input channel (`prune-inputs-of`). */
  prunes: 'outputs' | 'inputs';
  /** The layer whose output is averaged to rank the channels. */
  rankLayer: string;
  cut: Cut;
}

const pruned = new Set(['Conv2D', 'SeparableConv2D', 'DepthwiseConv2D', 'Conv2DTranspose', 'Dense']);
const identityLayer = (name: string): Layer => ({
  name,
  className: 'Dropout',
  options: {},
  perChannel: true,
  trainable: true,
  weights: [],
});

const readersOf = (calls: readonly Call[], id: string): Call[] => calls.filter((call) => call.inputs.includes(id));

/** Why the output channels of a layer cannot be pruned. */
export type Obstacle = 'no-channels' | 'used-again' | 'shared-weights' | 'yields-classes';

/** The same in a few words, of a layer of such a class. */
export function obstacleText(obstacle: Obstacle, className: string): string {
  const words = {
    'no-channels': `a ${className} has no output channels with weights of their own`,
    'used-again': 'it is used more than once',
    'shared-weights': 'more in the net reads the tensors that its weights are',
    'yields-classes': 'it yields the classes',
  };
  return words[obstacle];
}

/** Why the layer of `call` cannot be pruned; null if it can. */
export function obstacle(model: Model, call: Call): Obstacle | null {
  if (!pruned.has(call.layer.className)) return 'no-channels';
  const fixed = whyFixed(model, call);
  if (fixed !== null) return fixed;
  const readers = dependents(model.calls, call.id);
  return readers.some(({ layer }) => layer.weights.length > 0 && !layer.perChannel) ? null : 'yields-classes';
}

/** Why weights of a layer cannot change for what it does here alone; null if they can. */
function whyFixed({ calls }: Pick<Model, 'calls'>, { layer }: Call): 'used-again' | 'shared-weights' | null {
  if (calls.filter((other) => other.layer === layer).length > 1) return 'used-again';
  return layer.shares ? 'shared-weights' : null;
}

/**
 * The calls from `call` on that work on each channel alone and feed nothing else, `call` included.
 * Up to the last of them a pruned channel is a map that no image changes.
 */
export function channelChain(calls: readonly Call[], call: Call): Call[] {
  const chain = [call];
  for (;;) {
    const readers = readersOf(calls, chain.at(-1)!.id);
    const next = readers[0];
    const alone = readers.length === 1 && next!.inputs.length === 1 && next!.layer.perChannel;
    if (!alone || calls.some((other) => other !== next && other.layer === next!.layer)) return chain;
    chain.push(next!);
  }
}

/** Prunes the output channels of `name`, ranked at `rankAt` or at the end of its channel-wise chain. */
export function outputsOf(model: Model, name: string, rankAt: string | null): Target {
  const call = callOf(model, name);
  const found = obstacle(model, call);
  if (found !== null)
    throw failure('layer-not-prunable', model.file, {
      layer: name,
      cause: obstacleText(found, call.layer.className),
    });
  const { calls, linear } = withLinearOutput(model, call);
  const chain = channelChain(calls, linear);
  const last =
    rankAt === null ? chain.at(-1)! : chain.find((link) => link.layer.name === callOf(model, rankAt).layer.name);
  if (last === undefined)
    throw failure('rank-layer', model.file, {
      layer: name,
      at: rankAt!,
      chain: chain.map((link) => link.layer.name).join(', '),
    });
  return {
    layer: call.layer,
    prunes: 'outputs',
    rankLayer: last.layer.name,
    cut: {
      at: last.id,
      channels: last.shape.at(-1)!,
      calls,
      zeroed: name,
      constant: ofZeros(chain.slice(0, chain.indexOf(last) + 1)),
      named: { layer: name, of: 'outputs', rankAt },
    },
  };
}

/** The target whose cut has these names. */
export const targetNamed = (model: Model, { layer, of, rankAt }: CutNames): Target =>
  of === 'outputs' ? outputsOf(model, layer, rankAt) : inputsOf(model, layer);

/** Zeroed weights answer zero before the layer's own activation: what that and the chain behind it make of zeros is the same for every image. */
function ofZeros([pruned, ...rest]: readonly Call[]): Call[] {
  const { layer } = pruned!;
  const options = { activation: layer.options['activation'] ?? 'linear' };
  return [{ ...pruned!, layer: { ...layer, className: 'Activation', options, weights: [] } }, ...rest];
}

/** Layers each of whose weights reads one input channel, which is then as good as 0 where they are. */
const readsChannels = ({ className, options }: Layer): boolean =>
  className === 'Dense' || className === 'SeparableConv2D' || (className === 'Conv2D' && options['groups'] === 1);

/** The last layer that reads channels in that way, once: what yields the classes as a rule. */
export const lastReader = (model: Model): Call | undefined =>
  model.calls.findLast((call) => readsChannels(call.layer) && whyFixed(model, call) === null);

/** Prunes the rows of Dense layer or convolution `name` that each channel of its input feeds. */
export function inputsOf(model: Model, name: string): Target {
  const call = callOf(model, name);
  const refuse = (cause: string) => failure('layer-not-prunable', model.file, { layer: name, cause });
  if (!readsChannels(call.layer))
    throw refuse(
      `inputs are pruned at a Dense layer or at a convolution without groups, this is a ${call.layer.className}`,
    );
  const fixed = whyFixed(model, call);
  if (fixed !== null) throw refuse(obstacleText(fixed, call.layer.className));
  const chain = throughTo(model.calls, call.inputs[0]!);
  const ranked =
    chain.find(({ layer }) => layer.className !== 'Flatten' && !trainingOnly.has(layer.className)) ?? chain.at(-1)!;
  const cut = innerId(call.id, 'input');
  const calls = model.calls.flatMap((other): Call[] =>
    other !== call
      ? [other]
      : [
          { id: cut, layer: identityLayer(cut), inputs: call.inputs, shape: shapeOf(model.calls, call.inputs[0]!) },
          { ...call, inputs: [cut] },
        ],
  );
  return {
    layer: call.layer,
    prunes: 'inputs',
    rankLayer: ranked.layer.name,
    cut: {
      at: cut,
      channels: chain.at(-1)!.shape.at(-1)!,
      calls,
      zeroed: cut,
      constant: [],
      named: { layer: name, of: 'inputs', rankAt: null },
    },
  };
}

/** The calls that a layer's input comes through and that keep its channel axis innermost: element by element, or flattened. Nearest first. */
function throughTo(calls: readonly Call[], id: string): Call[] {
  const call = calls.find((other) => other.id === id)!;
  const elementwise =
    call.layer.perChannel && call.inputs.length === 1 && shapeOf(calls, call.inputs[0]!).join() === call.shape.join();
  return call.layer.className === 'Flatten' || elementwise ? [call, ...throughTo(calls, call.inputs[0]!)] : [call];
}

const shapeOf = (calls: readonly Call[], id: string) => calls.find((call) => call.id === id)!.shape;

export function callOf(model: Model, name: string): Call {
  const found = model.calls.find((call) => call.layer.name === name);
  if (found !== undefined) return found;
  const names = [...new Set(model.calls.map((call) => call.layer.name))];
  throw failure('layer-unknown', model.file, { layer: name, near: nearestFew(name, names).join(', ') });
}

/** An activation that mixes channels is split off its layer, so that the cut can lie before it. */
function withLinearOutput(model: Model, call: Call): { calls: Call[]; linear: Call } {
  if (!mixesChannels(call.layer.options['activation'])) return { calls: model.calls, linear: call };
  const linear: Call = {
    ...call,
    id: innerId(call.id, 'linear'),
    layer: { ...call.layer, options: { ...call.layer.options, activation: 'linear' } },
  };
  const activation: Layer = { ...identityLayer(`${call.layer.name}/softmax`), className: 'Softmax', perChannel: false };
  return {
    calls: model.calls.flatMap((other) =>
      other === call ? [linear, { ...call, layer: activation, inputs: [linear.id] }] : [other],
    ),
    linear,
  };
}
