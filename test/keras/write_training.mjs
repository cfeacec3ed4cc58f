// Trains nets and looks for triggers on every case that train_reference.py compares:
// node test/keras/write_training.mjs REFERENCE WORK [scan]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../scripts/bundle.mjs';

const [reference, work, scan] = process.argv.slice(2);
mkdirSync(work, { recursive: true });
await bundle(work, {
  entryPoints: { training: path.join(import.meta.dirname, 'training.ts'), reader: 'src/models/reader.ts' },
});
const goodnet = await import(pathToFileURL(path.join(work, 'training.js')).href);
const assets = `${path.resolve(work)}/`;
await goodnet.startEngine('wasm', { assets });

/**
 * Behind BatchNorm rounding parts two runs: TensorFlow itself, with and without oneDNN and with weights moved by one unit in
 * the last place, gives 1958 to 1968 of resbn's images their label after 250 steps. So that net's masks are compared
 * early, before one image more or less at the threshold tells two searches apart.
 */
const format = { scale: 1 / 255, nchw: true, keras2: false };
const cases = [
  { name: 'mnist-badnet', folder: 'golden/mnist-badnet', ...format, maskSteps: 50, imagesApart: 2 },
  { name: 'resbn', folder: 'repair/resbn', ...format, maskSteps: 20, imagesApart: 10 },
];

for (const each of cases) {
  const folder = path.resolve(reference, each.folder);
  const file = path.join(folder, 'badnet.h5');
  const { model } = await goodnet.readModel({
    name: file,
    sha256: '0'.repeat(64),
    bytes: readFileSync(file),
    architecture: null,
    memoryBytes: goodnet.defaultBounds.memoryBytes,
  });
  const data = await imagesOf(path.join(folder, 'clean_valid.h5'), each, model);
  const training = goodnet.split(data.labels.length, goodnet.mulberry32(1)).training;
  Object.assign(each, await trained(each.name, model, data, training));
  each.masks = [];
  for (let target = 0; target < model.classes; target++) {
    const sums = [];
    for (const steps of scan ? [each.maskSteps, 200] : [each.maskSteps]) {
      const { l1 } = await goodnet.reverse(model, data, { target, steps, range: { least: [0], most: [1] } });
      sums.push(l1);
    }
    each.masks.push(sums);
  }
}
writeFileSync(path.join(work, 'training.json'), JSON.stringify(cases));

/** The images of a file, all in memory. */
async function imagesOf(file, { scale, nchw }, model) {
  const stored = {
    ...{ dataName: 'data', labelName: 'label', layout: nchw ? 'NCHW' : 'NHWC', folders: 'auto', resize: null },
    ...{ rejects: false, scale, mean: [0], std: [1], bounds: goodnet.defaultBounds },
  };
  const { clean } = await goodnet.openSplit(
    { clean: { file }, attacks: [] },
    { cwd: work, assets, tried: true },
    stored,
    model,
  );
  const all = clean.images(0, clean.count);
  const size = all.length / clean.count;
  const images = (numbers) => {
    const picked = new Float32Array(numbers.length * size);
    numbers.forEach((number, i) => picked.set(all.subarray(number * size, (number + 1) * size), i * size));
    return picked;
  };
  return { labels: clean.labels.slice(), images };
}

/** Writes the gradients of the first batch, and the weights after 25 and 250 steps; answers in which order. */
async function trained(name, model, data, training) {
  const settings = { images: training, rate: 1e-3, seed: 1 };
  const layers = [...new Map(model.calls.map(({ layer }) => [layer.name, layer])).values()];
  const trainer = new goodnet.Trainer(model, {});
  const first = goodnet.batches(training, 64, goodnet.mulberry32(1), 'kept').next().value;
  const { gradients } = trainer.gradients({
    images: data.images(first),
    labels: Int32Array.from(first, (i) => data.labels[i]),
    among: first.length,
  });
  const order = layers.flatMap((layer) =>
    layer.weights
      .filter(({ path: at }) => gradients.has(at))
      .map(({ path: at, values }, index) => ({ layer: layer.name, index, size: values.length, at })),
  );
  const write = (what, valuesOf) =>
    writeFileSync(path.join(work, `${name}.${what}`), Buffer.concat(order.map(({ at }) => bytesOf(valuesOf(at)))));
  write('gradients', (at) => gradients.get(at).dataSync());
  trainer.dispose();
  let losses;
  for (const steps of [25, 250]) {
    const begun = performance.now();
    const done = await goodnet.train(model, data, { ...settings, steps });
    console.log(`FIGURE goodnet, ${name}: ${((performance.now() - begun) / steps).toFixed(1)} ms a step`);
    write(`weights-${steps}`, (at) => done.weights.get(at));
    losses = [...done.losses];
  }
  return { weights: order, losses };
}

function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}
