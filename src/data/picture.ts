import { failure } from '../errors.ts';
import { limits } from '../limits.ts';
import { jpegInfo, startJpegDecoder } from './jpeg.ts';
import { decodePng, pngInfo, pngSignature } from './png.ts';

/** What an image file says about itself. */
export interface PictureInfo {
  rows: number;
  columns: number;
  /** 1: grey, 3: RGB. */
  channels: 1 | 3;
}

/** A decoded image at 8 bits: values [rows, columns, channels], and how opaque each pixel is where the file tells. */
export interface Picture extends PictureInfo {
  values: Uint8Array;
  alpha: Uint8Array | null;
}

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

/** The values of a picture in grey or in RGB. Grey is ITU-R 601 luma in Pillow's fixed-point form. */
export function inChannels({ values, channels }: Picture, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return values;
  const out = new Uint8Array((values.length / channels) * wanted);
  if (wanted === 3) for (let i = 0; i < out.length; i++) out[i] = values[Math.floor(i / 3)]!;
  else for (let i = 0; i < out.length; i++) out[i] = (values[3 * i]! * 19595 + values[3 * i + 1]! * 38470 + values[3 * i + 2]! * 7471 + 0x8000) >> 16;
  return out;
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
