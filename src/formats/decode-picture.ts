import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { jpegInfo, startJpegDecoder } from './jpeg.ts';
import type { Picture, PictureInfo } from './picture.ts';
import { decodePng, pngInfo } from './png.ts';
import { isWebp, startWebpDecoder, webpInfo } from './webp.ts';
import { pngSignature } from './png-chunks.ts';

/** Decodes a PNG, JPEG or WebP as Pillow does; `file` is how messages call it. Throws `image-invalid`. */
export type Decoder = (bytes: Uint8Array, file: string) => Picture;

/** `folder` holds the decoders' .wasm files and ends with a slash. */
export async function startDecoder(folder: string): Promise<Decoder> {
  const [decodeJpeg, decodeWebp] = [await startJpegDecoder(folder), await startWebpDecoder(folder)];
  return (bytes, file) => {
    pictureInfo(bytes, file);
    return guarded(file, () => {
      if (isPng(bytes)) return decodePng(bytes);
      return isWebp(bytes) ? decodeWebp(bytes) : decodeJpeg(bytes);
    });
  };
}

/** Size and channels of an image, without decoding it. Throws `image-invalid`. */
export function pictureInfo(bytes: Uint8Array, file: string): PictureInfo {
  return guarded(file, () => {
    const { rows, columns, channels } = headOf(bytes);
    if (rows * columns === 0 || rows * columns > limits.pixels) throw new Error(`it has ${rows} x ${columns} pixels`);
    return { rows, columns, channels };
  });
}

function headOf(bytes: Uint8Array): PictureInfo {
  if (isPng(bytes)) return pngInfo(bytes);
  if (isWebp(bytes)) return webpInfo(bytes);
  if (isJpeg(bytes)) return jpegInfo(bytes);
  const other = others.find(([text, at]) => [...text].every((sign, i) => bytes[at + i] === sign.charCodeAt(0)));
  throw new Error(`it is ${other === undefined ? 'neither PNG nor JPEG nor WebP' : `a ${other[2]} image`}`);
}

/** Formats that are not read, by the text that stands in their files. */
const others: readonly [text: string, at: number, name: string][] = [
  ['BM', 0, 'BMP'],
  ['GIF8', 0, 'GIF'],
  ['II*\0', 0, 'TIFF'],
  ['MM\0*', 0, 'TIFF'],
  ['ftypavif', 4, 'AVIF'],
  ['ftypheic', 4, 'HEIC'],
];

const isPng = (bytes: Uint8Array): boolean => pngSignature.every((byte, i) => bytes[i] === byte);
const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

function guarded<T>(file: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    // libjpeg's exit is no Error, and says nothing more.
    throw failure('image-invalid', file, { cause: error instanceof Error ? error.message : 'its content is damaged' });
  }
}
