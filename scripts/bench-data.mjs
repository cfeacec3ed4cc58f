// Makes a data file of the lab's size from its few faces, by shift, brightness and noise: bench-data.mjs FACES PREFIX COUNT FILE
// N,C,H,W float64, uncompressed, as the lab's own files are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import h5wasm from 'h5wasm/node';
import { PNG } from 'pngjs';

const [folder, prefix, count, file] = process.argv.slice(2);
const [rows, columns] = [55, 47];
const faces = readdirSync(folder).filter((name) => name.startsWith(`${prefix}_`)).sort().map((name) => ({
  label: Number(/label=(\d+)/.exec(name)[1]),
  pixels: PNG.sync.read(readFileSync(path.join(folder, name))).data,
}));

let state = 1;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);

const size = 3 * rows * columns;
const data = new Float64Array(count * size);
const labels = new BigInt64Array(Number(count));
for (let i = 0; i < count; i++) {
  const { label, pixels } = faces[i % faces.length];
  const [down, right] = [0, 0].map(() => Math.round(2 * random() - 1));
  const brightness = 0.85 + 0.3 * random();
  const noise = 12 * random();
  labels[i] = BigInt(label);
  for (let c = 0; c < 3; c++) for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) {
    const from = (Math.min(rows - 1, Math.max(0, y + down)) * columns + Math.min(columns - 1, Math.max(0, x + right))) * 4 + c;
    data[i * size + (c * rows + y) * columns + x] = Math.round(Math.min(255, Math.max(0, pixels[from] * brightness + noise * (2 * random() - 1))));
  }
}
await h5wasm.ready;
const hdf5 = new h5wasm.File(file, 'w');
hdf5.create_dataset({ name: 'data', data, shape: [Number(count), 3, rows, columns] });
hdf5.create_dataset({ name: 'label', data: labels, shape: [Number(count)] });
hdf5.close();
