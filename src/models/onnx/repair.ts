import type { ReadFile } from '../format.ts';
import type { Edits } from '../net.ts';
import { readGraph } from './graph.ts';
import { netOf } from './read-onnx.ts';
import { pathOf, type PlacedWeight } from './wiring.ts';

/** The file with edited weights in their places, every other byte as it is: a number that is not edited keeps its bits. */
export function repaired({ model, bytes }: ReadFile, edits: Edits): Uint8Array {
  const copy = bytes.slice();
  const { weights } = netOf(readGraph(copy, model.file), model.file);
  for (const [layer, placed] of weights)
    for (const weight of placed) {
      const values = edits.get(pathOf(layer, weight));
      if (values !== undefined) write(weight, values);
    }
  return copy;
}

/** Writes a weight over the bytes that it was read from. */
function write({ name, source }: PlacedWeight, values: Float32Array): void {
  if (!('constant' in source)) throw new Error(`The weight ${name} stands in no file`);
  const { constant, order } = source;
  const { buffer, byteLength } = constant.asStored(values, order);
  constant.bytes.set(new Uint8Array(buffer as ArrayBuffer, 0, byteLength));
}
