import type { Model } from '../models/keras/model.ts';

const mixings = 1 << 20;
const salts = new WeakMap<Model, number>();

/** A number of the net's weights, mixed so often that to try many nets until their errors cancel takes long. */
export function saltOf(model: Model): number {
  const known = salts.get(model);
  if (known !== undefined) return known;
  let salt = 0x811c9dc5;
  for (const { layer } of model.calls)
    for (const { values } of layer.weights)
      for (const bits of new Uint32Array(values.buffer, values.byteOffset, values.length))
        salt = Math.imul(salt ^ bits, 0x01000193);
  for (let round = 0; round < mixings; round++) salt = Math.imul(salt ^ (salt >>> 15), 0x2c1b3c6d) + round;
  salts.set(model, salt);
  return salt;
}
