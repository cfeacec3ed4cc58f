import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { dataFormat } from '../../src/settings/data-format.ts';
import { splitFiles } from '../../src/settings/split-files.ts';
import { listening } from '../../src/engine/listen.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { kernels } from '../../src/engine/kernels/layers.ts';
import { buildModel } from '../../src/models/build-model.ts';
import type { Model } from '../../src/models/net.ts';
import { NetData } from '../../src/jobs/open-data.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import type { Report } from '../../src/report/record/report.ts';
import { bundleInto } from '../bundled.ts';
import { command } from '../command.ts';
import { dataFile, root, startEngine, testEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { Threads } from '../../src/engine/threads/threads.ts';

test('jobs that start at once share the engine', async () => {
  await expect(Promise.all([startEngine(), startEngine(), startEngine()])).resolves.toHaveLength(3);
});

describe('the engine tensorflow where it cannot start', () => {
  const folder = temporaryFolder();
  const installed = path.join(folder, 'node_modules/@tensorflow/tfjs-node');
  beforeAll(() => bundleInto(folder));

  /** The built command line, with a tfjs-node beside it that consists of `script`, or with none. */
  function evaluateBeside(script: string | null, cwd = root) {
    rmSync(installed, { recursive: true, force: true });
    if (script !== null) {
      mkdirSync(installed, { recursive: true });
      writeFileSync(path.join(installed, 'index.js'), script);
    }
    const args = [
      path.join(folder, 'dist/cli.js'),
      'evaluate',
      '--config',
      path.join(root, 'examples/goodnet.yml'),
      path.join(root, 'examples/badnet.h5'),
      '--engine',
      'tensorflow',
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd,
      env: { ...process.env, NODE_PATH: '' },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const line = (cause: string) =>
    `engine tensorflow: does not start (${cause}); install @tensorflow/tfjs-node 4.22.0 where goodnet is installed, with its native part (docs/engines.md), or leave \`engine\` out\n`;

  test.each([
    ['is not installed', null, '@tensorflow/tfjs-node is not installed'],
    [
      'lacks its native part',
      'throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x. \\nPlease run command")',
      'The Node.js native addon module (tfjs_binding.node) can not be found at path: /x',
    ],
    ['is another version', 'exports.version = { "tfjs-core": "3.9.0" }', '@tensorflow/tfjs-node 3.9.0 is installed'],
  ])('it %s: one line, exit 2, nothing computed', (_, script, cause) => {
    expect(evaluateBeside(script)).toEqual({ status: 2, stdout: '', stderr: line(cause) });
  });

  test('a tfjs-node in the folder of the models is not loaded', () => {
    const cwd = temporaryFolder();
    const planted = path.join(cwd, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(planted, { recursive: true });
    writeFileSync(path.join(planted, 'index.js'), 'process.exit(0)');
    expect(evaluateBeside(null, cwd)).toEqual({
      status: 2,
      stdout: '',
      stderr: line('@tensorflow/tfjs-node is not installed'),
    });
  });

  test('an engine that there is none of is refused by the schema', async () => {
    const { code, stderr } = await command(root, 'evaluate', 'examples/badnet.h5', '--engine', 'cuda');
    expect([code, stderr]).toEqual([2, expect.stringContaining('use "wasm" or "tensorflow"')]);
  });
});

/** A net with a window that the engine refuses to pool by, as if no check had been made of it. */
function unpoolable(): Model {
  const layers = [
    { name: 'input', className: 'InputLayer', config: { batch_shape: [null, 8, 8, 1] } },
    { name: 'pool', className: 'MaxPooling2D', config: { pool_size: 2, strides: 1, padding: 'same' } },
    { name: 'flat', className: 'Flatten', config: {} },
  ];
  const calls = layers.map(({ name: layer }, i) => ({
    id: layer,
    layer,
    inputs: i === 0 ? [] : [layers[i - 1]!.name],
  }));
  const model = buildModel(
    { name: 'net', dialect: 'keras3', layers, calls, input: 'input', output: 'flat' },
    () => new Map(),
    'net.h5',
    '',
  );
  model.calls[1]!.layer.options['pool_size'] = [65536, 65536];
  return model;
}

describe.skipIf(testEngine !== 'wasm')('what the engine only says is an error', () => {
  const failed = {
    code: 'engine-failed',
    message: expect.stringMatching(
      /^net\.h5: layer pool \(MaxPooling2D\) could not be computed \(XNN status for xnn_create_max_pooling2d_nhwc_f32 is not successful/,
    ) as unknown,
  };
  beforeAll(startEngine);

  test('on the main thread, where nothing of it is shown and all tensors are released', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const before = tf.memory().numTensors;
    const network = new Network(splitNet(unpoolable(), null));
    expect(() => network.classes(network.features(new Float32Array(128), 2), Int32Array.of(0, 1))).toThrow(
      expect.objectContaining(failed),
    );
    network.dispose();
    expect([warn.mock.calls, tf.memory().numTensors]).toEqual([[], before]);
    warn.mockRestore();
  });

  test('on threads', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      path.join(folder, 'clean.h5'),
      await dataFile(
        [600, 8, 8, 1],
        new Float32Array(600 * 64),
        Array.from({ length: 600 }, (_, i) => i % 64),
      ),
    );
    const world = testWorld(folder);
    const threads = new Threads(2, { ...world, engine: 'wasm' });
    const { config } = resolveConfig({ models: ['net.h5'], clean: { validation: 'clean.h5' } }, {}, null);
    const data = new NetData([splitFiles(config, 'validation')!], dataFormat(config), {
      ...world,
      evaluator: threads,
    });
    const splits = await data.open(splitNet(unpoolable(), null));
    await expect(splits[0]!.clean.sweep(new Int32Array(0), [0], () => undefined)).rejects.toThrow(
      expect.objectContaining(failed),
    );
    await data.close();
    await threads.stop();
  });

  test('where memory is used up', () => {
    const { wasm } = tf.backend() as unknown as {
      wasm: { _malloc: (bytes: number) => number; _free: (at: number) => void };
    };
    for (const bytes of [2 ** 31, 2 ** 32 - 2 ** 16, 2 ** 32, 2 ** 40])
      expect(() => wasm._malloc(bytes)).toThrow(`no memory is left for ${bytes} bytes`);
    const large = 2 ** 31 - 2 ** 24;
    const held = [wasm._malloc(large), wasm._malloc(large)];
    expect(() => wasm._malloc(large)).toThrow(`no memory is left for ${large} bytes`);
    held.forEach((at) => wasm._free(at));
  });

  test('what others print before and after is theirs', () => {
    const printed: unknown[] = [];
    const warn = vi.spyOn(console, 'warn').mockImplementation((...words) => void printed.push(...words));
    console.warn('before');
    expect(() =>
      listening(() => {
        console.warn('of', 'it');
        console.warn('more');
        console.warn('more');
      }),
    ).toThrow('of it; more');
    expect(() =>
      listening(() => {
        throw new Error('its own');
      }),
    ).toThrow('its own');
    expect(listening(() => 7)).toBe(7);
    console.warn('after');
    expect(printed).toEqual(['before', 'after']);
    warn.mockRestore();
  });
});

test('upsampling repeats each position, for every size and factor', async () => {
  await startEngine();
  for (let size = 1; size <= 64; size++) {
    const values = Float32Array.from({ length: size }, (_, i) => i);
    for (let factor = 1; factor <= 64; factor++) {
      const answers = tf.tidy(() =>
        [
          [1, factor],
          [factor, 1],
        ].map(([rows, columns]) => {
          const [height, width] = rows === 1 ? [1, size] : [size, 1];
          return kernels['UpSampling2D']!([tf.tensor(values, [1, height, width, 1])], { size: [rows, columns] }, {}, [
            height * rows!,
            width * columns!,
            1,
          ]).dataSync();
        }),
      );
      for (const answer of answers)
        expect(
          answer.every((value, i) => value === Math.floor(i / factor)),
          `${size} by ${factor}`,
        ).toBe(true);
    }
  }
});

if (testEngine !== 'tensorflow')
  process.stderr.write(
    '\n*** SKIPPED: the comparison of both engines needs tfjs-node (scripts/build-tfjs-node.sh) and GOODNET_TEST_ENGINE=tensorflow. ***\n',
  );

test.skipIf(testEngine !== 'tensorflow')(
  'both engines make the same report, but for the run and the last digits of the ranking',
  async () => {
    const report = async (engine: string) =>
      JSON.parse(
        (
          await command(
            root,
            'defend',
            '--config',
            'examples/goodnet.yml',
            '--engine',
            engine,
            '--json',
            '--out',
            path.join(temporary, engine),
          )
        ).stdout,
      ) as Report;
    const [wasm, tensorflow] = [await report('wasm'), await report('tensorflow')];
    expect([wasm.run.engine, tensorflow.run.engine]).toEqual([engineHere('wasm'), 'tensorflow']);
    for (const [i, model] of wasm.models.entries()) {
      const other = tensorflow.models[i]!;
      model.ranking.meanActivation.forEach((mean, c) => expect(other.ranking.meanActivation[c]).toBeCloseTo(mean, 5));
      const judged = ({ sweep, gate, candidates }: typeof model) => ({
        sweep,
        gate,
        candidates: candidates.map((candidate) => ({ ...candidate, file: null })),
      });
      expect(judged(other)).toEqual(judged(model));
    }
  },
);
const temporary = temporaryFolder();
