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
export declare function inboundTensors(node: unknown, called: Called, read: ReadTensor, refuse: Refuse): string[];
/** The call that a reference `[layer, node, tensor, kwargs]` names. `skipped` counts the first nodes of a layer that its config leaves out. */
export declare function tensor(reference: unknown, reader: string, skipped: ReadonlyMap<string, number>, refuse: Refuse): string;
/**
 * `[[name, node, tensor], ...]`, or Keras 3's flat `[name, node, tensor]` for a single tensor; or tensors by name, as of a model that is made with
 * `Model({"image": x}, {"probs": y})`: it takes and answers a lone tensor, too, where it stands in no other.
 */
export declare function tensorList(value: unknown, read: ReadTensor, refuse: Refuse): string[];
/** How a use of a layer is called: by the layer alone, or with the number of an earlier use before it. */
export declare const callId: (layer: string, node: number) => string;
/** What should be a JSON object; an empty one if it is not. */
export declare function object(value: unknown): Json;
export {};
