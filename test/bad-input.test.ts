import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHdf5 } from '../src/keras/write-hdf5.ts';
import { command } from './command.ts';
import { dataFile, fixtures, startEngine, temporaryFolder } from './support.ts';

const refused = path.join(fixtures, 'refused');
const folder = temporaryFolder();
const pixels = (count: number, value = 0.5) => new Float32Array(count).fill(value);

beforeAll(async () => {
  await startEngine();
  copyFileSync(path.join(refused, 'base.h5'), path.join(folder, 'net.h5'));
  copyFileSync(path.join(refused, 'base.json'), path.join(folder, 'net.json'));
  const files: Record<string, [number[], Float32Array, number[]]> = {
    'clean.h5': [[2, 8, 8, 3], pixels(384), [0, 2]],
    'size.h5': [[2, 9, 8, 3], pixels(432), [0, 2]],
    'nchw.h5': [[2, 3, 8, 8], pixels(384), [0, 2]],
    'empty-set.h5': [[0, 8, 8, 3], pixels(0), []],
    'label-range.h5': [[2, 8, 8, 3], pixels(384), [0, 3]],
    'label-negative.h5': [[2, 8, 8, 3], pixels(384), [0, -1]],
    'label-fraction.h5': [[2, 8, 8, 3], pixels(384), [0, 1.5]],
    'label-count.h5': [[2, 8, 8, 3], pixels(384), [0, 1, 2]],
    'nan.h5': [[2, 8, 8, 3], pixels(384).fill(NaN, 200, 201), [0, 1]],
    'one-class.h5': [[2, 8, 8, 3], pixels(384), [2, 2]],
    'infinite.h5': [[2, 8, 8, 3], pixels(384).fill(-Infinity, 383), [0, 1]],
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), await dataFile(...content));
  const arrays = { data: { shape: [2, 8, 8, 3], values: pixels(384) }, label: { shape: [2, 5], values: Float32Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0, 0) } };
  writeFileSync(path.join(folder, 'one-hot-5.h5'), await createHdf5({ attributes: {}, groups: {}, arrays }));
  writeFileSync(path.join(folder, 'one-hot-bad.h5'), await createHdf5({ attributes: {}, groups: {}, arrays: { ...arrays, label: { shape: [2, 3], values: Float32Array.of(1, 1, 0, 0, 1, 0) } } }));
  writeFileSync(path.join(folder, 'other-names.h5'), await createHdf5({ attributes: {}, groups: {}, arrays: { x: arrays.data, y: { shape: [2], values: Float32Array.of(0, 1) } } }));
});

const progress = /images at [\d,]+ images\/s$/;

/** Runs `defend` and checks that nothing but one line that says `reason` comes of it. */
async function refuses(reason: RegExp, ...argv: string[]): Promise<void> {
  const { code, stdout, stderr } = await command(folder, 'defend', ...argv);
  const lines = stderr.trim().split('\n').filter((line) => !progress.test(line));
  expect(lines).toEqual([expect.stringMatching(reason)]);
  expect(lines[0]).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/);
  expect([code, stdout]).toEqual([2, '']);
  expect(existsSync(path.join(folder, 'goodnet-out'))).toBe(false);
}

describe('models that are refused', () => {
  const reasons: [file: string, reason: RegExp][] = [
    ['lambda.keras2', /payload is a Lambda, which is not supported/], ['lambda.keras3', /payload is a Lambda/],
    ['custom.keras2', /payload is a Payload>Custom/], ['custom.keras3', /payload is a Payload>Custom/],
    ['bilinear.keras2', /up \(UpSampling2D\): `interpolation`/], ['bilinear.keras3', /up \(UpSampling2D\): `interpolation`/],
    ['axis_1.keras2', /bn \(BatchNormalization\): `axis` = 1/], ['axis_1.keras3', /bn \(BatchNormalization\): `axis` = 1/],
    ['layer_normalization.keras2', /norm is a LayerNormalization/], ['layer_normalization.keras3', /norm is a LayerNormalization/],
    ['conv1d.keras2', /conv is a Conv1D/], ['conv1d.keras3', /conv is a Conv1D/],
    ['nested.keras2', /nested is a Sequential/], ['nested.keras3', /nested is a Sequential/],
    ['leaky_by_name.keras3', /conv \(Conv2D\): `activation`/],
    ['mixed_precision.keras2', /`dtype` is mixed_float16/], ['mixed_precision.keras3', /`dtype` is mixed_float16/],
    ['double.keras2', /`dtype` is float64/], ['double.keras3', /`dtype` is float64/],
    ['two_inputs.keras2', /has 2 inputs and 1 outputs/], ['two_inputs.keras3', /has 2 inputs and 1 outputs/],
    ['two_outputs.keras2', /has 1 inputs and 2 outputs/], ['two_outputs.keras3', /has 1 inputs and 2 outputs/],
    ['one_sigmoid.keras2', /has an output of shape 1/], ['one_sigmoid.keras3', /has an output of shape 1/],
    ['open_size.keras2', /its size is open/], ['open_size.keras3', /its size is open/],
    ['nan_weight', /conv: its weight kernel holds the value NaN/], ['infinite_weight', /kernel holds the value Infinity/],
    ['missing_weight', /its weight kernel is missing/], ['wrong_shape', /shape 3x3x3x5, the net needs 3x3x3x4/],
    ['soft_link', /holds a link instead of data/], ['external_link', /holds a link instead of data/],
    ['channels_first', /`data_format` is not channels_last/], ['foreign_module', /conv is a system/], ['unknown_option', /unknown key `surprise`/],
    ['cycle', /reads its own output/], ['no_weights', /holds neither a Keras model/], ['weights.weights', /holds neither a Keras model nor Keras weights/],
    ['truncated', /cannot be read as HDF5/], ['text', /is not an HDF5 file/], ['empty', /is empty/], ['lfs_pointer', /Git LFS pointer/],
  ];
  test.each(reasons)('%s', async (file, reason) => {
    await refuses(reason, path.join(refused, `${file}.h5`), '--clean', 'clean.h5');
  });

  test('every refused fixture is tried', () => {
    const files = readdirSync(refused).filter((name) => name.endsWith('.h5') && name !== 'base.h5').map((name) => name.slice(0, -3));
    expect(files.filter((name) => !reasons.some(([tried]) => tried === name))).toEqual([]);
  });
});

describe('data that is refused', () => {
  test.each<[string, RegExp, string[]]>([
    ['missing.h5', /does not exist/, []],
    ['size.h5', /images of shape 9x8x3, the net takes 8x8x3/, []],
    ['nchw.h5', /images of shape 3x8x8, the net takes 8x8x3/, ['--layout', 'NHWC']],
    ['empty-set.h5', /holds no images/, []],
    ['label-range.h5', /label 3 of image 1 is no class/, []],
    ['label-negative.h5', /label -1 of image 1/, []],
    ['label-fraction.h5', /label 1.5 of image 1/, []],
    ['label-count.h5', /2 images and 3 labels/, []],
    ['one-hot-5.h5', /labels have the shape 2x5/, []],
    ['one-hot-bad.h5', /label \[1, 1, 0\] of image 0/, []],
    ['nan.h5', /image 1 holds the value NaN/, []],
    ['infinite.h5', /image 1 holds the value -Infinity/, []],
    ['other-names.h5', /no dataset named `data`.*x, y/, []],
    ['net.h5', /no dataset named `data`/, []],
    ['net.json', /is not an HDF5 file/, []],
    ['.', /holds what is no PNG or JPEG file in its place: /, []],
  ])('%s', async (file, reason, flags) => {
    await refuses(reason, 'net.h5', '--clean', file, ...flags);
    await refuses(reason, 'net.h5', '--clean', flags.length > 0 ? file : 'clean.h5', '--poisoned', `./${file}`, ...flags);
  });
});

test('clean data of one class alone is refused, poisoned data is not', async () => {
  await refuses(/one-class.h5: holds clean images of class 2 alone; name clean images of all classes/, 'net.h5', '--clean', 'one-class.h5');
  expect((await command(folder, 'evaluate', 'net.h5', '--clean', 'clean.h5', '--poisoned', './one-class.h5')).code).toBe(0);
});

describe('settings that are refused', () => {
  test.each<[string, RegExp, string[]]>([
    ['no clean data', /no clean validation data/, ['net.h5']],
    ['no model', /names no model/, ['--clean', 'clean.h5']],
    ['a pattern without a match', /no model file matches/, ['*.hdf5', '--clean', 'clean.h5']],
    ['an unknown layer', /no layer named con; did you mean conv, /, ['net.h5', '--clean', 'clean.h5', '--layer', 'con']],
    ['a layer without channels', /flat cannot be pruned: a Flatten has no output channels/, ['net.h5', '--clean', 'clean.h5', '--layer', 'flat']],
    ['the classes', /classes cannot be pruned: it yields the classes/, ['net.h5', '--clean', 'clean.h5', '--layer', 'classes']],
    ['a rank layer elsewhere', /cannot be ranked at flat; rank at one of conv/, ['net.h5', '--clean', 'clean.h5', '--layer', 'conv', '--rank-at', 'flat']],
    ['a limit out of range', /`max-asr` must be <= 100/, ['net.h5', '--clean', 'clean.h5', '--max-asr', '120']],
    ['a negative limit', /`min-accuracy` must be >= 0/, ['net.h5', '--clean', 'clean.h5', '--min-accuracy=-1']],
    ['an unknown kind', /`accept.0`/, ['net.h5', '--clean', 'clean.h5', '--accept', 'best']],
    ['a checkpoint of 0', /`checkpoints.1` must be > 0/, ['net.h5', '--clean', 'clean.h5', '--checkpoints', '2,0']],
    ['an order that is too short', /`order` lists 2 channels/, ['net.h5', '--clean', 'clean.h5', '--order', '0,1']],
    ['an order with a channel twice', /`order` names channel 1 twice/, ['net.h5', '--clean', 'clean.h5', '--order', '0,1,1,2']],
    ['test data of the attack only', /has test data, the clean images have none/, ['net.h5', '--clean', 'clean.h5', '--poisoned', 'clean.h5', '--test-poisoned', 'clean.h5']],
    ['an attack named twice', /names the attack poisoned twice/, ['net.h5', '--clean', 'clean.h5', '--poisoned', 'clean.h5', '--poisoned', 'clean.h5']],
  ])('%s', (_, reason, argv) => refuses(reason, ...argv));

  test.each<[string, RegExp, string]>([
    ['an unknown key', /unknown key `max-ars`; did you mean `max-asr`\?/, 'max-ars: 20'],
    ['a key twice', /is no valid YAML/, 'layer: a\nlayer: b'],
    ['an alias', /is no valid YAML/, 'layer: &a x\nrank-at: *a'],
    ['infinity', /`scale`/, 'scale: 1e999'],
    ['a prototype', /unknown key `__proto__`/, '{"__proto__": {"layer": "conv"}}'],
    ['a list', /holds no settings/, '- a'],
    ['a wrong hash', /has SHA-256 [0-9a-f]{64}, the config pins 0{64}/, `models: [net.h5]\nclean: { validation: { file: clean.h5, sha256: "${'0'.repeat(64)}" } }`],
  ])('%s in a config', async (_, reason, text) => {
    writeFileSync(path.join(folder, 'config.yml'), text);
    await refuses(reason, '--config', 'config.yml');
  });
});

describe('an output folder that cannot be used', () => {
  const argv = ['defend', 'net.h5', '--clean', 'clean.h5', '--out'];

  test('a file, and a folder below a file', async () => {
    for (const out of ['clean.h5', 'clean.h5/deeper']) {
      const { code, stderr } = await command(folder, ...argv, out);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be written .*; choose another folder with `--out`\n$/)]);
    }
  });

  test('a link', async () => {
    mkdirSync(path.join(folder, 'real'));
    symlinkSync(path.join(folder, 'real'), path.join(folder, 'linked'));
    expect((await command(folder, ...argv, 'linked')).stderr).toMatch(/it is no plain folder/);
    expect(readdirSync(path.join(folder, 'real'))).toEqual([]);
  });

  test('a file of somebody else is kept, its own are replaced, what is stale goes', async () => {
    expect((await command(folder, ...argv, 'own', '--checkpoints', '2')).code).toBe(0);
    expect((await command(folder, ...argv, 'own', '--checkpoints', '90')).code).toBe(0);
    expect(readdirSync(path.join(folder, 'own/net.h5')).filter((name) => name.includes('X=2'))).toEqual([]);
    mkdirSync(path.join(folder, 'foreign'));
    writeFileSync(path.join(folder, 'foreign/report.md'), 'mine');
    const { code, stderr } = await command(folder, ...argv, 'foreign');
    expect([code, stderr]).toEqual([2, 'foreign/report.md: exists and was not written by goodnet; move it away or choose another folder with `--out`\n']);
  });
});
