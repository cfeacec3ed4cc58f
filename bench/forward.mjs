// Plain forward passes of a net on this thread, bundled for the benchmark: forward.js MODEL [ARCHITECTURE] IMAGES SECONDS
// Prints images a second of processor time, multiply-adds an image, and the kernels.
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { operationsAnImage } from '../src/engine/cost.ts';
import { engineHere } from '../src/engine/kernels/product-code.ts';
import { Network } from '../src/engine/network.ts';
import { splitNet } from '../src/engine/parts.ts';
import { startEngine } from '../src/engine/start-engine.ts';
import { defaultBounds } from '../src/base/limits.ts';
import { readModel } from '../src/models/formats.ts';

const [file, ...others] = process.argv.slice(2);
const [count, least] = others.splice(-2).map(Number);
const bytesOf = (name) => ({ name, bytes: new Uint8Array(readFileSync(name)) });
await startEngine('wasm', { assets: fileURLToPath(new URL('.', import.meta.url)) });
const { model } = await readModel({
  ...bytesOf(file),
  sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  architecture: others.length === 0 ? null : bytesOf(others[0]),
  memoryBytes: defaultBounds.memoryBytes,
});
const parts = splitNet(model, null);
const network = new Network(parts);
const size = model.inputShape.reduce((a, b) => a * b);
const images = Float32Array.from({ length: count * size }, (_, i) => (i * 7919) % 256);
const all = Int32Array.from({ length: count }, (_, i) => i);
const pass = () => network.classes(network.features(images, count), all);

pass();
pass();
let passes = 0;
let spent = 0;
for (const before = process.cpuUsage(); spent < least; passes++) {
  pass();
  const { user, system } = process.cpuUsage(before);
  spent = (user + system) / 1e6;
}
console.log(
  JSON.stringify({
    rate: (passes * count) / spent,
    operations: operationsAnImage(parts),
    kernels: engineHere('wasm'),
    node: process.version,
  }),
);
