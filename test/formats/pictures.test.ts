import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { type Decoder, pictureInfo, startDecoder } from '../../src/formats/decode-picture.ts';
import { inChannels } from '../../src/formats/picture.ts';
import { type Resize, resized, resizeImage } from '../../src/data/resize.ts';
import { openZip } from '../../src/formats/archive.ts';
import { random } from '../random-nets.ts';
import { assets, fixtures } from '../support.ts';

const folder = path.join(fixtures, 'images/pictures');
const pictures = readdirSync(folder).filter((name) => name !== 'refused');

/** The arrays of a .npz file of test/fixtures/images. */
function arrays(file: string) {
  const archive = openZip(file, readFileSync(path.join(fixtures, 'images', file)));
  return (name: string) => {
    const array = readNpy(archive.bytes(`${name}.npy`), name, file);
    return { shape: array.shape, values: array.rows(0, array.shape[0]!) };
  };
}

let decode: Decoder;
beforeAll(async () => {
  decode = await startDecoder(assets);
});

describe('pictures', () => {
  const expected = arrays('pictures.npz');
  test.each(pictures)('%s has the pixels that Pillow decodes', (name) => {
    const bytes = readFileSync(path.join(folder, name));
    const picture = decode(bytes, name);
    const { shape, values } = expected(name);
    expect([picture.rows, picture.columns]).toEqual(shape.slice(0, 2));
    expect(pictureInfo(bytes, name)).toEqual({
      rows: picture.rows,
      columns: picture.columns,
      channels: picture.channels,
    });
    expect(inChannels(picture, 3)).toEqual(values);
    expect(inChannels(picture, 1)).toEqual(expected(`${name}.grey`).values);
  });

  test('every kind is there', () => {
    expect(pictures.length).toBeGreaterThan(70);
    for (const kind of [/color3_4.png/, /color6_16_interlaced/, /420_progressive/, /grey/, /restarts/])
      expect(pictures.some((name) => kind.test(name))).toBe(true);
  });

  test.each(['color4_8.png', 'color6_8_interlaced.png', 'palette_alpha.png', 'grey_key.png', 'color2_8.png'])(
    '%s tells how opaque it is',
    (name) => {
      const bytes = readFileSync(path.join(folder, name));
      const { alpha } = decode(bytes, name);
      expect([...(alpha ?? [])]).toEqual(
        name === 'color2_8.png' ? [] : [...PNG.sync.read(bytes).data.filter((_, i) => i % 4 === 3)],
      );
    },
  );

  test.each([
    ['cut.jpg', /is no image that can be read: it ends early/],
    ['header_only.jpg', /it ends early/],
    ['cut.png', /it ends early/],
    ['short.png', /it ends early/],
    ['checksum.png', /the checksum of its IDAT is wrong/],
    ['huge.png', /it has 1048576 x 1048576 pixels/],
    ['text.png', /neither PNG nor JPEG/],
    ['empty.png', /neither PNG nor JPEG/],
    ['cut.webp', /it ends early/],
    ['damaged.webp', /its pixels cannot be decoded/],
    ['animated.webp', /it is animated/],
    ['image.bmp', /it is a BMP image; save it again as PNG, JPEG or WebP/],
    ['image.gif', /it is a GIF image/],
    ['image.tiff', /it is a TIFF image/],
    ['cmyk.jpg', /it has 4 colour components/],
    ['no_palette.png', /a palette of 0/],
    ['scan.jpg', /is no image that can be read: its content is damaged/],
  ])('%s is refused', async (name, reason) => {
    const decodeOnce = await startDecoder(assets);
    expect(() => decodeOnce(readFileSync(path.join(folder, 'refused', name)), name)).toThrow(reason);
  });

  test('a PNG in hundreds of thousands of pieces is read', () => {
    const bytes = readFileSync(path.join(folder, 'color2_8.png'));
    const at = bytes.indexOf('IDAT') - 4;
    const empty = Buffer.from([0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xaf, 0x06, 0x1e]);
    expect(
      decode(
        Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(300_000).fill(empty), bytes.subarray(at)]),
        'pieces.png',
      ).values,
    ).toEqual(decode(bytes, 'whole.png').values);
  });

  test('a decoder is not used again after a damaged file, another is, and nothing is left behind', async () => {
    const read = (name: string) => readFileSync(path.join(folder, name));
    const decodeOther = await startDecoder(assets);
    expect(() => decodeOther(read('refused/scan.jpg'), 'scan.jpg')).toThrow('its content is damaged');
    expect(() => decodeOther(read('restarts.jpg'), 'next.jpg')).toThrow(
      'next.jpg: is no image that can be read: its decoder stopped at another image',
    );
    expect(inChannels((await startDecoder(assets))(read('restarts.jpg'), 'again'), 3)).toEqual(
      expected('restarts.jpg').values,
    );
    expect('ImageData' in globalThis).toBe(false);
  });

  test('1,200 changed files give typed errors or images, fast', async () => {
    const r = random(5);
    for (const name of ['33x47_420.jpg', '33x47_444_progressive.jpg', 'color2_8.png', 'color3_4_interlaced.png']) {
      const whole = readFileSync(path.join(folder, name));
      for (let i = 0; i < 300; i++) {
        const bytes = Uint8Array.from(whole);
        for (let k = 0; k < 1 + (i % 4); k++)
          bytes[Math.floor(r() * (i % 2 === 0 ? 300 : bytes.length))] = Math.floor(256 * r());
        const decodeOnce = name.endsWith('png') ? decode : await startDecoder(assets);
        const begun = performance.now();
        try {
          decodeOnce(i % 5 === 0 ? bytes.subarray(0, Math.floor(r() * bytes.length)) : bytes, name);
        } catch (error) {
          expect(error).toMatchObject({ code: 'image-invalid' });
          expect(String(error)).not.toMatch(/memory|unreachable/);
        }
        expect(performance.now() - begun).toBeLessThan(1000);
      }
    }
  }, 60_000);
});

describe('resize', () => {
  const expected = arrays('resize.npz');
  const sizes = [
    [8, 8],
    [4, 4],
    [7, 13],
    [32, 32],
    [1, 2],
    [10, 3],
  ] as const;
  test.each([
    [8, 8],
    [5, 9],
    [1, 1],
    [3, 2],
    [31, 17],
  ] as const)('of %i x %i pixels gives what tf.image.resize gives', (...from) => {
    const { values } = expected(`image_${from.join('x')}`);
    for (const to of sizes) {
      for (const method of ['bilinear', 'nearest'] as Resize[]) {
        expect(resizeImage(values, from, to, 3, method), `${method} ${to.join('x')}`).toEqual(
          expected(`${method}_${from.join('x')}_${to.join('x')}`).values,
        );
      }
    }
  });

  test('works in either layout, and leaves images of the right size alone', () => {
    const last = {
      shape: [2, 2, 1, 3],
      dtype: 'uint8',
      rowBytes: 6,
      rows: (start: number, stop: number) =>
        Uint8Array.of(10, 20, 30, 40, 50, 60, 1, 2, 3, 4, 5, 6).subarray(6 * start, 6 * stop),
    };
    const first = {
      shape: [2, 3, 2, 1],
      dtype: 'uint8',
      rowBytes: 6,
      rows: (start: number, stop: number) =>
        Uint8Array.of(10, 40, 20, 50, 30, 60, 1, 4, 2, 5, 3, 6).subarray(6 * start, 6 * stop),
    };
    expect(resized(last, 'NHWC', [2, 1], 'bilinear')).toBe(last);
    expect(resized(last, 'NHWC', [1, 1], 'bilinear')).toMatchObject({ shape: [2, 1, 1, 3], dtype: 'float32' });
    for (const method of ['bilinear', 'nearest'] as Resize[]) {
      expect([...resized(first, 'NCHW', [1, 1], method).rows(0, 2)]).toEqual([
        ...resized(last, 'NHWC', [1, 1], method).rows(0, 2),
      ]);
    }
    expect([...resized(last, 'NHWC', [1, 1], 'bilinear').rows(1, 2)]).toEqual([2.5, 3.5, 4.5]);
  });
});
