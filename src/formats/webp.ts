import library from '@jsquash/webp/codec/dec/webp_dec.js';
import { startCodec } from './codec.ts';
import { holds } from './magic.ts';
import { colours, type Picture, type PictureInfo } from './picture.ts';

export const isWebp = (bytes: Uint8Array): boolean =>
  holds(bytes, { at: 0, text: 'RIFF' }) && holds(bytes, { at: 8, text: 'WEBP' });

/** Size and channels of a WebP, from its first chunk; it is always in colours. Source: RFC 9649, 2. Throws Error. */
export function webpInfo(bytes: Uint8Array): PictureInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < smallestFile || view.getUint32(4, true) + 8 > bytes.length) throw new Error('it ends early');
  const byte = (at: number): number => view.getUint8(at);
  switch (String.fromCharCode(...bytes.subarray(12, 16))) {
    case 'VP8 ':
      if (byte(23) !== 0x9d || byte(24) !== 0x01 || byte(25) !== 0x2a) throw new Error('it starts with no key frame');
      return { rows: view.getUint16(28, true) & 0x3fff, columns: view.getUint16(26, true) & 0x3fff, channels: 3 };
    case 'VP8L': {
      if (byte(20) !== 0x2f) throw new Error('its lossless part has no signature');
      const sizes = view.getUint32(21, true);
      return { rows: ((sizes >>> 14) & 0x3fff) + 1, columns: (sizes & 0x3fff) + 1, channels: 3 };
    }
    case 'VP8X': {
      if ((byte(20) & isAnimated) !== 0) throw new Error('it is animated');
      const side = (at: number): number => (view.getUint32(at, true) & 0xffffff) + 1;
      return { rows: side(27), columns: side(24), channels: 3 };
    }
    default:
      throw new Error('its first chunk holds no image');
  }
}

/** Header, and as much of a chunk as tells a size. */
const smallestFile = 31,
  isAnimated = 0x02;

/** Starts libwebp's decoder on WebAssembly, which Pillow's is, too. `folder` holds its .wasm file. */
export async function startWebpDecoder(folder: string): Promise<(bytes: Uint8Array) => Picture> {
  const decode = await startCodec(library, `${folder}webp_dec.wasm`);
  return (bytes) => {
    const { rows, columns, channels } = webpInfo(bytes);
    const decoded = decode(bytes);
    if (decoded === null || decoded.width !== columns || decoded.height !== rows)
      throw new Error('its pixels cannot be decoded');
    const opaque = decoded.data.filter((_, i) => i % 4 === 3);
    const alpha = opaque.some((value) => value !== 255) ? Uint8Array.from(opaque) : null;
    return { rows, columns, channels, values: colours(decoded.data, channels), alpha };
  };
}
