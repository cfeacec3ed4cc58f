export type Json = Record<string, unknown>;
export type Refuse = (cause: string) => Error;
/** Reads a reference to a tensor; `reader` is who reads it, for messages. */
export type ReadTensor = (reference: unknown, reader: string) => string;

/** Keras 2: `[[name, node, tensor, kwargs], ...]`; Keras 3: `{args, kwargs}` with the tensors anywhere inside `args`. */
export function inboundTensors(node: unknown, layer: string, read: ReadTensor, refuse: Refuse): string[] {
  if (Array.isArray(node)) return node.map((reference) => read(reference, `layer ${layer}`));
  const { args, kwargs } = object(node);
  if (!isPlain(kwargs)) throw refuse(`layer ${layer} is called with arguments that are not supported`);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (object(value)['class_name'] === '__keras_tensor__') found.push(read(object(object(value)['config'])['keras_history'], `layer ${layer}`));
    else throw refuse(`layer ${layer} is called with something that is no tensor`);
  };
  walk(args);
  return found;
}

/** Only what changes nothing outside training: `training=False`, no mask. */
const isPlain = (kwargs: unknown): boolean => Object.values(object(kwargs)).every((value) => value === null || value === false);

/** The call that a reference `[layer, node, tensor, kwargs]` names. `skipped` counts the first nodes of a layer that its config leaves out. */
export function tensor(reference: unknown, reader: string, skipped: ReadonlyMap<string, number>, refuse: Refuse): string {
  const [name, node, index, kwargs] = Array.isArray(reference) ? (reference as unknown[]) : [];
  const use = typeof name === 'string' && typeof node === 'number' ? node - (skipped.get(name) ?? 0) : -1;
  if (typeof name !== 'string' || use < 0 || index !== 0 || !isPlain(kwargs)) throw refuse(`the inputs of ${reader} cannot be read`);
  return callId(name, use);
}

/** `[[name, node, tensor], ...]`, or Keras 3's flat `[name, node, tensor]` for a single tensor. */
export function tensorList(value: unknown, read: ReadTensor, refuse: Refuse): string[] {
  if (!Array.isArray(value)) throw refuse('its inputs or outputs are not a list');
  const list: unknown[] = typeof value[0] === 'string' ? [value] : value;
  return list.map((reference) => read(reference, 'the model'));
}

/** How a use of a layer is called: by the layer alone, or with the number of an earlier use before it. */
export const callId = (layer: string, node: number): string => (node === 0 ? layer : innerId(layer, String(node)));

/** An id beside a layer's own that no layer can be called: names in HDF5 files end before a NUL. */
export const innerId = (id: string, part: string): string => `${id}\0${part}`;

/** What should be a JSON object; an empty one if it is not. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
