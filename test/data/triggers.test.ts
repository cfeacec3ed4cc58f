import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StampSetting } from '../../src/settings/split-files.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { openDataset, stampDataset } from '../../src/data/dataset.ts';
import { asrFloors } from '../../src/verdict/asr-floor.ts';
import type { Split } from '../../src/engine/split.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import type { Model } from '../../src/models/net.ts';
import { sweepCsv } from '../../src/report/csv.ts';
import { markdown } from '../../src/report/markdown.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { asStored, assets, dataFile, loadModel, pngFile, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const cwd = temporaryFolder();
const place = { cwd, assets };
const example = (name: string) => path.join(root, 'examples', name);
const scale = 1 / 255;

beforeAll(async () => {
  await startEngine();
  const write = (name: string, content: Uint8Array) => writeFileSync(path.join(cwd, name), content);
  write(
    'white.png',
    pngFile(2, 2, () => [255, 255, 255]),
  );
  write(
    'faint.png',
    pngFile(1, 2, (_, column) => [200, 100, 50, column === 0 ? 51 : 255]),
  );
  write(
    'mask.png',
    pngFile(1, 2, (_, column) => (column === 0 ? [0, 0, 0] : [102, 102, 102])),
  );
  write(
    'square.png',
    pngFile(2, 2, () => [9, 9, 9]),
  );
  write('text.png', Buffer.from('no image'));
  write(
    'floats.h5',
    await dataFile(
      [3, 2, 3, 3],
      Float32Array.from({ length: 54 }, (_, i) => i / 100),
      [0, 1, 2],
    ),
  );
});

describe("the example's corner", () => {
  const setting: StampSetting = { target: 0, trigger: { image: 'white.png', at: [6, 6], opacity: 1 } };
  const digits = { inputShape: [8, 8, 1], classes: 10 } as unknown as Model;

  test.each(['valid', 'test'])('stamped on clean_%s.h5 gives the poisoned file', async (split) => {
    const clean = await openDataset({ file: example(`clean_${split}.h5`) }, asStored, digits, place);
    const poisoned = await openDataset({ file: example(`poisoned_${split}.h5`) }, asStored, digits, place);
    const made = await stampDataset(clean, setting, asStored, digits, place);
    expect(made.count).toBe(poisoned.count);
    expect(made.images(0, made.count)).toEqual(poisoned.images(0, made.count));
    expect([...made.images(100, 103), ...made.images(103, 300)]).toEqual([...poisoned.images(100, 300)]);
    expect(made.labels).toEqual(poisoned.labels);
    expect(made.trueLabels).toEqual(clean.labels.filter((label) => label !== 0));
    expect(made.inputs).toMatchObject([{ file: 'white.png', samples: 1 }]);
    expect(
      asrFloors({ clean: { data: clean }, attacks: new Map([['a', { data: made }]]) } as unknown as Split),
    ).toEqual([]);
    clean.close();
    poisoned.close();
  });

  test('counts the same steps as the poisoned file, and robust accuracy beside it', async () => {
    const settings = (attack: object) =>
      resolveConfig(
        {
          models: [example('badnet.h5')],
          clean: { validation: example('clean_valid.h5'), test: example('clean_test.h5') },
          scale,
          attacks: { corner: attack },
          out: temporaryFolder(),
          'max-asr': 20,
        },
        {},
        null,
      );
    const fromFiles = await run(
      settings({ validation: example('poisoned_valid.h5'), test: example('poisoned_test.h5') }),
      testWorld(cwd),
    );
    const stamped = await run(settings({ ...setting, trigger: { image: 'white.png', at: [6, 6] } }), testWorld(cwd));
    const [one, other] = [fromFiles.models[0]!, stamped.models[0]!];
    const withoutRobust = (text: string) =>
      JSON.parse(text, (key, value: unknown) => (key.startsWith('robust') ? undefined : value)) as unknown;
    for (const part of ['sweep', 'candidates', 'findings'] as const)
      expect(withoutRobust(JSON.stringify(other[part]))).toEqual(withoutRobust(JSON.stringify(one[part])));
    expect(one.candidates[0]!.validation.robust).toEqual({});
    expect(stamped.inputs.map(({ path: name, samples }) => [path.basename(name), samples])).toEqual([
      ['badnet.h5', null],
      ['clean_valid.h5', 450],
      ['white.png', 1],
      ['clean_test.h5', 450],
    ]);

    for (const index of [0, 1]) {
      // the original, and the first pruned net from its own file
      const { validation: figures, file } = other.candidates[index]!;
      const { model } = await loadModel(
        file === null ? example('badnet.h5') : path.join(String(stamped.config['out']!.value), file),
      );
      const network = new Network(splitNet(model, null));
      const clean = await openDataset({ file: example('clean_valid.h5') }, { ...asStored, scale }, model, place);
      const made = await stampDataset(clean, setting, { ...asStored, scale }, model, place);
      const answers = network.classes(
        network.features(made.images(0, made.count), made.count),
        Int32Array.from(made.labels.keys()),
      );
      const robust = answers.filter((answer, i) => answer === made.trueLabels![i]).length;
      expect(figures.robust).toEqual({ corner: robust });
      expect(figures.robustAccuracy).toEqual({ corner: (100 * robust) / made.count });
      expect(other.sweep.steps[other.candidates[index]!.channelsPruned]!.robust).toEqual({ corner: robust });
      network.dispose();
      clean.close();
    }
    const [pruned, goodnet] = [other.candidates[1]!, other.candidates[5]!];
    expect([goodnet.kind, goodnet.checkpoint]).toEqual(['goodnet', pruned.checkpoint]);
    expect(goodnet.validation.robust['corner']!).toBeLessThanOrEqual(
      Math.min(pruned.validation.robust['corner']!, other.candidates[0]!.validation.robust['corner']!),
    );
    expect(pruned.validation.robust['corner']).toBeGreaterThan(300);
    expect(markdown(stamped)).toMatch(
      /DER and robust accuracy \(RA\) of each candidate[^]*RA <code>corner<\/code>, test/,
    );
    const rows = sweepCsv(other)
      .split('\r\n')
      .map((row) => row.split(','));
    expect(rows[32]![rows[0]!.indexOf('robust_corner')]).toBe(String(other.sweep.steps[31]!.robust['corner']));
    expect(rows[32]![rows[0]!.indexOf('goodnet_robust_accuracy_corner')]).toBe(
      String(other.sweep.steps[31]!.goodnet.robustAccuracy['corner']),
    );
  });
});

describe('stamping by hand', () => {
  const net = { inputShape: [2, 3, 3], classes: 3 } as unknown as Model;
  const clean = (dtype: string, values: number[] = Array.from({ length: 54 }, (_, i) => i)) =>
    ({
      stored: {
        file: 'clean',
        layout: 'NHWC' as const,
        byteUnits: dtype === 'uint8',
        labels: Int32Array.of(0, 1, 2),
        trueLabels: null,
        data: {
          shape: [3, 2, 3, 3],
          dtype,
          rowBytes: dtype === 'uint8' ? 18 : 144,
          rows: (start: number, stop: number) =>
            (dtype === 'uint8' ? Uint8Array : Float64Array).from(values.slice(start * 18, stop * 18)),
        },
      },
    }) as unknown as Awaited<ReturnType<typeof openDataset>>;
  const stamp = async (data: ReturnType<typeof clean>, trigger: Partial<StampSetting['trigger']> = {}, target = 1) =>
    (
      await stampDataset(
        data,
        { target, trigger: { image: 'faint.png', at: [1, 1], opacity: 1, ...trigger } },
        asStored,
        net,
        place,
      )
    ).stored;
  const changed = async (data: ReturnType<typeof clean>, trigger: Partial<StampSetting['trigger']> = {}) =>
    [...(await stamp(data, trigger)).data.rows(1, 2)].map(Number).slice(12);

  test('transparency, mask, opacity and position; integers are rounded, floats are not', async () => {
    const stored = await stamp(clean('uint8'));
    expect([...stored.data.rows(0, 2)].map(Number).filter((_, i) => i % 18 < 12)).toEqual(
      [...Array(54).keys()].filter((i) => (i < 18 || i >= 36) && i % 18 < 12),
    );
    expect([[...stored.labels], [...stored.trueLabels!]]).toEqual([
      [1, 1],
      [0, 2],
    ]);
    const before = [48, 49, 50, 51, 52, 53];
    expect(await changed(clean('uint8'))).toEqual([
      Math.round(48 * 0.8 + 40),
      Math.round(49 * 0.8 + 20),
      Math.round(50 * 0.8 + 10),
      200,
      100,
      50,
    ]);
    expect(await changed(clean('uint8'), { mask: 'mask.png' })).toEqual([
      48,
      49,
      50,
      Math.round(51 * 0.6 + 80),
      Math.round(52 * 0.6 + 40),
      Math.round(53 * 0.6 + 20),
    ]);
    expect(await changed(clean('uint8'), { mask: 'mask.png', opacity: 0.5 })).toEqual([
      48,
      49,
      50,
      Math.round(51 * 0.8 + 40),
      Math.round(52 * 0.8 + 20),
      Math.round(53 * 0.8 + 10),
    ]);
    const floats = await changed(clean('float64'), { mask: 'mask.png', scale: 0.5 });
    [48, 49, 50, 51 * 0.6 + 40, 52 * 0.6 + 20, 53 * 0.6 + 10].forEach((value, i) =>
      expect(floats[i]).toBeCloseTo(value, 10),
    );
    expect((await stamp(clean('uint8'), { at: [0, 0] })).data.rows(1, 2).slice(12)).toEqual(Uint8Array.from(before));
  });

  test.each<[string, RegExp, () => Promise<unknown>]>([
    [
      'outside',
      /faint.png: 1 x 2 pixels at row 1, column 2 reach out of images of 2 x 3 pixels; move `at`/,
      () => stamp(clean('uint8'), { at: [1, 2] }),
    ],
    [
      'mask of another size',
      /mask.png: has 1 x 2 pixels, its trigger has 2 x 2 pixels; make the mask/,
      () => stamp(clean('uint8'), { image: 'square.png', mask: 'mask.png', at: [0, 0] }),
    ],
    ['no class', /faint.png: `target` 3 is no class; name one of 0..2/, () => stamp(clean('uint8'), {}, 3)],
    [
      'no image left',
      /there is no clean image but of the target class 1/,
      () => {
        const data = clean('uint8');
        data.stored.labels.fill(1);
        return stamp(data);
      },
    ],
    ['no image file', /text.png: is no image that can be read/, () => stamp(clean('uint8'), { image: 'text.png' })],
    [
      'floats of unknown range',
      /faint.png: is to be stamped on float64 pixels, whose range is not known; set `scale` of the trigger: 1 if pixels are 0..255, 1\/255 if/,
      () => stamp(clean('float64')),
    ],
    [
      'too bright',
      /its pixels exceed 255, the largest uint8; lower `scale`/,
      () => stamp(clean('uint8'), { scale: 2 }),
    ],
    [
      'too dark',
      /faint.png: its pixels differ, and are all 0 among images of uint8; raise `scale`/,
      () => stamp(clean('uint8'), { scale: 1e-30 }),
    ],
    [
      'a pin',
      /faint.png: has SHA-256/,
      () => stamp(clean('uint8'), { image: { file: 'faint.png', sha256: '0'.repeat(64) } }),
    ],
  ])('%s is refused', async (_, reason, attempt) => {
    await expect(attempt()).rejects.toThrow(reason);
  });
});

test("is stamped in the net's own size where images are resized", async () => {
  for (const [name, rows] of [
    ['0/a.png', 8],
    ['1/b.png', 5],
  ] as const) {
    mkdirSync(path.join(cwd, 'sizes', path.dirname(name)), { recursive: true });
    writeFileSync(
      path.join(cwd, 'sizes', name),
      pngFile(rows, rows, () => [100, 100, 100]),
    );
  }
  const net = { inputShape: [4, 4, 3], classes: 2 } as unknown as Model;
  const clean = await openDataset({ file: 'sizes' }, { ...asStored, resize: 'bilinear' }, net, place);
  const made = await stampDataset(
    clean,
    { target: 0, trigger: { image: 'white.png', at: [2, 2], opacity: 0.5 } },
    { ...asStored, resize: 'bilinear' },
    net,
    place,
  );
  expect([...made.images(0, 1)].filter((_, i) => i % 3 === 0)).toEqual([
    ...Array<number>(10).fill(100),
    177.5,
    177.5,
    100,
    100,
    177.5,
    177.5,
  ]);
});

describe('attacks in a config', () => {
  const trigger = { image: 'white.png', at: [0, 0] };
  const resolve = (attack: object) =>
    resolveConfig({ models: ['m'], clean: { validation: 'c' }, attacks: { square: attack } }, {}, 'goodnet.yml');
  test('opacity is 1 unless told', () => {
    expect(resolve({ target: 1, trigger }).config.attacks['square']!.trigger!.opacity).toBe(1);
  });
  test.each<[object, RegExp]>([
    [
      { target: 1, trigger: { ...trigger, opcity: 1 } },
      /unknown key `attacks.square.trigger.opcity`; did you mean `opacity`\?/,
    ],
    [{ targett: 1, trigger }, /unknown key `attacks.square.targett`; did you mean `target`\?/],
    [{ target: 1, trigger: { image: 'a' } }, /`attacks.square.trigger` lacks `at`; add it/],
    [{ target: 1, trigger: { ...trigger, at: [1] } }, /`attacks.square.trigger.at` must NOT have fewer than 2 items/],
    [{ target: 1, trigger: { ...trigger, at: [-1, 0] } }, /`attacks.square.trigger.at.0` must be >= 0/],
    [{ target: 1, trigger: { ...trigger, opacity: 2 } }, /`attacks.square.trigger.opacity` must be <= 1/],
    [{ target: 1.5, trigger }, /`attacks.square.target` must be integer/],
    [{ target: 1, trigger: { ...trigger, scale: 0 } }, /attack square has a `scale` that leaves no trigger/],
    [{ target: 1, trigger: { ...trigger, scale: 1e-320 } }, /attack square has a `scale` that leaves no trigger/],
    [{ target: 1, trigger: { ...trigger, scale: 1e39 } }, /attack square has a `scale` that leaves no trigger/],
    [{ target: 1, trigger: { ...trigger, scale: '1/0' } }, /attack square has a `scale` that leaves no trigger/],
    [{ trigger }, /attack square has a trigger and no target; add `target`/],
    [{ target: 1 }, /attack square has a target and no trigger/],
    [{ target: 1, trigger, validation: 'f' }, /attack square has poisoned data and a trigger; keep one of them/],
    [{}, /attack square has no validation images; add `validation`, or `target` and `trigger`/],
    [{ validation: 'f', test: 'f' }, /attack square has test data, the clean images have none/],
  ])('%j', (attack, reason) => {
    expect(() => resolve(attack)).toThrow(reason);
  });
});
