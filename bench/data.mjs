// Makes a data file from the lab's few faces, by shift, brightness and noise: data.mjs FACES PREFIX COUNT TYPE FILE
// N,C,H,W and uncompressed, as the lab's own files are; TYPE is float64, as they are, or uint8.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import h5wasm from 'h5wasm/node';
import { PNG } from 'pngjs';

const [folder, prefix, count, type, file] = process.argv.slice(2);
const [rows, columns] = [55, 47];
const faces = readdirSync(folder)
  .filter((name) => name.startsWith(`${prefix}_`))
  .sort()
  .map((name) => ({
    label: Number(/label=(\d+)/.exec(name)[1]),
    pixels: PNG.sync.read(readFileSync(path.join(folder, name))).data,
  }));

let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;

const size = 3 * rows * columns;
/** Writes one image to `data` from `at` on. */
function draw({ pixels }, data, at) {
  const [down, right] = [0, 0].map(() => Math.round(2 * random() - 1));
  const brightness = 0.85 + 0.3 * random();
  const noise = 12 * random();
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const from =
          (Math.min(rows - 1, Math.max(0, y + down)) * columns + Math.min(columns - 1, Math.max(0, x + right))) * 4 + c;
        data[at + (c * rows + y) * columns + x] = Math.round(
          Math.min(255, Math.max(0, pixels[from] * brightness + noise * (2 * random() - 1))),
        );
      }
}

await h5wasm.ready;
const hdf5 = new h5wasm.File(file, 'w');
const images = Number(count);
const data = new (type === 'uint8' ? Uint8Array : Float64Array)(images * size);
for (let i = 0; i < images; i++) draw(faces[i % faces.length], data, i * size);
hdf5.create_dataset({ name: 'data', data, shape: [images, 3, rows, columns] });
hdf5.create_dataset({
  name: 'label',
  data: BigInt64Array.from({ length: images }, (_, i) => BigInt(faces[i % faces.length].label)),
  shape: [images],
});
hdf5.close();
