import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../src/base/files.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { layerSpecs, parseOptions } from '../../src/models/layers/allow-list.ts';
import { trainingOnly } from '../../src/models/layers/regularization.ts';
import { readNet } from '../../src/models/keras/topology.ts';
import { findModels, folderNames } from '../../src/models/find-models.ts';
import { run } from '../../src/index.ts';
import { command } from '../command.ts';
import { dataFile, fixtures, pngFile, readJson, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

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
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, name), await dataFile(...content));
  const arrays = {
    data: { shape: [2, 8, 8, 3], values: pixels(384) },
    label: { shape: [2, 5], values: Float32Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0, 0) },
  };
  writeFileSync(path.join(folder, 'one-hot-5.h5'), await hdf5Of({ attributes: {}, groups: {}, arrays }));
  writeFileSync(
    path.join(folder, 'one-hot-2.h5'),
    await hdf5Of({
      attributes: {},
      groups: {},
      arrays: { ...arrays, label: { shape: [2, 2], values: Float32Array.of(1, 0, 0, 1) } },
    }),
  );
  writeFileSync(
    path.join(folder, 'one-hot-bad.h5'),
    await hdf5Of({
      attributes: {},
      groups: {},
      arrays: { ...arrays, label: { shape: [2, 3], values: Float32Array.of(1, 1, 0, 0, 1, 0) } },
    }),
  );
  writeFileSync(
    path.join(folder, 'other-names.h5'),
    await hdf5Of({
      attributes: {},
      groups: {},
      arrays: { x: arrays.data, y: { shape: [2], values: Float32Array.of(0, 1) } },
    }),
  );
});

const progress = /: [\d,]+ images( at [\d,]+ images\/s)?$/;

/** Runs `defend` and checks that nothing but one line that says `reason` comes of it. */
async function refuses(reason: RegExp, ...argv: string[]): Promise<void> {
  const { code, stdout, stderr } = await command(folder, 'defend', ...argv);
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !progress.test(line));
  expect(lines).toEqual([expect.stringMatching(reason)]);
  expect(lines[0]).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/);
  expect([code, stdout]).toEqual([2, '']);
  expect(existsSync(path.join(folder, 'goodnet-out'))).toBe(false);
}

test.runIf(existsSync('/proc/self/mem'))('a regular file that gives no bytes is refused', () => {
  expect(() => hashFile('/proc/self/mem', { file: 'mem.h5' })).toThrow('mem.h5: cannot be read (EIO)');
});

test('pipes, devices and folders are no files, whatever they are named for', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  mkdirSync(path.join(folder, 'below'));
  const reason =
    /: cannot be read \(not a regular file, but a folder or device\); name a regular file that you may read$/;
  for (const file of ['pipe', '/dev/zero', 'below']) {
    const asModel = file === 'below' ? /: is a folder, as TensorFlow's SavedModel, not a file; load it with/ : reason;
    await refuses(asModel, file, '--clean', 'clean.h5');
    await refuses(asModel, 'net.h5', '--clean', 'clean.h5', '--architecture', file);
    await refuses(reason, '--config', file);
    await refuses(reason, 'net.h5', '--clean', 'clean.h5', '--baseline', file);
    if (file !== 'below') await refuses(reason, 'net.h5', '--clean', file);
  }
});

describe('models that are refused', () => {
  const reasons: [file: string, reason: RegExp][] = [
    ['lambda.keras2', /payload is a Lambda, which is not supported/],
    ['lambda.keras3', /payload is a Lambda/],
    ['custom.keras2', /payload is a Payload>Custom/],
    ['custom.keras3', /payload is a Payload>Custom/],
    ['bilinear.keras2', /up \(UpSampling2D\): `interpolation`/],
    ['bilinear.keras3', /up \(UpSampling2D\): `interpolation`/],
    ['axis_1.keras2', /bn \(BatchNormalization\): `axis` = 1/],
    ['axis_1.keras3', /bn \(BatchNormalization\): `axis` = 1/],
    ['layer_normalization.keras2', /norm is a LayerNormalization/],
    ['layer_normalization.keras3', /norm is a LayerNormalization/],
    ['conv1d.keras2', /conv is a Conv1D/],
    ['conv1d.keras3', /conv is a Conv1D/],
    ['nested_lambda.keras2', /payload is a Lambda/],
    ['nested_lambda.keras3', /payload is a Lambda/],
    ['nested_two_inputs.keras2', /a model pair inside it with 2 inputs and 1 outputs/],
    ['nested_two_inputs.keras3', /a model pair inside it with 2 inputs and 1 outputs/],
    [
      'nested_normalization.keras2',
      /nested\/norm: Keras 3 leaves out the mean and variance of a Normalization in a net inside/,
    ],
    [
      'nested_normalization.keras3',
      /nested\/norm: Keras 3 leaves out the mean and variance of a Normalization in a net inside/,
    ],
    ['inverted.keras2', /norm \(Normalization\): `invert`/],
    ['inverted.keras3', /norm \(Normalization\): `invert`/],
    ['normalized_rows.keras2', /norm \(Normalization\): `axis` = 1 is not the last/],
    ['normalized_rows.keras3', /norm \(Normalization\): `axis` = 1 is not the last/],
    [
      'sparsemax.keras3',
      /conv \(Conv2D\): its activation sparsemax is computed by Keras 3 otherwise than it is defined/,
    ],
    ['glu.keras3', /conv \(Conv2D\): its activation glu answers half as many channels as Keras 3 declares/],
    ['double.keras2', /`dtype` is float64/],
    ['double.keras3', /`dtype` is float64/],
    ['two_inputs.keras2', /has 2 inputs and 1 outputs/],
    ['two_inputs.keras3', /has 2 inputs and 1 outputs/],
    ['two_outputs.keras2', /has 1 inputs and 2 outputs/],
    ['two_outputs.keras3', /has 1 inputs and 2 outputs/],
    ['one_output.keras2', /a single output without a sigmoid/],
    ['one_output.keras3', /a single output without a sigmoid/],
    ['open_size.keras2', /its size is open/],
    ['open_size.keras3', /its size is open/],
    ['nan_weight', /conv: its weight kernel holds the value NaN/],
    ['infinite_weight', /kernel holds the value Infinity/],
    ['missing_weight', /its weight kernel is missing/],
    ['wrong_shape', /shape 3x3x3x5, the net needs 3x3x3x4/],
    ['soft_link', /holds a link instead of data/],
    ['external_link', /holds a link instead of data/],
    ['channels_first', /`data_format` is not channels_last/],
    ['foreign_module', /conv is a system/],
    ['unknown_option', /unknown key `surprise`/],
    ['cycle', /reads its own output/],
    ['no_weights', /holds neither a Keras model/],
    ['base.weights', /holds weights only, no architecture/],
    ['zip_named', /holds neither a Keras model/],
    ['truncated', /cannot be read as HDF5/],
    ['text', /is not an HDF5 file/],
    ['empty', /is empty/],
    ['lfs_pointer', /Git LFS pointer/],
  ];
  test.each(reasons)('%s', async (file, reason) => {
    await refuses(reason, path.join(refused, `${file}.h5`), '--clean', 'clean.h5');
  });

  const archives: [file: string, reason: RegExp][] = [
    ['foreign_module', /conv is a system/],
    ['registered_name', /conv is a Payload>Dense/],
    ['foreign_model', /is a Functional \(custom\)/],
    ['lambda', /conv is a Lambda/],
    ['same_name', /conv is a Conv2D \(custom\)/],
    ['op_lambda', /conv is the operation TFOpLambda, which is not supported; write a layer in its place/],
    ['no_config', /holds neither a Keras model/],
    ['no_weights', /holds neither a Keras model/],
    ['truncated', /cannot be read as a zip archive \(it ends too early\)/],
  ];
  test.each(archives)('%s.keras', async (file, reason) => {
    await refuses(reason, path.join(refused, `${file}.keras`), '--clean', 'clean.h5');
  });

  const net = readFileSync(path.join(refused, 'base.json'), 'utf8');
  const layer = '"module": "keras.layers", "class_name": "Conv2D"';
  test.each(['os', 'kerasx.layers', 'my_keras.layers', 'x.keras.layers', 'tf_kerasx', ''])(
    "a layer named as one of Keras's own, of the module %j",
    (module) => {
      expect(() => readNet(net, 'net.json')).not.toThrow();
      expect(() => readNet(net.replace(layer, `"module": "${module}", "class_name": "Conv2D"`), 'net.json')).toThrow(
        `net.json: layer conv is a ${module}.Conv2D, which is not supported`,
      );
    },
  );

  const inLanguages = [...layerSpecs].map(
    ([name, { ofOnnx }]) => [name, ofOnnx === 'all' ? 'onnx' : 'keras3'] as const,
  );
  test.each(inLanguages.filter(([className]) => !trainingOnly.has(className)))(
    'a %s in %s with an option that goodnet does not know',
    (className, language) => {
      expect(() => parseOptions('net.h5', 'odd', className, { surprise: 1 }, language)).toThrow(
        /^net\.h5: .*odd \(\w+\): .*unknown key `surprise`/,
      );
    },
  );

  test('a layer of ONNX alone is none of Keras', () => {
    expect(() => parseOptions('net.h5', 'odd', 'PickedChannels', { channels: [0] }, 'keras3')).toThrow(/not supported/);
  });

  test('every refused fixture is tried', () => {
    const tried = [...reasons.map(([name]) => `${name}.h5`), ...archives.map(([name]) => `${name}.keras`)];
    const base = ['base.h5', 'base.keras', 'base.json'];
    expect(readdirSync(refused).filter((name) => !tried.includes(name) && !base.includes(name))).toEqual([]);
  });
});

describe('data that is refused', () => {
  test.each<[string, RegExp, string[]]>([
    ['missing.h5', /does not exist/, []],
    ['size.h5', /images of shape 9x8x3, read as NHWC or NCHW; the net takes 8x8x3/, []],
    ['nchw.h5', /images of shape 3x8x8, read as NHWC; the net takes 8x8x3/, ['--layout', 'NHWC']],
    ['empty-set.h5', /holds no images/, []],
    ['label-range.h5', /label 3 of image 1 is no class/, []],
    ['label-negative.h5', /label -1 of image 1/, []],
    ['label-fraction.h5', /label 1.5 of image 1/, []],
    ['label-count.h5', /2 images and 3 labels/, []],
    ['one-hot-2.h5', /labels have the shape 2x2/, []],
    ['one-hot-5.h5', /labels have the shape 2x5/, []],
    ['one-hot-bad.h5', /label \[1, 1, 0\] of image 0/, []],
    ['nan.h5', /image 1 holds the value NaN/, []],
    ['infinite.h5', /image 1 holds the value -Infinity/, []],
    ['other-names.h5', /no dataset named `data`.*x, y/, []],
    ['net.h5', /no dataset named `data`/, []],
    ['net.json', /is a text in JSON; name an HDF5 file/, []],
    ['clean.h5/deeper.h5', /cannot be read \(ENOTDIR\)/, []],
    ['.', /holds what is no PNG, JPEG or WebP file in its place: /, []],
  ])('%s', async (file, reason, flags) => {
    await refuses(reason, 'net.h5', '--clean', file, ...flags);
    await refuses(
      reason,
      'net.h5',
      '--clean',
      flags.length > 0 ? file : 'clean.h5',
      '--poisoned',
      `./${file}`,
      ...flags,
    );
  });
});

test('clean data of one class alone is refused, poisoned data is not', async () => {
  mkdirSync(path.join(folder, 'one-class/2'), { recursive: true });
  writeFileSync(
    path.join(folder, 'one-class/2/a.png'),
    pngFile(8, 8, () => [1, 2, 3]),
  );
  await refuses(
    /one-class: holds clean images of class 2 alone; name clean images of all classes/,
    'net.h5',
    '--clean',
    'one-class',
  );
  expect((await command(folder, 'evaluate', 'net.h5', '--clean', 'clean.h5', '--poisoned', './one-class')).code).toBe(
    0,
  );
});

describe('settings that are refused', () => {
  test.each<[string, RegExp, string[]]>([
    ['no clean data', /no clean validation data/, ['net.h5']],
    ['no model', /names no model/, ['--clean', 'clean.h5']],
    ['a pattern without a match', /no model file matches/, ['*.hdf5', '--clean', 'clean.h5']],
    [
      'an unknown layer',
      /no layer named con; did you mean conv, /,
      ['net.h5', '--clean', 'clean.h5', '--layer', 'con'],
    ],
    [
      'a layer without channels',
      /flat cannot be pruned: a Flatten has no output channels/,
      ['net.h5', '--clean', 'clean.h5', '--layer', 'flat'],
    ],
    [
      'the classes',
      /classes cannot be pruned: it yields the classes/,
      ['net.h5', '--clean', 'clean.h5', '--layer', 'classes'],
    ],
    [
      'a rank layer elsewhere',
      /cannot be ranked at flat; rank at one of conv/,
      ['net.h5', '--clean', 'clean.h5', '--layer', 'conv', '--rank-at', 'flat'],
    ],
    ['a limit out of range', /`max-asr` must be <= 100/, ['net.h5', '--clean', 'clean.h5', '--max-asr', '120']],
    ['a negative limit', /`min-accuracy` must be >= 0/, ['net.h5', '--clean', 'clean.h5', '--min-accuracy=-1']],
    ['an unknown kind', /`accept.0`/, ['net.h5', '--clean', 'clean.h5', '--accept', 'best']],
    ['a scale of 0', /`scale` = 0 leaves no image/, ['net.h5', '--clean', 'clean.h5', '--scale', '0']],
    ...['1e-320', '1e39', '-1e-40', `1/${'9'.repeat(50)}`, '1e-45'].map((scale): [string, RegExp, string[]] => [
      `a scale of ${scale}`,
      /`scale` = \S+ leaves no image/,
      ['net.h5', '--clean', 'clean.h5', `--scale=${scale}`],
    ]),
    [
      'a mean past 32 bits',
      /`mean` = 1e\+?39 is no number of 32 bits/,
      ['net.h5', '--clean', 'clean.h5', '--mean', '1e39'],
    ],
    [
      'a std below 32 bits',
      /`std` = 1e-320 is no number of 32 bits/,
      ['net.h5', '--clean', 'clean.h5', '--std', '1e-320'],
    ],
    [
      'a mean that swallows all pixels',
      /`scale`, `mean` and `std` make all pixels from 0 to 255 equal/,
      ['net.h5', '--clean', 'clean.h5', '--scale', '1e-12', '--mean', '0.5'],
    ],
    [
      'a std that swallows all pixels',
      /`scale`, `mean` and `std` make all pixels from 0 to 255 equal/,
      ['net.h5', '--clean', 'clean.h5', '--scale', '1e-20', '--std', '1e30'],
    ],
    [
      'a scale that divides by 0',
      /`scale` = 1\/0 leaves no image/,
      ['net.h5', '--clean', 'clean.h5', '--scale', '1/0'],
    ],
    ['a scale that is no fraction', /`scale`.*a\/b/, ['net.h5', '--clean', 'clean.h5', '--scale', 'a/b']],
    [
      'clean data named twice',
      /--clean: is given twice; name one file/,
      ['net.h5', '--clean', 'clean.h5', '--clean', 'clean.h5'],
    ],
    ['a checkpoint of 0', /`checkpoints.1` must be > 0/, ['net.h5', '--clean', 'clean.h5', '--checkpoints', '2,0']],
    ['an order that is too short', /`order` lists 2 channels/, ['net.h5', '--clean', 'clean.h5', '--order', '0,1']],
    [
      'an order with a channel twice',
      /`order` names channel 1 twice/,
      ['net.h5', '--clean', 'clean.h5', '--order', '0,1,1,2'],
    ],
    [
      'test data of the attack only',
      /has test data, the clean images have none/,
      ['net.h5', '--clean', 'clean.h5', '--poisoned', 'clean.h5', '--test-poisoned', 'clean.h5'],
    ],
    [
      'an attack of test images only',
      /names the attack a, which has no validation images; add `--poisoned a=FILE`/,
      ['net.h5', '--clean', 'clean.h5', '--test-clean', 'clean.h5', '--test-poisoned', 'a=clean.h5'],
    ],
    [
      'test images only',
      /--test-clean: stands without validation images; add `--clean FILE`/,
      ['net.h5', '--test-clean', 'clean.h5'],
    ],
    [
      'an attack named like a method',
      /names an attack "constructor"; start its name with a letter/,
      ['net.h5', '--clean', 'clean.h5', '--poisoned', 'constructor=clean.h5'],
    ],
    [
      'a layout in lower case',
      /`layout` is "nchw", which is not allowed; use "auto" or "NCHW" or "NHWC"/,
      ['net.h5', '--clean', 'clean.h5', '--layout', 'nchw'],
    ],
    [
      'an attack named twice',
      /names the attack poisoned twice/,
      ['net.h5', '--clean', 'clean.h5', '--poisoned', 'clean.h5', '--poisoned', 'clean.h5'],
    ],
  ])('%s', (_, reason, argv) => refuses(reason, ...argv));

  test.each<[string, RegExp, string]>([
    ['an unknown key', /unknown key `max-ars`; did you mean `max-asr`\?/, 'max-ars: 20'],
    [
      'an attack named as a part of every object',
      /`attacks` has an entry named "constructor"/,
      'clean: { validation: clean.h5 }\nattacks: { constructor: { validation: clean.h5 } }',
    ],
    ['a second document', /multiple documents/, 'max-asr: 20\n---\nmax-asr: 100'],
    [
      'an unknown key deeper down',
      /unknown key `clean.tset`; did you mean `test`\?/,
      'clean: { validation: a, tset: b }',
    ],
    [
      'an unknown key of a pinned file',
      /unknown key `clean.validation.sha`; did you mean `sha256`\?/,
      'clean: { validation: { file: a, sha: b } }',
    ],
    [
      'a bad name of an attack',
      /`attacks` has an entry named "my attack"; start the name with a letter/,
      'attacks: { my attack: { validation: a } }',
    ],
    ['a tag', /is no valid YAML \(Unresolved tag/, 'layer: !!js/function x'],
    ['a key twice', /is no valid YAML/, 'layer: a\nlayer: b'],
    ['an alias', /is no valid YAML/, 'layer: &a x\nrank-at: *a'],
    ['infinity', /`scale`/, 'scale: 1e999'],
    ['a prototype', /unknown key `__proto__`/, '{"__proto__": {"layer": "conv"}}'],
    ['a list', /holds no settings/, '- a'],
    ['more than 64 KiB', /has 65537 bytes, at most 65536 are read/, `models: [net.h5]\n#${'x'.repeat(65_519)}`],
    [
      'a wrong hash',
      /has SHA-256 [0-9a-f]{64}, the config pins 0{64}/,
      `models: [net.h5]\nclean: { validation: { file: clean.h5, sha256: "${'0'.repeat(64)}" } }`,
    ],
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
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/cannot be written .*; choose another folder with `--out`\n$/),
      ]);
    }
  });

  test('a link', async () => {
    mkdirSync(path.join(folder, 'real'));
    symlinkSync(path.join(folder, 'real'), path.join(folder, 'linked'));
    expect((await command(folder, ...argv, 'linked')).stderr).toMatch(/it is no plain folder/);
    expect(readdirSync(path.join(folder, 'real'))).toEqual([]);
  });

  test('a file of somebody else, or one that was changed since, is kept; its own are replaced, what is stale goes', async () => {
    expect((await command(folder, ...argv, 'own', '--checkpoints', '2')).code).toBe(0);
    expect((await command(folder, ...argv, 'own', '--checkpoints', '90')).code).toBe(0);
    expect(readdirSync(path.join(folder, 'own/net.h5')).filter((name) => name.includes('X=2'))).toEqual([]);
    for (const [out, file] of [
      ['foreign', 'report.md'],
      ['own', 'report.md'],
    ] as const) {
      mkdirSync(path.join(folder, out), { recursive: true });
      writeFileSync(path.join(folder, out, file), 'mine');
      const { code, stderr } = await command(folder, ...argv, out);
      expect([code, stderr]).toEqual([
        2,
        `${out}/${file}: exists and is not as goodnet wrote it; move it away or choose another folder with \`--out\`\n`,
      ]);
      expect(readFileSync(path.join(folder, out, file), 'utf8')).toBe('mine');
    }
  });

  test('where the model itself stands in the way of its folder', async () => {
    const here = temporaryFolder();
    for (const name of ['net.h5', 'clean.h5']) copyFileSync(path.join(folder, name), path.join(here, name));
    const { code, stderr } = await command(here, 'defend', 'net.h5', '--clean', 'clean.h5', '--out', '.');
    expect([code, stderr]).toEqual([
      2,
      'net.h5: exists and is not as goodnet wrote it; move it away or choose another folder with `--out`\n',
    ]);
    expect(readdirSync(here).sort()).toEqual(['clean.h5', 'net.h5']);
  });
});

describe('what another run left', () => {
  const defend = (model: string, out: string) => command(folder, 'defend', model, '--clean', 'clean.h5', '--out', out);

  test('a ledger that names files behind links, above the folder, or folders, makes nothing go', async () => {
    await defend('net.h5', 'ledger');
    const [out, victim] = [path.join(folder, 'ledger'), path.join(folder, 'victim')];
    mkdirSync(victim);
    writeFileSync(path.join(victim, 'thesis.txt'), 'x');
    rmSync(path.join(out, 'net.h5'), { recursive: true });
    symlinkSync(victim, path.join(out, 'net.h5'));
    const sha256 = createHash('sha256').update('x').digest('hex');
    const files = Object.fromEntries(
      ['net.h5/thesis.txt', '../victim/thesis.txt', 'net.h5', '.', '', 'net.h5/\0'].map((name) => [name, [sha256]]),
    );
    writeFileSync(path.join(out, '.goodnet-files.json'), JSON.stringify({ tool: 'goodnet', files }));
    expect((await defend('net.h5', 'ledger')).stderr).toMatch(/net.h5: exists and is not as goodnet wrote it/);
    rmSync(path.join(out, 'net.h5'));
    for (const name of ['report.html', 'report.json', 'report.md', 'manifest.json']) rmSync(path.join(out, name));
    expect((await defend('net.h5', 'ledger')).code).toBe(0);
    expect(readFileSync(path.join(victim, 'thesis.txt'), 'utf8')).toBe('x');
  });

  test('an interrupted run leaves nothing behind, and the same run goes through afterwards', async () => {
    const interrupt = new AbortController();
    const stopped = run(
      resolveConfig({ models: ['net.h5'], clean: { validation: 'clean.h5' }, out: 'stopped' }, {}, null),
      {
        ...testWorld(folder),
        signal: interrupt.signal,
        progress: ({ stage }) => {
          if (stage === 'sweep') interrupt.abort();
        },
      },
    );
    await expect(stopped).rejects.toThrow(/abort/);
    expect(existsSync(path.join(folder, 'stopped'))).toBe(false);
    const early = new AbortController();
    early.abort();
    await expect(
      run(resolveConfig({ models: ['net.h5'], clean: { validation: 'clean.h5' }, out: 'early' }, {}, null), {
        ...testWorld(folder),
        signal: early.signal,
      }),
    ).rejects.toThrow(/abort/);
    expect(existsSync(path.join(folder, 'early'))).toBe(false);
    expect((await defend('net.h5', 'early')).code).toBe(0);
    expect(readdirSync(path.join(folder, 'early')).sort()).toEqual([
      '.goodnet-files.json',
      'manifest.json',
      'net.h5',
      'report.html',
      'report.json',
      'report.md',
    ]);
  });

  test("after a fault between two files, what is there is still goodnet's own", async () => {
    await defend('net.h5', 'fault');
    const ledger = path.join(folder, 'fault/.goodnet-files.json');
    const { files } = readJson<{ files: Record<string, string[]> }>(ledger);
    const report = path.join(folder, 'fault/report.md');
    writeFileSync(report, "the next run's");
    files['report.md']!.push(createHash('sha256').update("the next run's").digest('hex'));
    writeFileSync(ledger, JSON.stringify({ tool: 'goodnet', files }));
    expect((await defend('net.h5', 'fault')).code).toBe(0);
    expect(readJson<{ files: Record<string, string[]> }>(ledger).files['report.md']).toHaveLength(1);
  });
});

describe('names of models', () => {
  const here = temporaryFolder();
  const names = ['a.h5', 'b.h5', 'model (1).h5', '!x.h5'];
  beforeAll(() => names.forEach((name) => writeFileSync(path.join(here, name), '')));

  test.each<[string[], string[]]>([
    [['*.h5'], ['!x.h5', 'a.h5', 'b.h5', 'model (1).h5']],
    [
      ['*.h5', '!b.h5'],
      ['!x.h5', 'a.h5', 'model (1).h5'],
    ],
    [['a.h5', 'b.h5', '!b.*'], ['a.h5']],
    [
      ['model (1).h5', './!x.h5', '!x.h5'],
      ['model (1).h5', '!x.h5'],
    ],
    [
      ['a.h5', './a.h5', '?.h5'],
      ['a.h5', 'b.h5'],
    ],
    [['missing.h5'], ['missing.h5']],
  ])('%j names %j', (patterns, found) => expect(findModels(patterns, here)).toEqual(found));

  test.each([
    '*(*(*(a|aa)*)*)*.h5',
    `${'**/'.repeat(4)}*.h5`,
    '*a*a*a*a*.h5',
    '{a,aa}{a,aa}{a,aa}{a,aa}.h5',
    '!*a*a*a*a*.h5',
    `${'a'.repeat(70_000)}*`,
    `!${'a'.repeat(70_000)}*`,
  ])('%.30s would be matched for hours, or not at all, and is refused', (pattern) => {
    expect(() => findModels(['*.h5', pattern], here)).toThrow(/more stars, braces or letters than are matched/);
  });

  test('that became links do not go unseen: a pattern that matches one is refused', () => {
    const [linked, outside] = [temporaryFolder(), temporaryFolder()];
    for (const file of [path.join(linked, 'own.h5'), path.join(outside, 'secret.h5')]) writeFileSync(file, '');
    symlinkSync(path.join(outside, 'secret.h5'), path.join(linked, 'link.h5'));
    for (const pattern of ['**/*.h5', 'l*.h5'])
      expect(() => findModels([pattern], linked)).toThrow(
        'link.h5: is a link, which a pattern does not follow; name the file itself, or exclude the link with `!`',
      );
    expect(findModels(['**/*.h5', '!link.h5'], linked)).toEqual(['own.h5']);
    symlinkSync(path.join(linked, 'gone.h5'), path.join(linked, 'nowhere.h5'));
    expect(() => findModels(['**/*.h5', '!link.h5'], linked)).toThrow('nowhere.h5: is a link');
    expect(findModels(['link.h5'], linked)).toEqual(['link.h5']);
  });

  test('below folders that are links do not go unseen: a pattern that could match there is refused, and goes into none', () => {
    const [linked, outside] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(path.join(linked, 'nets'));
    for (const file of [path.join(linked, 'nets/own.h5'), path.join(outside, 'secret.h5')]) writeFileSync(file, '');
    symlinkSync(outside, path.join(linked, 'nets/old'));
    symlinkSync(linked, path.join(linked, 'nets/all'));
    for (const pattern of ['**/*.h5', 'nets/o*/*.h5', 'n*/**'])
      expect(() => findModels([pattern, '!nets/all'], linked)).toThrow(
        'nets/old: is a link, which a pattern does not follow; name the file itself, or exclude the link with `!`',
      );
    expect(() => findModels(['**/*.h5', '!nets/old'], linked)).toThrow('nets/all: is a link');
    for (const pattern of ['nets/*.h5', '*/own.h5']) expect(findModels([pattern], linked)).toEqual(['nets/own.h5']);
    expect(findModels(['**/*.h5', '!nets/old/**', '!nets/all'], linked)).toEqual(['nets/own.h5']);
    expect(findModels(['nets/old/*.h5'], linked)).toEqual(['nets/old/secret.h5']);
  });

  test('that are all excluded are an error', () =>
    expect(() => findModels(['a.h5', '!*.h5'], here)).toThrow(/no model file matches/));

  test('become folder names that no file system refuses', () => {
    const long = `${'deep/'.repeat(60)}net.h5`;
    const folders = folderNames(['net.h5', 'a/net.h5', 'a__net.h5', '../other.h5', long]);
    expect(new Set(folders).size).toBe(5);
    folders.forEach((name) => expect(name).toMatch(/^[\w.=+-]{1,200}$/));
    expect(folders[0]).toBe('net.h5');
  });
});
