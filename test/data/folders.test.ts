import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DataFormat, openDataset } from '../../src/data/dataset.ts';
import type { Model } from '../../src/models/net.ts';
import { asStored, assets, fixtures, pngFile } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const cwd = temporaryFolder();
const format: DataFormat = { ...asStored, layout: 'NCHW' };
const net = (classes: number, rows = 2, columns = 3, channels = 3) =>
  ({ inputShape: [rows, columns, channels], classes }) as unknown as Model;
const open = (file: string, model: Model, changed: Partial<DataFormat> = {}, sha256?: string) =>
  openDataset({ file, ...(sha256 && { sha256 }) }, { ...format, ...changed }, model, {
    cwd,
    assets,
  });

/** Makes a folder of grey PNG files, each filled with one value. */
function folder(name: string, files: Record<string, number | Buffer>, rows = 2, columns = 3): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.join(cwd, name, path.dirname(file)), { recursive: true });
    writeFileSync(
      path.join(cwd, name, file),
      typeof content === 'number' ? pngFile(rows, columns, () => [content, content, content]) : content,
    );
  }
  return name;
}

test('a class is the place of its folder in the order of the names', async () => {
  const data = await open(
    folder('named', {
      'cat/b.png': 1,
      'cat/a.PNG': 2,
      'ant/x.png': 3,
      'dog/z.png': 4,
      'dog/.DS_Store': 9,
      '.git/x': 9,
    }),
    net(3),
  );
  expect([...data.labels]).toEqual([0, 1, 1, 2]);
  expect([...data.images(0, 4)].filter((_, i) => i % 18 === 0)).toEqual([3, 2, 1, 4]);
  expect([...data.images(1, 3)].filter((_, i) => i % 18 === 0)).toEqual([2, 1]);
  await expect(open('named', net(4))).rejects.toThrow(/has 3 class folders, the net has 4 classes/);
  expect((await open('named', net(4), { rejects: true })).count).toBe(4);
});

test('a class is the name of its folder where all names are integers, and may stand in the file name', async () => {
  expect([...(await open(folder('numbered', { '10/a.png': 1, '2/a.png': 2 }), net(11))).labels]).toEqual([10, 2]);
  expect([
    ...(await open(folder('flat', { 'a_label=7.png': 1, 'sun-label=0.png': 2, 'label=3.png': 3 }), net(8))).labels,
  ]).toEqual([7, 3, 0]);
});

describe('names of class folders that are numbers', () => {
  const twelve = folder('twelve', Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}/a.png`, i])));
  const asText = [0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9];
  const labelsOf = async (name: string, model: Model, folders: DataFormat['folders']) => {
    const { labels, stored } = await open(name, model, { folders });
    return [[...labels], stored.otherLabels && [...stored.otherLabels]];
  };

  test('are the classes, or are sorted as text, as Keras sorts them; who does not say which has both', async () => {
    const places = [...asText.keys()];
    expect(await labelsOf(twelve, net(12), 'auto')).toEqual([asText, places]);
    expect(await labelsOf(twelve, net(12), 'numbers')).toEqual([asText, null]);
    expect(await labelsOf(twelve, net(12), 'sorted')).toEqual([places, null]);
  });

  test('are the same in both readings up to 0 to 9', async () => {
    const ten = folder('ten', Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}/a.png`, i])));
    expect(await labelsOf(ten, net(10), 'auto')).toEqual([[...asText.keys()].slice(0, 10), null]);
  });

  test('of some of the classes have their places among the numbers of all', async () => {
    const target = folder('target', { '10/a.png': 1 });
    expect(await labelsOf(target, net(12), 'auto')).toEqual([[10], [2]]);
    expect(await labelsOf(target, net(12), 'sorted')).toEqual([[2], null]);
  });

  test('from 1 name the folder that is none of the classes, and the setting', async () => {
    const from1 = folder('from1', Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i + 1}/a.png`, i])));
    await expect(open(from1, net(10))).rejects.toThrow(
      'from1: has a class folder 10, the net has the classes 0..9; name the folders by class index, from 0; if Keras made the classes from them, in order of text, set `class-folders: sorted`',
    );
    expect(await labelsOf(from1, net(10), 'sorted')).toEqual([[...asText.keys()].slice(0, 10), null]);
  });

  test('that are none are refused where they are said to be', async () => {
    await expect(open(folder('words', { 'a/a.png': 1, 'b/a.png': 1 }), net(2), { folders: 'numbers' })).rejects.toThrow(
      /words: has class folders whose names are no numbers, and `class-folders` says that they are/,
    );
  });
});

test('grey and RGB images fit nets of one and of three channels', async () => {
  const jpeg = readFileSync(path.join(fixtures, 'images/pictures/33x47_420.jpg'));
  const grey = readFileSync(path.join(fixtures, 'images/pictures/33x47_grey.jpg'));
  folder('mixed', { '0/a.jpg': jpeg, '1/b.jpeg': grey });
  expect((await open('mixed', net(2, 33, 47, 3))).images(0, 2)).toHaveLength(2 * 33 * 47 * 3);
  expect((await open('mixed', net(2, 33, 47, 1))).images(0, 2)).toHaveLength(2 * 33 * 47);
  await expect(open('mixed', net(2, 33, 47, 2))).rejects.toThrow(
    'mixed: image files are grey or RGB, the net takes 2 channels',
  );
});

test('its SHA-256 can be had with sha256sum, and pins it', async () => {
  const data = await open(folder('pinned', { 'b c/x.png': 1, 'b/y.png': 2, 'a/z.png': 3 }), net(3));
  const text = execFileSync(
    'sh',
    ['-c', 'find . -type f | sed "s|^./||" | LC_ALL=C sort | tr "\\n" "\\0" | xargs -0 sha256sum | sha256sum'],
    { cwd: path.join(cwd, 'pinned'), encoding: 'utf8' },
  );
  expect(data.inputs).toEqual([
    { file: 'pinned', sha256: text.slice(0, 64), bytes: expect.any(Number) as number, samples: 3 },
  ]);
  await open('pinned', net(3), {}, text.slice(0, 64));
  writeFileSync(
    path.join(cwd, 'pinned/a/z.png'),
    pngFile(2, 3, () => [7, 7, 7]),
  );
  expect(() => data.images(0, 1)).toThrow(/z.png: cannot be read \(it changed while goodnet ran\)/);
  await expect(open('pinned', net(3), {}, text.slice(0, 64))).rejects.toThrow(/the config pins/);
});

test('images of many sizes need `resize`', async () => {
  folder('sizes', { '0/a.png': 5 }, 2, 3);
  folder('sizes', { '1/b.png': 9 }, 6, 4);
  await expect(open('sizes', net(2))).rejects.toThrow(
    'sizes: images differ in size: 0/a.png has 2 x 3 pixels, 1/b.png has 6 x 4 pixels; set `resize`',
  );
  for (const resize of ['bilinear', 'nearest'] as const) {
    const data = await open('sizes', net(2), { resize });
    expect([...data.images(0, 2)].filter((_, i) => i % 18 === 0)).toEqual([5, 9]);
    expect(data.stored.data.dtype).toBe(resize === 'bilinear' ? 'float32' : 'uint8');
  }
  await expect(open(folder('small', { '0/a.png': 1, '1/a.png': 2 }), net(2, 4, 4))).rejects.toThrow(
    /images of shape 2x3x3, read as NHWC; the net takes 4x4x3.*; .*set `resize`/,
  );
});

describe('folders that are refused', () => {
  const image = pngFile(2, 3, () => [1, 1, 1]);
  test.each<[string, Record<string, number | Buffer>, RegExp]>([
    [
      'text',
      { '0/a.png': 1, '0/notes.txt': image, '1/b.png': 1 },
      /what is no PNG, JPEG or WebP file in its place: 0\/notes.txt; keep one subfolder/,
    ],
    ['beside', { '0/a.png': 1, '1/b.png': 1, 'c_label=0.png': 1 }, /in its place: c_label=0.png/],
    [
      'deep',
      { '0/a.png': 1, '1/b/c.png': 1, '1/d/c.png': 1, '1/e/c.png': 1, '1/f/c.png': 1 },
      /in its place: 1\/b\/, 1\/d\/, 1\/e\/ and 1 more/,
    ],
    ['unnamed', { 'a.png': 1 }, /a.png does not name its class; name files like/],
    ['one', { 'cat/a.png': 1 }, /has 1 class folder, the net has 3 classes; make one folder for each class/],
    [
      'five',
      { 'a/a.png': 1, 'b/a.png': 1, 'c/a.png': 1, 'd/a.png': 1, 'e/a.png': 1 },
      /has 5 class folders, the net has 3 classes/,
    ],
    ['twice', { '1/a.png': 1, '01/a.png': 1 }, /has two folders for class 1/],
    [
      'range',
      { '0/a.png': 1, '3/a.png': 1 },
      /has a class folder 3, the net has the classes 0..2; name the folders by class/,
    ],
    [
      'broken',
      { '0/a.png': 1, '1/b.png': Buffer.from('no') },
      /broken\/1\/b.png: is no image that can be read: it is neither PNG nor JPEG nor WebP/,
    ],
  ])('%s', async (name, files, reason) => {
    await expect(open(folder(name, files), net(3))).rejects.toThrow(reason);
  });

  test('empty, links and pipes', async () => {
    mkdirSync(path.join(cwd, 'empty/cat'), { recursive: true });
    await expect(open('empty', net(3))).rejects.toThrow('empty: holds no images');
    folder('linked', { '0/a.png': 1, '1/b.png': 2 });
    symlinkSync(path.join(cwd, 'linked/0/a.png'), path.join(cwd, 'linked/0/c.png'));
    await expect(open('linked', net(3))).rejects.toThrow(/in its place: 0\/c.png; .*links are not followed/);
    rmSync(path.join(cwd, 'linked/0/c.png'));
    symlinkSync(path.join(cwd, 'linked/0'), path.join(cwd, 'linked/2'));
    await expect(open('linked', net(3))).rejects.toThrow(/in its place: 2;/);
    folder('piped', { '0/a.png': 1, '1/b.png': 2 });
    execFileSync('mkfifo', [path.join(cwd, 'piped/0/p.png')]);
    await expect(open('piped', net(3))).rejects.toThrow(/in its place: 0\/p.png/);
  });

  test('an image that is cut is named when it is read', async () => {
    const cut = readFileSync(path.join(fixtures, 'images/pictures/refused/cut.png'));
    const whole = readFileSync(path.join(fixtures, 'images/pictures/color2_8.png'));
    const data = await open(folder('cut', { '0/a.png': whole, '1/b.png': cut }), net(2, 9, 14));
    expect(() => data.images(0, 2)).toThrow(
      'cut/1/b.png: is no image that can be read: it ends early; save it again as PNG, JPEG or WebP',
    );
  });
});
