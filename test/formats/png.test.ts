import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodePng } from '../../src/formats/png.ts';
import { pngSignature } from '../../src/formats/png-chunks.ts';

type Chunk = [name: string, content: Uint8Array];

function png(...chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map(([name, content]) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return new Uint8Array(Buffer.concat([Uint8Array.from(pngSignature), ...parts]));
}

const header = (color = 0, depth = 8, rest: readonly number[] = [0, 0, 0], rows = 2, columns = 2): Chunk => [
  'IHDR',
  Uint8Array.of(0, 0, 0, columns, 0, 0, 0, rows, depth, color, ...rest),
];
const grey = deflateSync(Uint8Array.of(0, 1, 2, 0, 3, 4));
const pixels: Chunk = ['IDAT', grey],
  end: Chunk = ['IEND', new Uint8Array()];
const parts: Chunk[] = [
  ['IDAT', grey.subarray(0, 5)],
  ['IDAT', new Uint8Array()],
  ['IDAT', grey.subarray(5)],
];
const palette: Chunk = ['PLTE', Uint8Array.of(9, 8, 7, 6, 5, 4)];
const indices: Chunk = ['IDAT', deflateSync(Uint8Array.of(0, 0b01000000, 0, 0b10000000))];
const text = (name: string, ...bytes: (number | Uint8Array)[]): Chunk => [
  name,
  Buffer.concat([
    Buffer.from('key\0'),
    ...bytes.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part)),
  ]),
];
const long = deflateSync(new Uint8Array(2 ** 20 + 1)),
  short = deflateSync(Buffer.from('text'));

test.each<[string, Chunk[]]>([
  ['plain', [header(), pixels, end]],
  ['parts side by side', [header(), ...parts, end]],
  [
    'texts, a profile and a date around it',
    [
      header(),
      text('iCCP', 0, short),
      text('tEXt', short),
      text('zTXt', 0, short),
      pixels,
      ['tIME', new Uint8Array(7)],
      text('iTXt', 0, 0, 0, 0, short),
      text('iTXt', 1, 0, 0, 0, short),
      end,
    ],
  ],
  [
    'gamma, resolution and colours of its own',
    [
      header(),
      ['gAMA', new Uint8Array(4)],
      ['cHRM', new Uint8Array(32)],
      ['sRGB', new Uint8Array(1)],
      ['pHYs', new Uint8Array(9)],
      ['eXIf', new Uint8Array(8)],
      ['prVt', new Uint8Array(3)],
      ['tRNS', Uint8Array.of(0, 2)],
      pixels,
      end,
    ],
  ],
  ['something behind its end', [header(), pixels, end, ['IDAT', grey]]],
])('a PNG of chunks in their places is read: %s', (_, chunks) => {
  expect([...decodePng(png(...chunks)).values]).toEqual([1, 2, 3, 4]);
});

test('a palette, with fewer or more transparent colours than it has', () => {
  for (const length of [1, 2, 256])
    expect([...decodePng(png(header(3, 1), palette, ['tRNS', new Uint8Array(length)], indices, end)).values]).toEqual([
      9, 8, 7, 6, 5, 4, 6, 5, 4, 9, 8, 7,
    ]);
});

test.each<[string, RegExp, Chunk[]]>([
  ...(
    [
      [0, 3],
      [0, 32],
      [2, 4],
      [2, 1],
      [3, 16],
      [4, 4],
      [6, 2],
      [1, 8],
      [5, 8],
      [7, 8],
    ] as const
  ).map(([color, depth]): [string, RegExp, Chunk[]] => [
    `colour type ${color} at ${depth} bits`,
    /has PNG colour type/,
    [header(color, depth), pixels, end],
  ]),
  ['another compression', /compression 1, filter 0/, [header(0, 8, [1, 0, 0]), pixels, end]],
  ['another filter', /filter 1/, [header(0, 8, [0, 1, 0]), pixels, end]],
  ['another interlace', /interlace 2/, [header(0, 8, [0, 0, 2]), pixels, end]],
  ['a long header', /no PNG header/, [header(0, 8, [0, 0, 0, 0]), pixels, end]],
  ['no header', /no PNG header/, [pixels, end]],
  ['two headers', /not its first chunk, or not the only one/, [header(), header(), pixels, end]],
  ['no pixels', /has no pixels/, [header(), end]],
  ['no end', /ends early/, [header(), pixels]],
  ['an end with content', /its IEND has 1 bytes/, [header(), pixels, ['IEND', Uint8Array.of(1)]]],
  ['pixels in two places', /not in one piece/, [header(), parts[0]!, text('tEXt'), parts[2]!, end]],
  [
    'a second picture behind others',
    /is animated/,
    [header(), ['acTL', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0)], pixels, end],
  ],
  ['a frame of its own', /is animated/, [header(), ['fcTL', new Uint8Array(26)], pixels, end]],
  [
    'a chunk that must be understood',
    /a chunk XXXX, which is not PNG/,
    [header(), ['XXXX', new Uint8Array()], pixels, end],
  ],
  ['a chunk without a name', /a chunk without a name/, [header(), ['a\0bc', new Uint8Array()], pixels, end]],
  ['no palette', /has a palette of 0 colours/, [header(3, 1), indices, end]],
  ['a palette of four bytes', /its palette has 4 bytes/, [header(3, 1), ['PLTE', new Uint8Array(4)], indices, end]],
  [
    'a palette of 257 colours',
    /its palette has 771 bytes/,
    [header(3, 1), ['PLTE', new Uint8Array(771)], indices, end],
  ],
  ['an empty palette', /its palette has 0 bytes/, [header(3, 1), ['PLTE', new Uint8Array()], indices, end]],
  ['two palettes', /two chunks PLTE/, [header(3, 1), palette, palette, indices, end]],
  ['a late palette', /PLTE stands behind its pixels/, [header(3, 1), indices, palette, end]],
  ['a palette of grey', /a palette beside grey pixels/, [header(), palette, pixels, end]],
  [
    'transparency before its palette',
    /PLTE stands behind its tRNS/,
    [header(3, 1), ['tRNS', new Uint8Array(1)], palette, indices, end],
  ],
  [
    'transparency cut short',
    /its tRNS has 1 bytes at colour type 0/,
    [header(), ['tRNS', new Uint8Array(1)], pixels, end],
  ],
  ['late transparency', /tRNS stands behind its pixels/, [header(), pixels, ['tRNS', new Uint8Array(2)], end]],
  [
    'transparency twice',
    /two chunks tRNS/,
    [header(), ['tRNS', new Uint8Array(2)], ['tRNS', new Uint8Array(2)], pixels, end],
  ],
  ['gamma cut short', /its gAMA has 3 bytes/, [header(), ['gAMA', new Uint8Array(3)], pixels, end]],
  ['resolution cut short', /its pHYs has 8 bytes/, [header(), ['pHYs', new Uint8Array(8)], pixels, end]],
  [
    'a profile packed otherwise',
    /its iCCP is packed by an unknown method/,
    [header(), text('iCCP', 1, short), pixels, end],
  ],
  ['a profile without a method', /its iCCP is packed by an unknown method/, [header(), text('iCCP'), pixels, end]],
  [
    'a profile that unpacks to much',
    /its iCCP unpacks to more than 1048576 bytes/,
    [header(), text('iCCP', 0, long), pixels, end],
  ],
  [
    'a text that unpacks to much',
    /its iTXt unpacks to more than 1048576 bytes/,
    [header(), text('iTXt', 1, 0, 0, 0, long), pixels, end],
  ],
  [
    'texts that unpack to much',
    /its texts unpack to more than 67108864 bytes/,
    [header(), ...Array.from({ length: 65 }, () => text('zTXt', 0, deflateSync(new Uint8Array(2 ** 20)))), pixels, end],
  ],
])('a PNG is refused that Pillow refuses, or that readers take differently: %s', (_, reason, chunks) => {
  expect(() => decodePng(png(...chunks))).toThrow(reason);
});

test('a byte that changed in any chunk is refused', () => {
  const whole = png(header(), text('tEXt', short), ['gAMA', new Uint8Array(4)], pixels, end);
  for (let at = pngSignature.length; at < whole.length; at++) {
    const changed = whole.slice();
    changed[at]! ^= 1;
    expect(() => decodePng(changed), `byte ${at}`).toThrow();
  }
});
