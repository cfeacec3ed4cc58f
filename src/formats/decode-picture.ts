import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { jpegInfo, startJpegDecoder } from './jpeg.ts';
import type { Picture, PictureInfo } from './picture.ts';
import { decodePng, pngInfo } from './png.ts';
import { holds, type Magic } from './magic.ts';
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
  const other = others.find((magic) => holds(bytes, magic));
  throw new Error(`it is ${other === undefined ? 'neither PNG nor JPEG nor WebP' : `a ${other.name} image`}`);
}

/** Formats that are not read. */
const others: readonly (Magic & { name: string })[] = [
  { at: 0, text: 'BM', name: 'BMP' },
  { at: 0, text: 'GIF8', name: 'GIF' },
  { at: 0, text: 'II*\0', name: 'TIFF' },
  { at: 0, text: 'MM\0*', name: 'TIFF' },
  { at: 4, text: 'ftypavif', name: 'AVIF' },
  { at: 4, text: 'ftypheic', name: 'HEIC' },
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
