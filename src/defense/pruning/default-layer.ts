import { failure } from '../../base/errors.ts';
import { dependents } from '../../engine/parts.ts';
import type { Call, Model } from '../../models/net.ts';
import { channelChain, inputsOf, lastReader, obstacle, outputsOf, type Target } from './target.ts';

/** Why a layer was chosen when none was named. */
export type ChoiceReason = 'deepest-on-every-path' | 'no-layer-on-every-path' | 'no-convolution' | 'last-prunable';

/** What the settings name, or the default; `reason` is null where the layer was named. */
export function chooseTarget(
  model: Model,
  named: { layer?: string; 'rank-at'?: string; 'prune-inputs-of'?: string },
): { target: Target; reason: ChoiceReason | null } {
  if (named['prune-inputs-of'] !== undefined)
    return { target: inputsOf(model, named['prune-inputs-of']), reason: null };
  if (named.layer !== undefined)
    return { target: outputsOf(model, named.layer, named['rank-at'] ?? null), reason: null };
  return defaultTarget(model);
}

const convolutions = new Set(['Conv2D', 'SeparableConv2D', 'Conv2DTranspose']);
const rectifyingLayers = new Set(['ReLU', 'LeakyReLU', 'PReLU', 'ELU']);
const rectifyingNames = new Set(['relu', 'relu6', 'elu', 'selu', 'gelu', 'swish', 'silu', 'mish', 'hard_silu']);

/**
 * The layer to prune when none is named: the deepest rectified convolution that every path passes, if at least half of all
 * rectified convolutions lie up to it; else the inputs of the last Dense layer, or of the convolution that yields the classes by way of a mean, since
 * shortcuts carry a backdoor around any one convolution; without convolutions the last hidden Dense layer; else the last layer that can be pruned at
 * all. Throws `no-prunable-layer` where there is none.
 */
export function defaultTarget(model: Model): { target: Target; reason: ChoiceReason } {
  const { calls } = model;
  if (!calls.some((call) => convolutions.has(call.layer.className))) {
    const hidden = calls.findLast((call) => call.layer.className === 'Dense' && obstacle(model, call) === null);
    if (hidden === undefined) return lastPrunable(model);
    return { target: outputsOf(model, hidden.layer.name, null), reason: 'no-convolution' };
  }
  const candidates = calls.filter(
    (call) => convolutions.has(call.layer.className) && obstacle(model, call) === null && isRectified(calls, call),
  );
  const deepest = candidates.findLast((call) => onEveryPath(model, call));
  const before = candidates.filter((call) => call === deepest || dependents(calls, call.id).includes(deepest!));
  if (deepest !== undefined && before.length * 2 >= candidates.length) {
    return { target: outputsOf(model, deepest.layer.name, null), reason: 'deepest-on-every-path' };
  }
  const head = calls.findLast((call) => call.layer.className === 'Dense') ?? lastReader(model);
  if (head === undefined) return lastPrunable(model);
  return { target: inputsOf(model, head.layer.name), reason: 'no-layer-on-every-path' };
}

/** Any layer will do that `inspect` calls prunable. */
function lastPrunable(model: Model): { target: Target; reason: ChoiceReason } {
  const last = model.calls.findLast((call) => obstacle(model, call) === null);
  if (last === undefined) throw failure('no-prunable-layer', model.file);
  return { target: outputsOf(model, last.layer.name, null), reason: 'last-prunable' };
}

function isRectified(calls: readonly Call[], call: Call): boolean {
  return channelChain(calls, call).some(
    ({ layer }) => rectifyingLayers.has(layer.className) || rectifyingNames.has(String(layer.options['activation'])),
  );
}

/** Without `call`, nothing leads from the input to the output. */
function onEveryPath(model: Model, call: Call): boolean {
  const rest = model.calls.filter((other) => other !== call);
  return !dependents(rest, model.input).some((other) => other.id === model.output);
}
