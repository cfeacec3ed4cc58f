import library from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { limits } from '../base/limits.ts';
import { startCodec } from './codec.ts';
import { colours, type Picture, type PictureInfo } from './picture.ts';

/** Size and channels of a JPEG, from its frame header. Throws Error. */
export function jpegInfo(bytes: Uint8Array): PictureInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let info: PictureInfo | null = null;
  for (let at = 2; at + 10 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) break;
    if (marker === 0xff) at++;
    else if (marker === startOfScan) return complete(bytes, at, info);
    else {
      if (!hasLength(marker)) throw new Error(`it has a marker ${marker.toString(16)} in its header`);
      if (isFrame(marker)) info = frame(view, at);
      at += 2 + view.getUint16(at + 2);
    }
  }
  throw new Error('it ends early');
}

const startOfScan = 0xda,
  endOfImage = 0xd9;

/** Start-of-frame markers; C4, C8 and CC in their midst are others. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Whether a length stands behind a marker: libjpeg reads on behind others at once, or skips what it does not know. */
const hasLength = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) ||
  (marker >= 0xdb && marker <= 0xdd) ||
  (marker >= 0xe0 && marker <= 0xef) ||
  marker === 0xfe;

function frame(view: DataView, at: number): PictureInfo {
  const [bits, components] = [view.getUint8(at + 4), view.getUint8(at + 9)];
  if (bits !== 8) throw new Error(`it has ${bits} bits a sample`);
  if (components !== 1 && components !== 3)
    throw new Error(`it has ${components} colour components; grey and RGB are read`);
  return { rows: view.getUint16(at + 5), columns: view.getUint16(at + 7), channels: components };
}

/** The library paints what a cut file lacks in grey: such a file has no end marker, which cannot occur inside of its scans. Each scan goes over the whole image once. */
function complete(bytes: Uint8Array, scan: number, info: PictureInfo | null): PictureInfo {
  if (info === null) throw new Error('it has no frame header');
  let scans = 0;
  for (let at = scan; at < bytes.length - 1; at++) if (bytes[at] === 0xff && bytes[at + 1] === startOfScan) scans++;
  if (scans > limits.jpegScans) throw new Error(`it has ${scans} scans, at most ${limits.jpegScans} are read`);
  for (let at = bytes.length - 2; at > scan; at--) if (bytes[at] === 0xff && bytes[at + 1] === endOfImage) return info;
  throw new Error('it ends early');
}

/** Whether images are turned as their EXIF says. */
const byExif = false;

/**
 * Starts libjpeg's decoder (MozJPEG on WebAssembly): its pixels are those of libjpeg-turbo, and so of Pillow. `folder` holds its .wasm file.
 * libjpeg leaves by exit() at a damaged image and what it holds is lost: such a decoder is not used again.
 */
export async function startJpegDecoder(folder: string): Promise<(bytes: Uint8Array) => Picture> {
  const decode = await startCodec(library, `${folder}mozjpeg_dec.wasm`, byExif);
  let stopped = false;
  return (bytes) => {
    const { rows, columns, channels } = jpegInfo(bytes);
    if (stopped) throw new Error('its decoder stopped at another image');
    stopped = true;
    const decoded = decode(bytes);
    stopped = false;
    if (decoded === null || decoded.width !== columns || decoded.height !== rows)
      throw new Error('its pixels cannot be decoded');
    return { rows, columns, channels, values: colours(decoded.data, channels), alpha: null };
  };
}
