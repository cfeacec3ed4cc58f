// Runs the built library on every case that check_models.py compares: node test/keras/write_models.mjs REFERENCE WORK
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { processWorld, resolveConfig, run } from '../../dist/index.js';

const [reference, work] = process.argv.slice(2);
const fixtures = path.join(import.meta.dirname, '../fixtures');
const listed = (folder) =>
  readdirSync(path.join(fixtures, folder))
    .filter((name) => !name.includes('expected'))
    .map((name) => path.join(fixtures, folder, name));
const order = (name) => JSON.parse(readFileSync(path.join(work, `${name}.json`), 'utf8')).order;
const made = (name) => path.join(work, name);

/** Defends one model; no refusal is passed over. */
async function defend(name, model, settings) {
  const { errors } = await run(
    resolveConfig({ models: [model], out: made(name), ...settings }, {}, null),
    processWorld(),
  );
  if (errors.length > 0) throw new Error(errors[0].message);
}

for (const [name, scale] of [
  ['mnist-badnet', { scale: 0.00392156862745098 }],
  ['mnist-resnet', {}],
]) {
  const data = (file) => path.join(reference, 'golden', name, `${file}.h5`);
  await defend(name, data('badnet'), {
    clean: { validation: data('clean_valid'), test: data('clean_test') },
    attacks: { patch: { validation: data('poisoned_valid'), test: data('poisoned_test') } },
    checkpoints: [2, 10, 30],
    ...scale,
  });
}
const lab = (file) => path.join(reference, 'csaw-lab3', file);
await defend('lab', lab('bd_weights.h5'), {
  architecture: lab('prunednet_X=2.h5'),
  order: order('lab'),
  clean: { validation: made('lab_clean.h5') },
  attacks: { sunglasses: { validation: made('lab_sunglasses.h5') } },
  checkpoints: [2, 10, 50],
});
for (const [name, checkpoints] of [
  ['ties', [2, 50, 55, 60, 65, 70]],
  ['sigmoid_ties', [2, 40]],
]) {
  await defend(name, made(`${name}.h5`), {
    layer: 'hidden',
    order: order(name),
    clean: { validation: made(`${name}_data.h5`) },
    checkpoints,
  });
}
for (const name of ['threshold', 'slope', 'sigmoid', 'tanh', 'tiny', 'names']) {
  await defend(name, made(`${name}.h5`), {
    layer: 'pruned',
    clean: { validation: made(`${name}_data.h5`) },
    checkpoints: [1, 30],
  });
}
for (const net of [...listed('layers'), ...listed('architectures')].filter((file) => file.endsWith('.h5'))) {
  const name = path.basename(net, '.h5');
  await defend(name, net, {
    'prune-inputs-of': 'classes',
    clean: { validation: made(`${name}_data.h5`) },
    layout: 'NHWC',
    checkpoints: [1],
  });
}
for (const net of listed('formats').filter((file) => !file.endsWith('.onnx'))) {
  const name = path.basename(net);
  const stem = name.split('.').slice(0, 2).join('.').replace('_early', '');
  const architecture = name.endsWith('.weights.h5')
    ? ['h5', 'keras'].map((end) => path.join(fixtures, 'formats', `${stem}.${end}`)).find(existsSync)
    : undefined;
  await defend(name, net, {
    ...(architecture === undefined ? {} : { architecture }),
    clean: { validation: made(`${name}_data.h5`) },
    layout: 'NHWC',
    checkpoints: [1],
  });
}
