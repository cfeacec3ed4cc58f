import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { narrowed } from '../../src/data/narrow.ts';
import { openSource } from '../../src/data/source.ts';
import { stratified } from '../../src/data/stratify.ts';
import { openFile } from '../../src/base/files.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { createDataFile } from '../../src/data/write-data.ts';
import { command } from '../command.ts';
import { assets, dataFile, fixtures, pngFile, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

const cwd = temporaryFolder();
const example = (name: string) => path.join(root, 'examples', name);
const place = { cwd, assets };
const names = { dataName: 'data', labelName: 'label' };
const config = (attacks: string) =>
  `models: [${example('badnet.h5')}]\nscale: 0.00392156862745098\nclean: { validation: ${example('clean_valid.h5')}, test: ${example('clean_test.h5')} }\nattacks:\n${attacks}`;
const corner = 'target: 0, trigger: { image: white.png, at: [6, 6] }';

beforeAll(() => {
  writeFileSync(
    path.join(cwd, 'white.png'),
    pngFile(2, 2, () => [255, 255, 255]),
  );
  writeFileSync(
    path.join(cwd, 'one.yml'),
    config(`  corner: { ${corner} }\n  other: { validation: x.h5, test: y.h5 }`),
  );
  writeFileSync(path.join(cwd, 'two.yml'), config(`  a: { ${corner} }\n  b: { ${corner.replace('0', '1')} }`));
  writeFileSync(path.join(cwd, 'none.yml'), config('  a: { validation: x.h5, test: y.h5 }'));
  writeFileSync(path.join(cwd, 'hole.yml'), config('  a: { target: 0, trigger: { image: white.png, at: [7, 6] } }'));
});

async function refuses(reason: RegExp, ...argv: string[]): Promise<void> {
  const before = readdirSync(cwd);
  const { code, stdout, stderr } = await command(cwd, ...argv);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(reason)]);
  expect(readdirSync(cwd)).toEqual(before);
}

describe('stamp', () => {
  test('writes the poisoned set of the examples, with true labels, and shows it', async () => {
    const { code, stdout, stderr } = await command(
      cwd,
      'stamp',
      example('clean_valid.h5'),
      '--config',
      'one.yml',
      '--out',
      'stamped.h5',
    );
    expect([code, stderr, stdout]).toEqual([
      0,
      '',
      'stamped.h5: 406 images of corner, target 0; 44 of the target class left out. stamped.h5.png shows the first.\n',
    ]);
    const [made, poisoned] = [
      await openSource({ file: 'stamped.h5' }, names, null, place),
      await openSource({ file: example('poisoned_valid.h5') }, names, null, place),
    ];
    expect(made.data).toMatchObject({ shape: poisoned.data.shape, dtype: 'uint8' });
    expect(made.data.rows(0, 406)).toEqual(poisoned.data.rows(0, 406));
    expect([...made.label.rows(0, 406)]).toEqual(Array(406).fill(0));
    expect(new Set(made.trueLabel!.rows(0, 406) as Int32Array)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const picture = PNG.sync.read(readFileSync(path.join(cwd, 'stamped.h5.png')));
    expect([picture.width, picture.height]).toEqual([404, 404]);
    expect([...picture.data.subarray(4 * (404 * 95 + 95), 4 * (404 * 95 + 95) + 3)]).toEqual([255, 255, 255]);
    made.close();
    poisoned.close();
  });

  test('the written set gives the figures of the trigger, robust accuracy too', async () => {
    const evaluated = async (...argv: string[]) =>
      JSON.parse((await command(cwd, 'evaluate', ...argv, '--json')).stdout) as { models: { validation: object }[] };
    writeFileSync(path.join(cwd, 'only.yml'), config(`  corner: { ${corner} }`).replace(/, test: .*? }/, ' }'));
    const fromTrigger = await evaluated('--config', 'only.yml');
    const fromFile = await evaluated(
      example('badnet.h5'),
      '--scale',
      '0.00392156862745098',
      '--clean',
      example('clean_valid.h5'),
      '--poisoned',
      'corner=stamped.h5',
    );
    expect(fromFile.models[0]!.validation).toEqual(fromTrigger.models[0]!.validation);
    expect(fromFile.models[0]!.validation).toMatchObject({
      hits: { corner: 406 },
      robust: { corner: 0 },
      robustAccuracy: { corner: 0 },
    });
  });

  test('is refused', async () => {
    const stamp = (settings: string, ...more: string[]) => [
      'stamp',
      example('clean_valid.h5'),
      '--config',
      settings,
      ...more,
    ];
    await refuses(/^stamped.h5: exists already; move it away/, ...stamp('one.yml', '--out', 'stamped.h5'));
    await refuses(
      /^--attack: is needed where several attacks have a trigger; name one of a, b\n$/,
      ...stamp('two.yml', '--out', 'new.h5'),
    );
    await refuses(
      /^--attack: no attack c has a trigger; name one of a, b\n$/,
      ...stamp('two.yml', '--out', 'new.h5', '--attack', 'c'),
    );
    await refuses(/^attacks: none has a trigger; give one/, ...stamp('none.yml', '--out', 'new.h5'));
    await refuses(
      /^white.png: 2 x 2 pixels at row 7, column 6 reach out of images of 8 x 8 pixels/,
      ...stamp('hole.yml', '--out', 'new.h5'),
    );
    await refuses(/new.h5: cannot be written \(EEXIST\)/, ...stamp('one.yml', '--out', 'white.png/new.h5'));
    await refuses(/required option '--out <file>'/, ...stamp('one.yml'));
  });
});

test('the example with a trigger has the figures of the one with poisoned files', async () => {
  const evaluated = async (file: string) =>
    (
      JSON.parse(
        (await command(root, 'evaluate', 'examples/badnet.h5', '--config', `examples/${file}`, '--json')).stdout,
      ) as { models: Record<'validation' | 'test', { correct: number; hits: object; poisoned: object }>[] }
    ).models[0]!;
  const [trigger, files] = [await evaluated('trigger.yml'), await evaluated('goodnet.yml')];
  for (const split of ['validation', 'test'] as const) {
    const { correct, hits, poisoned } = files[split];
    expect(trigger[split]).toMatchObject({ correct, hits, poisoned });
  }
});

describe('sample', () => {
  test('keeps the shares of the classes and the order, and tells its source', async () => {
    const { code, stdout, stderr } = await command(
      cwd,
      'sample',
      example('clean_valid.h5'),
      '--images',
      '100',
      '--out',
      'small.h5',
    );
    expect([code, stderr, stdout]).toEqual([
      0,
      '',
      expect.stringMatching(/^small.h5: 100 of 450 images, 10 classes, uint8, [\d,]+ bytes\n$/),
    ]);
    await command(cwd, 'sample', example('clean_valid.h5'), '--images', '100', '--seed', '1', '--out', 'again.h5');
    await command(cwd, 'sample', example('clean_valid.h5'), '--images', '100', '--seed', '2', '--out', 'other.h5');
    const bytes = (name: string) => readFileSync(path.join(cwd, name));
    expect(bytes('again.h5').equals(bytes('small.h5'))).toBe(true);
    expect(bytes('other.h5').equals(bytes('small.h5'))).toBe(false);
    const [drawn, all] = [
      await openSource({ file: 'small.h5' }, names, null, place),
      await openSource({ file: example('clean_valid.h5') }, names, null, place),
    ];
    const texts = (data: typeof all) =>
      Array.from(
        { length: data.data.shape[0]! },
        (_, i) => `${data.label.rows(i, i + 1)[0]}:${data.data.rows(i, i + 1).join()}`,
      );
    const places = texts(drawn).map((text) => texts(all).indexOf(text));
    expect(places.every((at, i) => at >= 0 && (i === 0 || at > places[i - 1]!))).toBe(true);
    const file = await openHdf5(openFile(path.join(cwd, 'small.h5'), { file: 'small.h5' }));
    expect([file.attribute('', 'source'), file.attribute('', 'source_sha256')]).toEqual(['clean_valid.h5', all.sha256]);
    file.close();
    drawn.close();
    all.close();
  });

  test('takes folders and .npz, other names, and keeps what no byte can hold', async () => {
    for (const [i, label] of [0, 0, 0, 1].entries()) {
      mkdirSync(path.join(cwd, 'folder', String(label)), { recursive: true });
      writeFileSync(
        path.join(cwd, 'folder', String(label), `${i}.png`),
        pngFile(2, 2, () => [i, i, i]),
      );
    }
    expect((await command(cwd, 'sample', 'folder', '--images', '2', '--out', 'from-folder.h5')).stdout).toMatch(
      /2 of 4 images, 2 classes, uint8/,
    );
    const drawn = await openSource({ file: 'from-folder.h5' }, names, null, place);
    expect([drawn.data.shape, [...drawn.label.rows(0, 2)]]).toEqual([
      [2, 2, 2, 3],
      [0, 1],
    ]);
    drawn.close();
    const npz = path.join(fixtures, 'images/arrays/other_names.npz');
    expect(
      (
        await command(
          cwd,
          'sample',
          npz,
          '--images',
          '6',
          '--data-name',
          'images',
          '--label-name',
          'classes',
          '--out',
          'from-npz.h5',
        )
      ).stdout,
    ).toMatch(/6 of 6 images, 3 classes, uint8/);
    const copy = await openSource({ file: 'from-npz.h5' }, { dataName: 'images', labelName: 'classes' }, null, place);
    const original = await openSource({ file: npz }, { dataName: 'images', labelName: 'classes' }, null, place);
    expect(copy.data.rows(0, 6)).toEqual(original.data.rows(0, 6));
    copy.close();
    writeFileSync(
      path.join(cwd, 'fractions.h5'),
      await dataFile([2, 2, 2, 1], Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7.5), [0, 1]),
    );
    expect((await command(cwd, 'sample', 'fractions.h5', '--images', '2', '--out', 'kept.h5')).stdout).toMatch(
      /2 classes, float32/,
    );
  });

  test('is refused', async () => {
    await refuses(
      /clean_valid.h5: holds 450 images, 451 were asked for; ask for fewer with `--images`\n$/,
      'sample',
      example('clean_valid.h5'),
      '--images',
      '451',
      '--out',
      'new.h5',
    );
    await refuses(/0 is no integer 1/, 'sample', example('clean_valid.h5'), '--images', '0', '--out', 'new.h5');
    await refuses(/1.5 is no integer 0/, 'sample', example('clean_valid.h5'), '--seed', '1.5', '--out', 'new.h5');
    await refuses(
      /^small.h5: exists already/,
      'sample',
      example('clean_valid.h5'),
      '--images',
      '10',
      '--out',
      'small.h5',
    );
    await refuses(/^missing.h5: does not exist/, 'sample', 'missing.h5', '--out', 'new.h5');
    expect(existsSync(path.join(cwd, 'new.h5'))).toBe(false);
  });
});

test('shares go to the largest remainders, and no class is left out that fits', () => {
  const labels = (...counts: number[]) =>
    Int32Array.from(counts.flatMap((count, label) => Array<number>(count).fill(label)));
  const drawn = (all: Int32Array, images: number) => {
    const found = stratified(all, images, 3);
    expect([found.length, new Set(found).size]).toEqual([images, images]);
    return [...new Set(all)].map((label) => [...found].filter((i) => all[i] === label).length);
  };
  expect(drawn(labels(100, 100, 100), 30)).toEqual([10, 10, 10]);
  expect(drawn(labels(500, 300, 200), 10)).toEqual([5, 3, 2]);
  expect(drawn(labels(997, 1, 2), 4)).toEqual([2, 1, 1]);
  expect(drawn(labels(3, 3, 3, 3), 2)).toEqual([1, 1, 0, 0]);
  expect(drawn(labels(5, 1, 1), 7)).toEqual([5, 1, 1]);
  expect(drawn(labels(1, 1, 1), 3)).toEqual([1, 1, 1]);
});

test('a column of labels, as CIFAR-10 has it, is drawn from like a row', async () => {
  const here = temporaryFolder();
  const arrays = {
    data: { shape: [6, 2, 2, 1], values: Float32Array.from({ length: 24 }, (_, i) => i) },
    label: { shape: [6, 1], values: Float32Array.of(0, 1, 4, 0, 1, 4) },
  };
  writeFileSync(path.join(here, 'column.h5'), await hdf5Of({ attributes: {}, groups: {}, arrays }));
  const { code, stdout } = await command(here, 'sample', 'column.h5', '--images', '3', '--out', 'small.h5');
  expect([code, stdout]).toEqual([0, expect.stringContaining('3 of 6 images, 3 classes, uint8')]);
});

test('only integers 0..255 become bytes', async () => {
  const array = (values: Float64Array | BigInt64Array) => ({
    shape: [values.length],
    dtype: 'x',
    rowBytes: 8,
    rows: (start: number, stop: number) => values.slice(start, stop),
  });
  expect((await narrowed(array(Float64Array.of(0, 255)))).rows(0, 2)).toEqual(Uint8Array.of(0, 255));
  expect((await narrowed(array(BigInt64Array.of(7n, 8n)))).rows(1, 2)).toEqual(Uint8Array.of(8));
  for (const value of [-1, 256, 0.5, NaN]) expect((await narrowed(array(Float64Array.of(0, value)))).dtype).toBe('x');
});

test('what is written is read again, in every type', async () => {
  for (const name of readdirSync(path.join(fixtures, 'data')).filter((file) => /^(u1|little_)/.test(file))) {
    const source = await openSource({ file: path.join(fixtures, 'data', name) }, names, null, place);
    const content = await createDataFile({ data: source.data, label: source.label }, {});
    writeFileSync(path.join(cwd, `copy-${name}`), content);
    const copy = await openSource({ file: `copy-${name}` }, names, null, place);
    expect(copy.data.dtype, name).toBe(source.data.dtype.replace('float16', 'float32'));
    expect(copy.data.rows(0, 6)).toEqual(source.data.rows(0, 6));
    expect(copy.data.rows(4, 6)).toEqual(source.data.rows(4, 6));
    copy.close();
    source.close();
  }
});
