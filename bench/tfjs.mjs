// The lab notebook's method in @tensorflow/tfjs-node: NODE_PATH=.../node_modules node tfjs.mjs LAB CLEAN POISONED PASSES
// Prints seconds for PASSES whole passes over both files, and accuracy and attack success rate of the last, as JSON. For each channel of conv_3 the notebook zeroes it and predicts all images:
// every pass costs the same, so a few are timed. tfjs-node reads no .h5 files: the net is built from the config inside, its weights are set by name.
import { createRequire } from 'node:module';
import util from 'node:util';
import h5wasm from 'h5wasm/node';

// tfjs-node 4.22 calls these two, which newer versions of Node lack.
Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value) => value === null || value === undefined });
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');
const [lab, clean, poisoned, passes] = process.argv.slice(2);
const seconds = (from) => (performance.now() - from) / 1000;
await h5wasm.ready;

const net = await openNet(`${lab}/prunednet_X=2.h5`, `${lab}/bd_weights.h5`);
let began = performance.now();
const splits = [clean, poisoned].map(readSplit);
const reading = seconds(began);

tf.tidy(() => net.predict(splits[0].images.slice(0, 512)));
let rates;
began = performance.now();
const layer = net.getLayer('conv_3');
for (let channel = 0; channel < Number(passes); channel++) {
  tf.tidy(() => {
    const [kernel, bias] = layer.getWeights();
    const kept = tf.sub(1, tf.oneHot(tf.scalar(channel, 'int32'), bias.shape[0]));
    layer.setWeights([kernel.mul(kept), bias.mul(kept)]);
  });
  rates = splits.map(({ images, labels }) =>
    tf.tidy(() => net.predict(images).argMax(1).equal(labels).mean().dataSync()[0]),
  );
}
console.log(
  JSON.stringify({
    reading,
    passes: seconds(began),
    rates,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);

/** The net of a full model file, with the weights of another. */
async function openNet(architecture, weights) {
  const config = new h5wasm.File(architecture, 'r');
  const made = await tf.models.modelFromJSON(JSON.parse(config.attrs['model_config'].value));
  config.close();
  const file = new h5wasm.File(weights, 'r');
  const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
  for (const { name } of made.layers) {
    const group = root.get(name);
    const names = group?.attrs['weight_names']?.value ?? [];
    if (names.length > 0) made.getLayer(name).setWeights(names.map((weight) => tensorOf(group.get(weight))));
  }
  file.close();
  return made;
}

function tensorOf(dataset) {
  return tf.tensor(new Float32Array(dataset.value), dataset.shape);
}

/** All images of a file as one tensor N,H,W,C, as the notebook holds them in one array. */
function readSplit(name) {
  const file = new h5wasm.File(name, 'r');
  const images = tf.tidy(() => tensorOf(file.get('data')).transpose([0, 2, 3, 1]));
  const labels = tf.tensor(Int32Array.from(file.get('label').value, Number), undefined, 'int32');
  file.close();
  return { images, labels };
}
