import type { Model } from './net.ts';
/** A net as it is sent to another machine: its wiring as JSON, and its weights, in a safetensors file. */
export declare function sentModel(model: Model): Uint8Array<ArrayBuffer>;
/** The net that was sent, built and checked as one that is read from its file. Throws GoodnetError. */
export declare function receivedModel(bytes: Uint8Array, memoryBytes: number): Model;
