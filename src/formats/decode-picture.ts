import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { jpegInfo, startJpegDecoder } from './jpeg.ts';
import type { Picture, PictureInfo } from './picture.ts';
import { decodePng, pngInfo } from './png.ts';
import { pngSignature } from './png-chunks.ts';

/** Decodes a PNG or JPEG as Pillow does; `file` is how messages call it. Throws `image-invalid`. */
export type Decoder = (bytes: Uint8Array, file: string) => Picture;

/** `folder` holds the JPEG decoder's .wasm file and ends with a slash. */
export async function startDecoder(folder: string): Promise<Decoder> {
  const decodeJpeg = await startJpegDecoder(folder);
  return (bytes, file) => {
    pictureInfo(bytes, file);
    return guarded(file, () => (isPng(bytes) ? decodePng(bytes) : decodeJpeg(bytes)));
  };
}

/** Size and channels of an image, without decoding it. Throws `image-invalid`. */
export function pictureInfo(bytes: Uint8Array, file: string): PictureInfo {
  return guarded(file, () => {
    if (!isPng(bytes) && !isJpeg(bytes)) throw new Error('it is neither PNG nor JPEG');
    const { rows, columns, channels } = isPng(bytes) ? pngInfo(bytes) : jpegInfo(bytes);
    if (rows * columns === 0 || rows * columns > limits.pixels) throw new Error(`it has ${rows} x ${columns} pixels`);
    return { rows, columns, channels };
  });
}

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
