import { netClasses } from './net-classes.ts';
import { mergingLayers } from '../layers/merging.ts';
import { augments } from '../layers/regularization.ts';
import { innerId } from '../net.ts';
import type { Dialect } from '../layers/spec.ts';

export type Json = Record<string, unknown>;
export type Refuse = (cause: string) => Error;
/** Reads a reference to a tensor; `reader` is who reads it, for messages. */
export type ReadTensor = (reference: unknown, reader: string) => string;

/** The layer that is called. */
interface Called {
  name: string;
  className: string;
}

/**
 * The tensors that a layer is called on. Keras 2: `[[name, node, tensor, kwargs], ...]`; Keras 3: `{args, kwargs}` with one tensor, or one list
 * of them, in `args`; an operation has its two tensors there side by side.
 */
export function inboundTensors(node: unknown, called: Called, read: ReadTensor, refuse: Refuse): string[] {
  const reader = `layer ${called.name}`;
  if (Array.isArray(node)) {
    for (const reference of node)
      checkArguments(Array.isArray(reference) ? reference[3] : undefined, 'keras2', called, refuse);
    return node.map((reference) => read(reference, reader));
  }
  const { args, kwargs, ...others } = object(node);
  if (!Array.isArray(args) || Object.keys(others).length > 0) throw refuse(`the inputs of ${reader} cannot be read`);
  checkArguments(kwargs, 'keras3', called, refuse);
  // A layer that takes one tensor makes of a list of one a tensor with one axis more.
  const takesList = mergingLayers[called.className] !== undefined || netClasses.has(called.className);
  const listed: unknown[] = takesList && args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
  return listed.map((argument) => {
    const { class_name: className, config } = object(argument);
    if (className !== '__keras_tensor__') throw refuse(`${reader} is called with something that is no tensor`);
    return read(object(config)['keras_history'], reader);
  });
}

/** What else than tensors Keras calls a layer with, and the values that change nothing outside training. */
const harmless: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['training', [null, false]],
  ['mask', [null]],
]);

/**
 * Lets through only what changes nothing outside training: `training=False`, no mask. In Keras 3, which loads files of Keras 2 too, `training=True`
 * reaches the layers behind, so any layer may carry it to them; layers that augment are called with it unless told otherwise.
 */
function checkArguments(kwargs: unknown, dialect: Dialect, { name, className }: Called, refuse: Refuse): void {
  for (const [key, value] of Object.entries(object(kwargs))) {
    if (harmless.get(key)?.includes(value)) continue;
    if (key !== 'training' || value !== true)
      throw refuse(`layer ${name} is called with the argument ${JSON.stringify(key)}, which is not supported`);
    if (dialect === 'keras2' || !augments(className))
      throw refuse(
        `layer ${name} is called with \`training=True\`: with it layers answer as in training wherever the net is used`,
      );
  }
}

/** The call that a reference `[layer, node, tensor, kwargs]` names. `skipped` counts the first nodes of a layer that its config leaves out. */
export function tensor(
  reference: unknown,
  reader: string,
  skipped: ReadonlyMap<string, number>,
  refuse: Refuse,
): string {
  const [name, node, index, , ...more] = Array.isArray(reference) ? (reference as unknown[]) : [];
  const use = typeof name === 'string' && typeof node === 'number' ? node - (skipped.get(name) ?? 0) : -1;
  if (
    typeof name !== 'string' ||
    name.includes('\0') ||
    !Number.isInteger(use) ||
    use < 0 ||
    index !== 0 ||
    more.length > 0
  )
    throw refuse(`the inputs of ${reader} cannot be read`);
  return callId(name, use);
}

/**
 * `[[name, node, tensor], ...]`, or Keras 3's flat `[name, node, tensor]` for a single tensor; or tensors by name, as of a model that is made with
 * `Model({"image": x}, {"probs": y})`: it takes and answers a lone tensor, too, where it stands in no other.
 */
export function tensorList(value: unknown, read: ReadTensor, refuse: Refuse): string[] {
  if (!Array.isArray(value)) {
    const named = Object.values(object(value));
    if (named.length === 0) throw refuse('its inputs or outputs are not a list');
    return named.map((reference) => read(reference, 'the model'));
  }
  const list: unknown[] = typeof value[0] === 'string' ? [value] : value;
  return list.map((reference) => read(reference, 'the model'));
}

/** How a use of a layer is called: by the layer alone, or with the number of an earlier use before it. */
export const callId = (layer: string, node: number): string => (node === 0 ? layer : innerId(layer, String(node)));

/** What should be a JSON object; an empty one if it is not. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
