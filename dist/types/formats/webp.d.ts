import { type Picture, type PictureInfo } from './picture.ts';
export declare const isWebp: (bytes: Uint8Array) => boolean;
/** Size and channels of a WebP, from its first chunk; it is always in colours. Source: RFC 9649, 2. Throws Error. */
export declare function webpInfo(bytes: Uint8Array): PictureInfo;
/** Starts libwebp's decoder on WebAssembly, which Pillow's is, too. `folder` holds its .wasm file. */
export declare function startWebpDecoder(folder: string): Promise<(bytes: Uint8Array) => Picture>;
